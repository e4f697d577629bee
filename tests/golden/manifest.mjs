// The manifest (a line an answer: sha256, exit status, name) and the changes that explain it.
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {ROOT} from './run.mjs';

export const MANIFEST = join(import.meta.dirname, 'manifest.txt');
export const CHANGES = join(ROOT, 'docs/changes');
const SHORT = 12;  // hex digits of a hash in a change: enough to tell answers apart
const HEADING = '## Answers';
const LEAST_PROSE = 40;

const byName = ([a], [b]) => (a < b ? -1 : 1);

// Map of a name to "sha256 status".
export function parseManifest(text) {
  return new Map(text.split('\n').filter((row) => row !== '').map((row) => {
    const match = /^([0-9a-f]{64} \w+) (\S+)$/.exec(row);
    if (match === null) throw new Error(`manifest.txt: not "sha256 status name": ${row}`);
    return [match[2], match[1]];
  }));
}

export const formatManifest = (answers) =>
  [...answers].sort(byName).map(([name, answer]) => `${answer} ${name}\n`).join('');

export const readManifest = () => parseManifest(existsSync(MANIFEST) ? readFileSync(MANIFEST, 'utf8') : '');

// What differs, a line each, sorted: "changed NAME", "added NAME", "removed NAME".
export function differences(pinned, given) {
  const names = [...new Set([...pinned.keys(), ...given.keys()])].sort();
  return names.filter((name) => pinned.get(name) !== given.get(name)).map((name) =>
    `${!pinned.has(name) ? 'added' : !given.has(name) ? 'removed' : 'changed'} ${name}`);
}

// Of a change's file: its words before the list, and the list as "hash status name" or "removed name".
export function parseChange(text) {
  const [prose, list = ''] = text.split(`\n${HEADING}\n`);
  return {
    prose: prose.split('\n').filter((row) => !row.startsWith('#')).join(' ').trim(),
    rows: list.split('\n').map((row) => row.trim()).filter((row) => row !== ''),
  };
}

export function readChanges(folder = CHANGES) {
  return new Map(readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md').sort()
    .map((file) => [file, parseChange(readFileSync(join(folder, file), 'utf8'))]));
}

const changeRow = ([name, answer]) => `${answer.slice(0, SHORT)} ${answer.slice(65)} ${name}`;

// What the changes leave unsaid, a line each: an answer that none of them lists, an answer that has
// gone without one saying so, a change without a reason.
export function unexplained(manifest, changes) {
  const rows = new Set([...changes.values()].flatMap((change) => change.rows));
  const listed = new Set([...rows].filter((row) => !row.startsWith('removed ')).map((row) => row.split(' ')[2]));
  return [
    ...[...manifest].filter((entry) => !rows.has(changeRow(entry))).map((entry) => `${changeRow(entry)} is in no file of docs/changes`),
    ...[...listed].filter((name) => !manifest.has(name) && !rows.has(`removed ${name}`)).map((name) => `removed ${name} is in no file of docs/changes`),
    ...[...changes].filter(([, {prose}]) => prose.length < LEAST_PROSE).map(([file]) => `${file} does not say why`),
  ].sort();
}

// The text of a change with its list made anew: what no other change explains.
export function withAnswers(text, manifest, others) {
  const rows = new Set([...others.values()].flatMap((change) => change.rows));
  const names = [...rows].filter((row) => !row.startsWith('removed ')).map((row) => row.split(' ')[2]);
  const list = [
    ...[...manifest].sort(byName).filter((entry) => !rows.has(changeRow(entry))).map(changeRow),
    ...[...new Set(names)].sort().filter((name) => !manifest.has(name) && !rows.has(`removed ${name}`)).map((name) => `removed ${name}`),
  ];
  return `${text.split(`\n${HEADING}\n`)[0].trimEnd()}\n\n${HEADING}\n\n${list.map((row) => `    ${row}\n`).join('')}`;
}

// Writes the manifest and the list of docs/changes/`change`.md, which has to say why already.
export function update(answers, change) {
  const path = join(CHANGES, `${change}.md`);
  if (!/^[a-z0-9-]+$/.test(change ?? '') || !existsSync(path)) {
    throw new Error(`name a file of docs/changes that says why answers change (docs/changes/README.md); found ${change ?? 'none'}`);
  }
  writeFileSync(MANIFEST, formatManifest(answers));
  const others = readChanges();
  others.delete(`${change}.md`);
  writeFileSync(path, withAnswers(readFileSync(path, 'utf8'), answers, others));
}
