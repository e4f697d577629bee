// Makes each small change of the lists to the core and asks the unit tests whether they notice.
//
//   node tests/mutation/run.mjs [--only REGEX] [--jobs N] [--dry-run] [--list FILE]
//       [--equivalent FILE]
//
// --only takes the mutants whose line (FILE|OLD|NEW) matches; --dry-run only tells which mutants do
// not apply to the code as it is, without building anything. Exits 1 when a mutant survives or does
// not apply, or when one that was called equivalent is noticed.
import {existsSync, readFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {basename, resolve} from 'node:path';
import {parseArgs} from 'node:util';

import {prepare, readSources, tryText} from './build.mjs';
import {applyMutant, findFile, parseMoves, readList} from './lists.mjs';

const HERE = import.meta.dirname;
const ROOT = resolve(HERE, '../..');
const MOVES = parseMoves(readFileSync(resolve(HERE, 'moved.txt'), 'utf8'));
const SHARED = resolve(ROOT, '../shared/unnoticed-changes.txt');
// Simulations of many draws take minutes and watch what other tests watch too.
const QUICK = '-*Million*:*Simulat*:Saved/ProphetModel.*';

// What a mutant makes of the file that it means; `problem` where it does not apply.
function locate(mutant, sources, gone) {
  const {path, problem} = findFile(mutant, sources, MOVES);
  if (problem) return {...mutant, problem, gone: gone.get(mutant.key)};
  return {...mutant, path, ...applyMutant(sources.get(path), mutant)};
}

// One entry for each change, with every list it stands in.
function gather(mutants) {
  const distinct = new Map();
  for (const mutant of mutants) {
    const {path = mutant.file, occurrence = '', oldText, newText} = mutant;
    const change = JSON.stringify([path, occurrence, oldText, newText]);
    const known = distinct.get(change);
    if (known) known.lists.push(mutant.source);
    else distinct.set(change, {...mutant, lists: [mutant.source]});
  }
  return [...distinct.values()];
}

function readLists(options) {
  if (options.list) return [readList(options.list, basename(options.list))];
  const lists = [readList(resolve(HERE, 'mutants.txt'), 'mutants.txt')];
  if (existsSync(SHARED)) lists.push(readList(SHARED, 'unnoticed-changes.txt'));
  else console.log(`!!! ${SHARED} IS NOT THERE: ONLY THE OWN LIST IS TRIED`);
  return lists;
}

async function tryMutant(base, mutant, slot) {
  if (mutant.gone) return {verdict: 'gone', by: mutant.gone};
  if (mutant.problem) return {verdict: 'does not apply', by: mutant.problem};
  return tryText(base, mutant.path, mutant.text, slot);
}

function isGood(mutant, verdict) {
  return verdict === 'gone' || verdict === (mutant.reason ? 'survived' : 'killed');
}

function report(mutant, {verdict, by}, seconds) {
  const said = mutant.reason && verdict === 'survived' ? 'equivalent' : verdict;
  console.log(`${said.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ` +
    (mutant.line ? `core/src/${mutant.path}:${mutant.line}` : `${mutant.file} (${mutant.where})`) +
    `\n    ${mutant.oldText}\n -> ${mutant.newText}` +
    (by ? `\n    ${verdict === 'killed' ? 'noticed by ' : ''}${by.trim()}` : '') +
    (mutant.reason ? `\n    equivalent: ${mutant.reason}` : ''));
}

// How many mutants of each list came out how.
function summary(results) {
  const lists = new Map();
  for (const {mutant, verdict} of results) {
    for (const list of mutant.lists) {
      const counts = lists.get(list) ?? {all: 0, noticed: 0, equivalent: 0, gone: 0};
      ++counts.all;
      const kind = mutant.reason ? 'equivalent' : 'noticed';
      if (isGood(mutant, verdict)) ++counts[verdict === 'gone' ? 'gone' : kind];
      lists.set(list, counts);
    }
  }
  return [...lists].map(([list, {all, noticed, equivalent, gone}]) => `${list}: ${all} mutants, ` +
    `${noticed} noticed, ${equivalent} equivalent, ${gone} gone, ` +
    `${all - noticed - equivalent - gone} not as they should be`);
}

async function main() {
  const {values: options} = parseArgs({options: {
    only: {type: 'string'}, jobs: {type: 'string'}, list: {type: 'string'},
    equivalent: {type: 'string'}, 'dry-run': {type: 'boolean'},
  }});
  const jobs = Number(options.jobs ?? availableParallelism());
  const equivalentPath = options.equivalent ??
    (options.list ? undefined : resolve(HERE, 'equivalent.txt'));
  const equivalent = equivalentPath
    ? readList(equivalentPath, basename(equivalentPath), {reasons: true}) : [];
  const gone = new Map(readList(resolve(HERE, 'gone.txt'), 'gone.txt', {reasons: true})
    .map(({key, reason}) => [key, reason]));
  const only = new RegExp(options.only ?? '');
  const sources = readSources(ROOT);
  // Equivalent ones first, so that their reasons go with the mutants of the other lists.
  const mutants = gather([...equivalent, ...readLists(options).flat()]
    .filter(({key}) => only.test(key)).map((mutant) => locate(mutant, sources, gone)));
  const begin = Date.now();
  const results = [];
  const note = (mutant, answer, seconds) => {
    results.push({mutant, verdict: answer.verdict});
    report(mutant, answer, seconds);
  };
  if (options['dry-run']) {
    const lost = mutants.filter(({problem, gone: replaced}) => problem && !replaced);
    for (const mutant of lost) note(mutant, await tryMutant(undefined, mutant), 0);
    console.log(`${mutants.length} mutants, ${lost.length} of which do not apply`);
    process.exitCode = lost.length === 0 && mutants.length > 0 ? 0 : 1;
    return;
  }
  const base = prepare(ROOT, {jobs, filter: QUICK});
  console.log(`${mutants.length} mutants; the tests take ${base.seconds.toFixed(1)} s`);
  const queue = [...mutants];
  await Promise.all(Array.from({length: jobs}, async (_, slot) => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const started = Date.now();
      const answer = await tryMutant(base, mutant, slot);
      note(mutant, answer, (Date.now() - started) / 1000);
    }
  }));
  const bad = results.filter(({mutant, verdict}) => !isGood(mutant, verdict));
  console.log(`\n${summary(results).join('\n')}\n${((Date.now() - begin) / 1000).toFixed(0)} s`);
  for (const {mutant, verdict} of bad) console.log(`${verdict}: ${mutant.where}: ${mutant.key}`);
  process.exitCode = bad.length === 0 && mutants.length > 0 ? 0 : 1;
}

await main();
