// `plimsoll request` and request.mjs are one command: the same flags, and for every one of them the
// same bytes, exit status and diagnostics. The cases are checked against the flags that --help lists.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const NATIVE = join(process.env.PLIMSOLL_BIN_DIR ?? 'build/native', 'plimsoll');
const SAMPLE = 'web/public/sample.csv';
const PLAN = ['--method', 'POST', '--path', '/v1/plan?points=0&horizon=day'];

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-flags-'));
const models = join(folder, 'models');
const at = (name: string): string => join(folder, name);

interface Answer { status: number | null; stdout: string; stderr: string }

function answers(args: string[], input = ''): { native: Answer; wasm: Answer } {
  const run = (program: string, first: string): Answer => {
    const { status, stdout, stderr } = spawnSync(program, [first, ...args], { input, maxBuffer: 1 << 28 });
    // Seconds differ, their names do not.
    return { status, stdout: stdout.toString('latin1'), stderr: stderr.toString().replace(/(?<=":)[\d.e-]+/g, '0') };
  };
  return { native: run(NATIVE, 'request'), wasm: run(process.execPath, 'build/wasm/request.mjs') };
}

// Arguments, the exit status that both give, and what is on standard input.
type Case = [args: string[], status: number, input?: string];

const CASES: Record<string, Case[]> = {
  help: [],
  timings: [[['--path', '/livez', '--timings'], 0], [[...PLAN, '--body', SAMPLE, '--timings'], 0]],
  now: [
    [[...PLAN, '--body', SAMPLE, '--now', '2019-02-05T00:00:00Z'], 0],
    [[...PLAN, '--body', SAMPLE, '--now', '2019-02-05T00:00:00+01:00'], 0],
    [['--method', 'POST', '--path', '/v1/plan?points=0&now=2019-02-03', '--body', SAMPLE, '--now', '2019-02-05'], 0],
    [[...PLAN, '--body', SAMPLE, '--now', 'soon'], 1],
    [[...PLAN, '--body', SAMPLE, '--now', 'a&tz=%+ é'], 1],
    [[...PLAN, '--body', SAMPLE, '--now', ''], 1],
    [['--path', '/livez', '--now', '2019-02-05'], 1],
    [['--path', '/next_day', '--models', models, '--now', '-1'], 1],
  ],
  method: [
    [['--path', '/v1/plan', '--method', 'DELETE'], 1],
    [['--path', '/v1/plan', '--method', ''], 1],
    [['--path', '/v1/plan', '--method=OPTIONS'], 0],
    [['--path', '/livez', '--method', 'HEAD'], 0],
  ],
  path: [
    [['--path', ''], 1],
    [['--path', '/nowhere'], 1],
    [['--path=/livez'], 0],
    [['--path', '--method'], 1],
    [['--path', '/next_day?%zz'], 1],
    [['--path', '/next_day?é=%C3%A9'], 1],
    [[], 2],
    [['--method', 'GET'], 2],
  ],
  body: [
    [[...PLAN, '--body', 'tests/data/usage_named.json'], 0],
    [[...PLAN, '--body', at('usage.JSON')], 0],
    [[...PLAN, '--body', at('none')], 0],
    [[...PLAN, '--body', '-'], 0, readFileSync(SAMPLE, 'utf8')],
    [[...PLAN, '--body', '-'], 1],
    [[...PLAN, '--body', ''], 1],
    [[...PLAN, '--body', at('missing.csv')], 2],
    [[...PLAN, '--body', join(SAMPLE, 'below-a-file')], 2],
    [[...PLAN, '--body', folder], 2],
    [[...PLAN, '--body', at('large.csv')], 1],
    [[...PLAN, '--body', at('larger.csv')], 2],
    [['--method', 'POST', '--path', '/v1/forecast?format=csv&horizon=day&step=3600', '--body', at('fit.csv')], 0],
    [['--method', 'POST', '--path', '/v1/forecast', '--body', at('list.csv')], 1],
  ],
  'content-type': [
    ...['text/csv', 'TEXT/CSV; charset=utf-8', 'application/octet-stream', 'application/x-www-form-urlencoded', '']
      .map((type): Case => [[...PLAN, '--body', 'tests/data/usage_named.json', '--content-type', type], 0]),
    ...['application/json', 'image/png', 'text/csv\r\nX: y', 'a: b'].map((type): Case =>
      [[...PLAN, '--body', SAMPLE, '--content-type', type], 1]),
    [['--path', '/livez', '--content-type', 'image/png'], 0],
  ],
  models: [
    [['--path', '/health', '--models', models], 0],
    [['--path', '/health', '--models', `${models}/`], 0],
    [['--path', '/models/info', '--models', models], 0],
    [['--path', '/next_week?now=2019-02-05', '--models', models], 0],
    [['--path', '/health', '--models', at('missing')], 1],
    [['--path', '/health', '--models', SAMPLE], 1],
    [['--path', '/health', '--models', ''], 1],
  ],
};

const longFlags = (help: string): string[] => [...help.matchAll(/^ {2}(?:-\w,)?--([\w-]+)/gm)].map(([, name]) => name ?? '');
const takesText = (help: string, flag: string): boolean => help.includes(`--${flag} TEXT`);

beforeAll(() => {
  const run = spawnSync(NATIVE, ['pipeline', 'run', '--data', SAMPLE, '--models', models]);
  expect(run.status).toBe(0);
  for (const [name, stages] of [
    ['broken', '{'], ['elsewhere', '{"Production":"../../x"}'], ['gone', '{"Production":"0a"}'], ['none', '[]'],
    ['staged', '{"Staging":"0a"}'], ['unreadable', '{"Production":"00"}'],
  ] as const) {
    mkdirSync(join(models, name, 'versions'), { recursive: true });
    writeFileSync(join(models, name, 'stages.json'), stages);
  }
  writeFileSync(join(models, 'unreadable', 'versions', '00.json'), '{"schema_version":99}');
  const usage = readFileSync('tests/data/usage_named.json');
  for (const name of ['usage.JSON', 'none']) writeFileSync(at(name), usage);
  const rows = Array.from({ length: 200 }, (_, i) => `${new Date(i * 3_600_000).toISOString()},${i % 24}\n`);
  writeFileSync(at('fit.csv'), JSON.stringify({ data: `ds,y\n${rows.join('')}` }));
  writeFileSync(at('list.csv'), ' [1]');
  writeFileSync(at('large.csv'), Buffer.alloc(64 * 1024 * 1024 + 1, 'a'));
  writeFileSync(at('larger.csv'), Buffer.alloc(64 * 1024 * 1024 + 2, 'a'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('both commands list the same flags with the same words, and each has its cases', () => {
  const { native, wasm } = answers(['--help']);
  const without_usage = (help: string): string => help.replace(/^Usage: .*$/m, '').trim();
  expect(native.status).toBe(0);
  expect(without_usage(wasm.stdout)).toBe(without_usage(native.stdout));
  expect(longFlags(native.stdout).sort()).toEqual(Object.keys(CASES).sort());
});

for (const [flag, cases] of Object.entries(CASES)) {
  test(`--${flag}: the same bytes, status and diagnostics`, () => {
    for (const [args, status, input] of cases) {
      const { native, wasm } = answers(args, input);
      expect({ args, ...wasm }).toEqual({ args, ...native });
      expect([args, native.status, native.stderr]).toEqual([args, status, native.stderr]);
    }
  }, 60_000);
}

test('every flag without its value, given twice or misspelt is refused alike', () => {
  const help = answers(['--help']).native.stdout;
  const flags = longFlags(help).filter((flag) => takesText(help, flag));
  expect(flags.length).toBeGreaterThan(4);
  const path = (flag: string): string[] => (flag === 'path' ? [] : ['--path', '/livez']);
  for (const args of [
    ...flags.map((flag) => [...path(flag), `--${flag}`]),
    ...flags.map((flag) => [...path(flag), `--${flag}`, 'a', `--${flag}`, 'b']),
    ...flags.map((flag) => ['--path', '/livez', `--${flag}s`, 'a']),
    ...['tz', 'map', 'unit'].map((flag) => ['--path', '/livez', `--${flag}`, 'UTC']),
    ['--path', '/livez', 'extra'], ['--path', '/livez', '-x1'],
  ]) {
    const { native, wasm } = answers(args);
    expect({ args, ...wasm }).toEqual({ args, ...native });
    expect([args, native.status, native.stdout]).toEqual([args, 2, '']);
  }
});
