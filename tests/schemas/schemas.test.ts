// What the command line prints is what docs/schemas describe; and these, and the planner's types, are
// what the core's tables of members say.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generated } from './generate.mjs';

const CLI = join(process.env.PLIMSOLL_BIN_DIR ?? 'build/native', 'plimsoll');
const SAMPLE = 'web/public/sample.csv';
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-schemas-'));
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });

beforeAll(() => {
  for (const name of readdirSync('docs/schemas')) {
    ajv.addSchema(JSON.parse(readFileSync(join('docs/schemas', name), 'utf8')) as object);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function ask(method: string, path: string, ...more: string[]): unknown {
  const run = spawnSync(CLI, ['request', '--method', method, '--path', path, ...more], { maxBuffer: 1 << 28 });
  return JSON.parse(run.stdout.toString());
}

function expectSchema(name: string, value: unknown): void {
  const validate = ajv.getSchema(`urn:plimsoll:schema:${name}`);
  expect(validate, `schema ${name}`).toBeDefined();
  void validate?.(value);
  expect(validate?.errors?.slice(0, 5) ?? []).toEqual([]);
}

const lines = readFileSync(SAMPLE, 'utf8').split('\n');
const FILES: [string, string, string][] = [
  ['the sample', '', lines.join('\n')],
  ['three hours', '', lines.slice(0, 37).join('\n')],
  ['a single row', '', lines.slice(0, 2).join('\n')],
  ['a header alone', '', `${lines[0] ?? ''}\n`],
  ['nothing', '', ''],
  ['a bad cell', '', lines.slice(0, 2001).map((line, i) => (i === 1042 ? line.replace(',', ',abc') : line)).join('\n')],
  ['a column that is not trusted', '&unit.memory=Gi', lines.slice(0, 2001).map((line, i) => (i % 9 === 5 ? line.replace(',', ',?') : line)).join('\n')],
  ['no unit', '&unit.cpu=none', lines.slice(0, 2001).join('\n')],
  ['no points', '&points=0', lines.slice(0, 2001).join('\n')],
  ['current settings', '', lines.slice(0, 2001).map((line, i) => line + (i === 0 ? ',cpu_request,cpu_limit,memory_request,memory_limit' : ',250m,1,1Gi,2Gi')).join('\n')],
];

test.each(FILES)('plan and validation of %s', (_name, query, content) => {
  const file = write('data.csv', content);
  for (const schema of ['plan', 'validation'] as const) {
    const path = schema === 'plan' ? `/v1/plan?tz=%2B01:00${query}` : `/v1/validate?tz=UTC${query}`;
    const answer = ask('POST', path, '--body', file) as Record<string, unknown>;
    expectSchema('code' in answer ? 'problem' : schema, answer);
  }
});

test('a model whose holidays have a zone', () => {
  const series = lines.slice(0, 2001).map((line, i) => (i === 0 ? 'ds,y' : line.split(',').slice(0, 2).join(','))).join('\n');
  const config = { holidays: [{ holiday: 'start', ds: '2019-01-10' }], holidays_tz: '-03:30' };
  expectSchema('model', ask('POST', '/v1/fit', '--body', write('zone.json', JSON.stringify({ data: series, config }))));
});

test('model and forecast', () => {
  const series = write('series.csv', lines.slice(0, 2001).map((line, i) => (i === 0 ? 'ds,y' : line.split(',').slice(0, 2).join(','))).join('\n'));
  expectSchema('model', ask('POST', '/v1/fit', '--body', series));
  expectSchema('forecast', ask('POST', '/v1/forecast?horizon=day', '--body', series));
});

// Every kind of term, so that every shape of the model file is seen.
const BUSY_CONFIG = {
  growth: 'logistic', seasonality_mode: 'multiplicative', explicit_changepoints: ['2019-01-09'],
  custom_seasonalities: [{ name: 'hourly', period: 1 / 24, fourier_order: 1, condition_name: 'busy' }],
  holidays: [{ holiday: 'start', ds: '2019-01-10', lower_window: -1, upper_window: 1 }],
  extra_regressors: [{ name: 'load', mode: 'additive', standardize: true }],
};

test('a model with every kind of term, and what is made of it', () => {
  const cells = lines.slice(1, 2001).map((line) => line.split(',').slice(0, 2));
  const rows = cells.map(([ds, y], i) => [ds, y, 10, 0, i % 3, i % 2].join(','));
  const data = ['ds,y,cap,floor,load,busy', ...rows].join('\n');
  const model = ask('POST', '/v1/fit', '--body', write('fit.json', JSON.stringify({ data, config: BUSY_CONFIG })));
  expectSchema('model', model);
  const at = ['ds,cap,floor,load,busy', '2019-02-03,10,0,1,1'].join('\n');
  expectSchema('forecast', ask('POST', '/v1/forecast?quantiles=0.01,0.99', '--body', write('at.json', JSON.stringify({ model, at }))));
  const prophet = ask('POST', '/v1/export/prophet', '--body', write('export.json', JSON.stringify({ model, data })));
  expectSchema('model', ask('POST', '/v1/import/prophet', '--body', write('prophet.json', JSON.stringify(prophet))));
});

test('cross-validation and search', () => {
  const series = write('series.csv', lines.slice(0, 2001).map((line, i) => (i === 0 ? 'ds,y' : line.split(',').slice(0, 2).join(','))).join('\n'));
  expectSchema('cross-validation', ask('POST', '/v1/cross-validate?horizon=12h&initial=3d', '--body', series));
  expectSchema('search', ask('POST', '/v1/search-priors?horizon=1d&initial=3d', '--body', series));
  const metrics = join(folder, 'metrics.json');
  spawnSync(CLI, ['cross-validate', '--data', series, '--horizon', '1d', '--initial', '3d', '--metrics', metrics]);
  expectSchema('cross-validation', JSON.parse(readFileSync(metrics, 'utf8')));
});

test('windows, health and models of a store', () => {
  const store = join(folder, 'models');
  const run = spawnSync(CLI, ['pipeline', 'run', '--data', SAMPLE, '--models', store], { encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(0);
  for (const path of ['/next_day', '/next_week', '/next_weekend', '/next_month', '/?datetime_str=2019-02-04T12:00:00']) {
    expectSchema('window', ask('GET', path, '--models', store));
  }
  expectSchema('health', ask('GET', '/health', '--models', store));
  expectSchema('models-info', ask('GET', '/models/info', '--models', store));
});

test('problems', () => {
  for (const path of ['/next_week', '/nowhere', '/next_week?policy=none', '/?datetime_str=x']) {
    expectSchema('problem', ask('GET', path));
  }
});

test('schemas and the planner\'s types are what the core\'s tables say', () => {
  for (const [path, text] of generated()) {
    expect(readFileSync(path, 'utf8'), `${path}: run node tests/schemas/generate.mjs`).toBe(text);
  }
});
