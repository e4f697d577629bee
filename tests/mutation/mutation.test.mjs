// The runner tells what it should: killed, survived, equivalent, does not apply.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {after, test} from 'node:test';

import {applyMutant, findFile, parseList, parseMoves, splitLine} from './lists.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
after(() => rmSync(folder, {recursive: true}));

const KILLED = 'windows.cc|constexpr int kSaturday = 5;|constexpr int kSaturday = 6;';
const SAME = 'windows.cc|if (into_day < 0) into_day += kSecondsPerDay;|' +
  'if (0 > into_day) into_day += kSecondsPerDay;';

// What the runner says of a list, and with which exit code.
function run(lines, equivalent = []) {
  const list = join(folder, 'list.txt');
  const reasons = join(folder, 'equivalent.txt');
  writeFileSync(list, lines.join('\n'));
  writeFileSync(reasons, equivalent.join('\n'));
  const {status, stdout, stderr} = spawnSync(process.execPath,
    [resolve(import.meta.dirname, 'run.mjs'), '--list', list, '--equivalent', reasons],
    {encoding: 'utf8', timeout: 1_200_000});
  assert.equal(stderr, '');
  return {status, stdout};
}

test('every mutant of the lists applies to the code as it is', () => {
  const {status, stdout} = spawnSync(process.execPath,
    [resolve(import.meta.dirname, 'run.mjs'), '--dry-run'], {encoding: 'utf8'});
  assert.equal(status, 0, stdout);
});

test('a change that a test notices is killed', () => {
  const {status, stdout} = run([KILLED]);
  assert.equal(status, 0);
  assert.match(stdout, /^killed .*windows\.cc:\d+$/m);
  assert.match(stdout, /noticed by Windows\.WeekendIsStrictlyAfterToday/);
});

test('a change that means the same survives, unless it is known to', () => {
  const survived = run([KILLED, SAME]);
  assert.equal(survived.status, 1);
  assert.match(survived.stdout, /^survived .*windows\.cc:\d+$/m);
  const known = run([KILLED, SAME], [`${SAME}|the comparison is only turned round`]);
  assert.equal(known.status, 0);
  assert.match(known.stdout, /^list\.txt: 2 mutants, 1 noticed, 1 equivalent, 0 gone, 0 not as they should be$/m);
});

test('what is called equivalent must not be noticed', () => {
  const {status, stdout} = run([], [`${KILLED}|a false claim`]);
  assert.equal(status, 1);
  assert.match(stdout, /^killed /m);
});

test('a change that does not apply is told', () => {
  const {status, stdout} = run(['windows.cc|no such text|', 'no_file.cc|a|b',
    'windows.cc|kSecondsPerDay|kSecondsPerWeek']);
  assert.equal(status, 1);
  assert.match(stdout, /the old text does not occur/);
  assert.match(stdout, /no file no_file\.cc below core\/src/);
  assert.match(stdout, /the old text occurs \d+ times/);
  assert.match(stdout, /0 noticed, 0 equivalent, 0 gone, 3 not as they should be$/m);
});

test('a change that does not compile tests nothing', () => {
  const {status, stdout} = run(['windows.cc|constexpr int kSaturday = 5;|']);
  assert.equal(status, 1);
  assert.match(stdout, /^does not compile /m);
});

test('lines are split at bars that are not escaped', () => {
  assert.deepEqual(splitLine('a.cc|x \\|\\| y|x', 3), ['a.cc', 'x || y', 'x']);
  assert.deepEqual(splitLine('a.cc|x|y | z', 3), ['a.cc', 'x', 'y | z']);
  assert.deepEqual(splitLine('a.cc|x|y \\| z|why | so', 4), ['a.cc', 'x', 'y | z', 'why | so']);
  const [mutant] = parseList('# comment\n\na.cc#2|x|\n', 'list');
  assert.deepEqual([mutant.where, mutant.file, mutant.occurrence, mutant.oldText, mutant.newText],
    ['list:3', 'a.cc', 2, 'x', '']);
  for (const wrong of ['a.cc|x', 'a.cc||y', 'a.cc|x|x']) {
    assert.throws(() => parseList(wrong, 'list'), /list:1: expected FILE\|OLD\|NEW/);
  }
  assert.throws(() => parseList('a.cc|x|y', 'list', {reasons: true}), /REASON/);
});

test('the occurrence meant is the one changed', () => {
  const at = (occurrence) => applyMutant('ab\nab\n', {oldText: 'a', newText: 'c', occurrence});
  assert.deepEqual(at(1), {text: 'cb\nab\n', line: 1});
  assert.deepEqual(at(2), {text: 'ab\ncb\n', line: 2});
  assert.match(at(3).problem, /occurs only 2 times/);
  assert.match(at(undefined).problem, /occurs 2 times/);
});

test('a file is found by the end of its path, or where it went', () => {
  const sources = new Map([['a/x.cc', 'one two'], ['b/x.cc', 'two'], ['b/xx.cc', 'one'],
    ['c/y.cc', 'three']]);
  const moves = parseMoves('# comment\n\nold.cc a/x.cc c/y.cc\n');
  const found = (file, oldText) => {
    const {path, problem} = findFile({file, oldText}, sources, moves);
    return path ?? problem;
  };
  assert.equal(found('y.cc', 'three'), 'c/y.cc');
  assert.equal(found('b/x.cc', 'two'), 'b/x.cc');
  assert.equal(found('x.cc', 'one'), 'a/x.cc');
  assert.equal(found('x.cc', 'two'), 'the old text occurs in a/x.cc and in b/x.cc');
  assert.equal(found('x.cc', 'three'), 'the old text does not occur in a/x.cc, b/x.cc');
  assert.equal(found('old.cc', 'three'), 'c/y.cc');
  assert.equal(found('old.cc', 'two'), 'a/x.cc');
  assert.equal(found('z.cc', 'two'), 'no file z.cc below core/src');
});
