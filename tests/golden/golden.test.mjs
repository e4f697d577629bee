// What the command line and the request function answer, byte for byte, against the manifest.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {answersNow} from './answers.mjs';
import {everything} from './cases.mjs';
import {differences, formatManifest, parseChange, parseManifest, readChanges, readManifest, unexplained, withAnswers} from './manifest.mjs';
import {runAll, sha256} from './run.mjs';

const HOW = `
An answer is not what it was. To look at one: node tests/golden/answers.mjs --print NAME
(of another build: PLIMSOLL_BIN_DIR=... before it; all of them as files: --save FOLDER).
If it is meant: say why in docs/changes/CHANGE.md, then node tests/golden/update.mjs CHANGE.
`;

test('every answer is the pinned one', async () => {
  const given = await answersNow();
  const changed = differences(readManifest(), given);
  assert.equal(changed.length, 0, `${changed.join('\n')}\n${HOW}`);
});

test('a file of docs/changes says why for every answer', () => {
  const unsaid = unexplained(readManifest(), readChanges());
  assert.equal(unsaid.length, 0, `${unsaid.join('\n')}\nSee docs/changes/README.md.`);
});

test('names are given once and the manifest is in order', () => {
  const names = everything().cases.map(({name}) => name);
  assert.equal(new Set(names).size, names.length);
  const manifest = readManifest();
  assert.deepEqual(parseManifest(formatManifest(manifest)), manifest);
});

const A = `${'a'.repeat(64)} 0`;
const B = `${'b'.repeat(64)} 0`;

test('one changed byte, one other exit status, one answer more or less is a difference', async () => {
  const pinned = new Map([['x', A], ['y', B]]);
  assert.deepEqual(differences(pinned, new Map(pinned)), []);
  assert.deepEqual(differences(pinned, new Map([['x', B], ['y', B]])), ['changed x']);
  assert.deepEqual(differences(pinned, new Map([['x', A.replace(/0$/, '1')], ['y', B]])), ['changed x']);
  assert.deepEqual(differences(pinned, new Map([['y', B], ['z', A]])), ['removed x', 'added z']);
  const given = [];
  const one = (text) => ({name: 'one', runs: [['validate', '-']], stdin: text});
  await runAll({cases: [one('timestamp,cpu\n0,1\n'), one('timestamp,cpu\n1,1\n'), one('timestamp,cpv\n0,1\n')], stores: {}},
    (_, {status, text}) => given.push(`${sha256(text)} ${status}`));
  assert.equal(new Set(given).size, 3);
});

test('an answer that no change lists is noticed, and so is one that went', () => {
  const why = '# Title\n\nForecasts of a constant series no longer have a width, because nothing varies.\n';
  const manifest = new Map([['x', A], ['y', B]]);
  const changes = new Map([['one.md', parseChange(withAnswers(why, manifest, new Map()))]]);
  assert.deepEqual(unexplained(manifest, changes), []);
  assert.deepEqual(unexplained(new Map([['x', B], ['y', B]]), changes), ['bbbbbbbbbbbb 0 x is in no file of docs/changes']);
  assert.deepEqual(unexplained(new Map([['x', A]]), changes), ['removed y is in no file of docs/changes']);
  const later = new Map([['x', B]]);
  const second = parseChange(withAnswers(why, later, changes));
  assert.deepEqual(second.rows, ['bbbbbbbbbbbb 0 x', 'removed y']);
  assert.deepEqual(unexplained(later, new Map([...changes, ['two.md', second]])), []);
  assert.deepEqual(unexplained(later, new Map([...changes, ['two.md', {...second, prose: 'Better.'}]])), ['two.md does not say why']);
});
