// The library as another project meets it: installed, found by find_package, linked, run.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {after, test} from 'node:test';

const top = resolve(import.meta.dirname, '../..');
const build = process.env.PLIMSOLL_BIN_DIR ?? join(top, 'build/native');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-consumer-'));
after(() => rmSync(folder, {recursive: true}));

function run(command, args, input = '') {
  const {status, stdout, stderr} = spawnSync(command, args, {input, encoding: 'utf8', maxBuffer: 1 << 26});
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

test('find_package(plimsoll) gives a program the forecasts of the command line', () => {
  const prefix = join(folder, 'prefix');
  const consumer = join(folder, 'build');
  run('cmake', ['--install', build, '--prefix', prefix]);
  run('cmake', ['-S', join(top, 'tests/consumer'), '-B', consumer, '-G', 'Ninja', `-DCMAKE_PREFIX_PATH=${prefix}`]);
  run('cmake', ['--build', consumer]);
  const data = join(top, 'tests/data/wp_log_peyton_manning.csv');
  const printed = run(join(consumer, 'consumer'), [], readFileSync(data));
  const model = join(folder, 'model.json');
  run(join(build, 'plimsoll'), ['fit', '--data', data, '--model', model]);
  assert.equal(printed, run(join(build, 'plimsoll'), ['predict', '--model', model, '--periods', '7', '--freq', '1d']));
  assert.equal(printed.split('\n').length, 9);
});
