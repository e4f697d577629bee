// Makes each small change of the lists to the core and asks the unit tests whether they notice.
//
//   node tests/mutation/run.mjs [--only REGEX] [--jobs N] [--list FILE] [--equivalent FILE]
//
// --only takes the mutants whose line (FILE|OLD|NEW) matches. Exits 1 when a mutant survives or does
// not apply, or when one that was called equivalent is noticed.
import {existsSync, readFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {relative, resolve} from 'node:path';
import {parseArgs} from 'node:util';

import {prepare, tryText} from './build.mjs';
import {applyMutant, findFile, parseMoves, readList} from './lists.mjs';

const HERE = import.meta.dirname;
const ROOT = resolve(HERE, '../..');
const MOVES = parseMoves(readFileSync(resolve(HERE, 'moved.txt'), 'utf8'));
const SHARED = resolve(ROOT, '../shared/unnoticed-changes.txt');
// Simulations of many draws take minutes and watch what other tests watch too.
const QUICK = '-*Million*:*Simulat*:Saved/ProphetModel.*';

// One entry for each change, with every list it stands in.
function gather(lists) {
  const mutants = new Map();
  for (const mutant of lists.flat()) {
    const known = mutants.get(mutant.key);
    if (known) known.lists.push(mutant.where);
    else mutants.set(mutant.key, {...mutant, lists: [mutant.where]});
  }
  return [...mutants.values()];
}

function readLists(options) {
  if (options.list) return [readList(options.list, relative('.', options.list))];
  const lists = [readList(resolve(HERE, 'mutants.txt'), 'mutants.txt')];
  if (existsSync(SHARED)) lists.push(readList(SHARED, 'unnoticed-changes.txt'));
  else console.log(`!!! ${SHARED} IS NOT THERE: ONLY THE OWN LIST IS TRIED`);
  return lists;
}

async function tryMutant(base, mutant, slot) {
  const {path, problem} = findFile(mutant, base.sources, MOVES);
  if (problem) return {verdict: 'does not apply', by: problem};
  const changed = applyMutant(base.sources.get(path), mutant);
  if (changed.problem) return {verdict: 'does not apply', by: changed.problem};
  const answer = await tryText(base, path, changed.text, slot);
  return {...answer, place: `core/src/${path}:${changed.line}`};
}

function isGood(mutant, verdict) {
  return verdict === (mutant.reason ? 'survived' : 'killed');
}

function report(mutant, {verdict, by, place}, seconds) {
  const said = mutant.reason && verdict === 'survived' ? 'equivalent' : verdict;
  console.log(`${said.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ` +
    `${place ?? `${mutant.file} (${mutant.where})`}\n    ${mutant.oldText}\n -> ${mutant.newText}` +
    (by ? `\n    ${verdict === 'killed' ? 'noticed by ' : ''}${by.trim()}` : '') +
    (mutant.reason ? `\n    equivalent: ${mutant.reason}` : ''));
}

async function main() {
  const {values: options} = parseArgs({options: {
    only: {type: 'string'}, jobs: {type: 'string'}, list: {type: 'string'},
    equivalent: {type: 'string'},
  }});
  const jobs = Number(options.jobs ?? availableParallelism());
  const equivalentPath = options.equivalent ??
    (options.list ? undefined : resolve(HERE, 'equivalent.txt'));
  const equivalent = equivalentPath
    ? readList(equivalentPath, relative('.', equivalentPath), {reasons: true}) : [];
  // First, so that their reasons go with the mutants of the other lists.
  const only = new RegExp(options.only ?? '');
  const mutants = gather([equivalent, ...readLists(options)]).filter(({key}) => only.test(key));
  const begin = Date.now();
  const base = prepare(ROOT, {jobs, filter: QUICK});
  console.log(`${mutants.length} mutants; the tests take ${base.seconds.toFixed(1)} s`);
  const bad = [];
  const good = new Map();
  const queue = [...mutants];
  await Promise.all(Array.from({length: jobs}, async (_, slot) => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const started = Date.now();
      const answer = await tryMutant(base, mutant, slot);
      report(mutant, answer, (Date.now() - started) / 1000);
      if (!isGood(mutant, answer.verdict)) bad.push(mutant);
      else good.set(answer.verdict, (good.get(answer.verdict) ?? 0) + 1);
    }
  }));
  console.log(`\n${good.get('killed') ?? 0} noticed, ${good.get('survived') ?? 0} equivalent, ` +
    `${bad.length} not as they should be, in ${((Date.now() - begin) / 1000).toFixed(0)} s`);
  for (const {where, key} of bad) console.log(`  ${where}: ${key}`);
  process.exitCode = bad.length === 0 && mutants.length > 0 ? 0 : 1;
}

await main();
