// What the command line prints, on both streams, and its exit status.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ROOT} from './run.mjs';
import {bytes, constant, cores, growing, noise, onOff, steep, usage} from './usage.mjs';

const COMMANDS = ['validate', 'recommend', 'fit', 'predict', 'cross-validate', 'import', 'import prophet', 'export', 'export prophet', 'request', 'pipeline',
  'pipeline run', 'pipeline validate', 'pipeline features', 'pipeline train', 'pipeline validate-model'];

const GOOD = usage();
const FILES = {
  'good': GOOD,
  'short': usage({days: 2}),
  'workloads': usage({days: 6, names: ['namespace', 'workload', 'container'], workloads: [['shop', 'cart', 'app'], ['shop', 'a-workload-with-a-name-too-long-for-its-column', 'app'], ['', 'pay', '']],
    columns: {cpu: cores(2), memory: bytes(1), cpu_request: constant('1'), cpu_limit: constant('2')}}),
  'findings': `${usage({columns: {cpu: (second) => (second % 6000 === 0 ? 'abc' : second % 6600 === 0 ? '' : noise(second)), memory: bytes(1)}})}2026-06-15T00:00:00Z,,\n2026-06-10T00:00:00Z,1,1e9\n`,
  'percent': usage({columns: {cpu_percent: onOff('10', '60')}}),
  'growing': usage({days: 28, cadence: 900, columns: {cpu: growing, memory: bytes(2)}}),
  'steep': usage({days: 5, cadence: 900, columns: {cpu: steep(24, 1), memory: bytes(2)}}),
  'falling': usage({days: 5, cadence: 900, columns: {cpu: steep(24, -1), memory: bytes(2)}}),
  'empty': '',
  'no-columns': 'a,b\n1,2\n',
};
const KINDS = ['good', 'workloads', 'findings', 'percent', 'growing', 'short'];

// A command over files of FILES, which are named `NAME.csv` there.
function over(name, runs) {
  const words = new Set(runs.flat());
  const files = Object.fromEntries(Object.entries(FILES).map(([file, csv]) => [`${file}.csv`, csv]).filter(([file]) => words.has(file)));
  return {name: `command/${name}`, runs, files};
}

const WRONG = {
  'none': [],
  'unknown-command': ['forecast'],
  'unknown-flag': ['validate', 'good.csv', '--fast'],
  'no-file': ['validate'],
  'two-commands': ['validate', 'good.csv', 'recommend', 'good.csv'],
  'absent-file': ['validate', 'absent.csv'],
  'folder-as-file': ['validate', 'data'],
  'empty-file': ['validate', 'empty.csv'],
  'empty-file-json': ['validate', 'empty.csv', '--json'],
  'no-columns': ['recommend', 'no-columns.csv'],
  'min-records': ['validate', 'good.csv', '--min-records', '-1'],
  'min-records-word': ['validate', 'good.csv', '--min-records', 'few'],
  'tz': ['recommend', 'good.csv', '--tz', 'Europe/Vienna'],
  'now': ['recommend', 'good.csv', '--now', 'today'],
  'map': ['validate', 'good.csv', '--map', 'cpu'],
  'map-absent': ['validate', 'good.csv', '--map', 'cpu=load'],
  'map-role': ['validate', 'good.csv', '--map', 'disk=load'],
  'unit': ['validate', 'good.csv', '--unit', 'cpu=parsecs'],
  'unit-shape': ['validate', 'good.csv', '--unit', '=m'],
  'horizon': ['recommend', 'good.csv', '--horizon', 'year'],
  'policy': ['recommend', 'good.csv', '--policy', 'best'],
  'preset': ['recommend', 'good.csv', '--preset', 'none'],
  'format': ['recommend', 'good.csv', '--format', 'xml'],
  'fit-no-model': ['fit', '--data', 'data/air_passengers.csv'],
  'fit-no-folder': ['fit', '--data', 'data/air_passengers.csv', '--model', 'nowhere/model.json'],
  'fit-config': ['fit', '--data', 'data/air_passengers.csv', '--config', 'good.csv', '--model', 'm.json'],
  'fit-usage': ['fit', '--data', 'good.csv', '--model', 'm.json'],
  'predict-neither': ['predict', '--model', 'data/models/schema_1.json'],
  'predict-both': ['predict', '--model', 'data/models/schema_1.json', '--at', 'x.csv', '--periods', '3', '--freq', '1d'],
  'predict-no-freq': ['predict', '--model', 'data/models/schema_1.json', '--periods', '3'],
  'predict-freq': ['predict', '--model', 'data/models/schema_1.json', '--periods', '3', '--freq', 'often'],
  'predict-periods': ['predict', '--model', 'data/models/schema_1.json', '--periods', '0', '--freq', '1d'],
  'predict-many': ['predict', '--model', 'data/models/schema_1.json', '--periods', '100001', '--freq', '1d'],
  'predict-width': ['predict', '--model', 'data/models/schema_1.json', '--periods', '3', '--freq', '1d', '--interval-width', '1'],
  'predict-quantile': ['predict', '--model', 'data/models/schema_1.json', '--periods', '3', '--freq', '1d', '--quantile', '0.5,2'],
  'predict-not-a-model': ['predict', '--model', 'good.csv', '--periods', '3', '--freq', '1d'],
  'predict-at': ['predict', '--model', 'data/models/schema_1.json', '--at', 'good.csv'],
  'validate-nothing': ['cross-validate', '--data', 'data/air_passengers.csv'],
  'validate-horizon': ['cross-validate', '--data', 'data/air_passengers.csv', '--horizon', 'long'],
  'validate-cutoffs': ['cross-validate', '--data', 'data/air_passengers.csv', '--cutoffs', 'good.csv', '--initial', '1 days'],
  'validate-absent-cutoffs': ['cross-validate', '--data', 'data/air_passengers.csv', '--cutoffs', 'absent'],
  'validate-window': ['cross-validate', '--data', 'data/air_passengers.csv', '--horizon', '365 days', '--rolling-window', '2'],
  'import-nothing': ['import'],
  'import-other': ['import', 'arima', 'x'],
  'import-absent': ['import', 'prophet', 'absent.json'],
  'import-own': ['import', 'prophet', 'data/models/schema_1.json'],
  'export-prophets': ['export', 'prophet', 'data/prophet-models/serialized_model_v1.0.1.json'],
  'export-data': ['export', 'prophet', 'data/models/schema_1.json', '--data', 'good.csv'],
  'request-no-path': ['request'],
  'request-absent-body': ['request', '--method', 'POST', '--path', '/v1/plan', '--body', 'absent.csv'],
  'request-now': ['request', '--path', '/livez', '--now', 'soon'],
  'request-tz': ['request', '--path', '/livez', '--tz', 'moon'],
  'request-map': ['request', '--path', '/livez', '--map', 'x'],
  'pipeline-nothing': ['pipeline'],
  'pipeline-no-models': ['pipeline', 'run', '--data', 'good.csv'],
  'pipeline-no-data': ['pipeline', 'run', '--models', 'm'],
  'pipeline-train-empty': ['pipeline', 'train', '--models', 'm'],
  'pipeline-validate-model-empty': ['pipeline', 'validate-model', '--models', 'm'],
  'pipeline-features-empty': ['pipeline', 'features', '--models', 'm'],
  'pipeline-preset': ['pipeline', 'run', '--data', 'good.csv', '--models', 'm', '--preset', 'x'],
};

function recommendations() {
  const formats = ['table', 'json', 'csv', 'yaml'];
  return [
    ...KINDS.flatMap((kind) => formats.map((format) => over(`recommend/${kind}/${format}`, [['recommend', `${kind}.csv`, '--format', format]]))),
    ...['day', 'week', 'weekend', 'month'].flatMap((horizon) => formats.map((format) =>
      over(`recommend/horizon/${horizon}/${format}`, [['recommend', 'good.csv', '--horizon', horizon, '--format', format]]))),
    over('recommend/now-stale', [['recommend', 'good.csv', '--now', '2026-07-01T00:00:00Z'], ['recommend', 'good.csv', '--now', '2026-07-01T00:00:00Z', '--format', 'yaml']]),
    over('recommend/tz', [['recommend', 'good.csv', '--tz', '+05:30'], ['recommend', 'good.csv', '--tz', '-08:00', '--format', 'csv']]),
    over('recommend/presets', ['prophet', 'seed', 'auto'].map((preset) => ['recommend', 'good.csv', '--preset', preset, '--format', 'csv'])),
    over('recommend/units', [
      ['recommend', 'good.csv', '--map', 'cpu=mem_mean_5m', '--unit', 'cpu=none', '--horizon', 'day'],
      ['recommend', 'good.csv', '--unit', 'memory=Mi', '--unit', 'cpu=millicores'],
      ['recommend', 'good.csv', '--unit', 'memory=Ki,cpu=percent', '--format', 'yaml'],
    ]),
    {name: 'command/recommend/standard-input', runs: [['recommend', '-', '--format', 'csv']], stdin: GOOD},
  ];
}

function validations() {
  return [
    ...[...KINDS, 'empty', 'no-columns'].flatMap((kind) => [over(`validate/${kind}/text`, [['validate', `${kind}.csv`]]), over(`validate/${kind}/json`, [['validate', `${kind}.csv`, '--json']])]),
    over('validate/flags', [
      ['validate', 'short.csv', '--min-records', '10'],
      ['validate', 'findings.csv', '--tolerate-missing'],
      ['validate', 'findings.csv', '--min-records', '0', '--tolerate-missing', '--json'],
    ]),
    over('validate/maps', [
      ['validate', 'good.csv', '--map', 'timestamp=timestamp,cpu=cpu_mean_5m'],
      ['validate', 'good.csv', '--map', 'cpu=mem_mean_5m', '--unit', 'cpu=millicores', '--unit', 'memory=Mi'],
    ]),
    {name: 'command/validate/standard-input', runs: [['validate', '-'], ['validate', '-', '--json']], stdin: GOOD},
    {name: 'command/validate/standard-input-empty', runs: [['validate', '-']]},
  ];
}

function modelling() {
  const kept = (...flags) => ['predict', '--model', 'data/models/schema_1.json', ...flags];
  const air = (...flags) => ['cross-validate', '--data', 'data/air_passengers.csv', ...flags];
  const at = (...rows) => ({'at.csv': `ds\n${rows.join('\n')}\n`});
  return [
    {name: 'command/fit/defaults', runs: [['fit', '--data', 'data/air_passengers.csv', '--model', 'model.json']]},
    {
      name: 'command/fit/now-and-map',
      runs: [['fit', '--data', '-', '--model', 'model.json', '--now', '2020-01-02', '--map', 'timestamp=when,y=value']],
      stdin: readFileSync(join(ROOT, 'tests/data/air_passengers.csv'), 'utf8').replace('ds,y', 'when,value'),
    },
    {
      name: 'command/fit/warnings',
      runs: [['fit', '--data', 'data/o31_peyton_short20.csv', '--config', 'config.json', '--model', 'model.json']],
      files: {'config.json': '{"yearly_seasonality": true, "daily_seasonality": true}'},
    },
    {name: 'command/fit/refused', runs: [['fit', '--data', 'data/air_passengers.csv', '--config', 'config.json', '--model', 'model.json']], files: {'config.json': '{"growth": "logistic"}'}},
    {name: 'command/fit/standard-input', runs: [['fit', '--data', '-', '--model', 'model.json']], stdin: 'ds,y\n2020-01-01,1\n2020-01-02,2\n2020-01-03,4\n'},
    {name: 'command/predict/periods', runs: ['5min', '1d', '1w', '90'].map((freq) => kept('--periods', freq === '5min' ? '3' : '2', '--freq', freq))},
    {name: 'command/predict/at', runs: [kept('--at', 'at.csv')], files: at('2014-04-25', '2014-04-10 00:04:00', '2014-05-01T12:00:00Z', '2014-05-01T12:00:00+02:00')},
    {name: 'command/predict/width-and-quantiles', runs: [kept('--periods', '4', '--freq', '1h', '--interval-width', '0.5', '--quantile', '0.01,0.5', '--quantile', '0.99')]},
    {name: 'command/predict/clipped', runs: [kept('--periods', '4', '--freq', '6h', '--non-negative', '--at-most', '97.5')]},
    {name: 'command/predict/tz', runs: [kept('--at', 'at.csv', '--tz', '+02:00')], files: at('2014-04-25', '2014-05-01T12:00:00Z')},
    {name: 'command/cross-validate/defaults', runs: [air('--horizon', '365 days', '--metrics', 'metrics.json')]},
    {
      name: 'command/cross-validate/settings',
      runs: [air('--horizon', '200 days', '--initial', '2500 days', '--period', '400 days', '--rolling-window', '0.5',
        '--interval-width', '0.95', '--metrics', 'metrics.json')],
    },
    {
      name: 'command/cross-validate/cutoffs',
      runs: [air('--horizon', '100 days', '--cutoffs', 'cutoffs.csv', '--metrics', 'metrics.json'), air('--cutoffs', 'cutoffs.csv')],
      files: {'cutoffs.csv': 'cutoff\n1955-01-01\n1958-01-01\n'},
    },
    {
      name: 'command/cross-validate/config',
      runs: [air('--horizon', '365 days', '--initial', '3000 days', '--config', 'config.json')],
      files: {'config.json': '{"seasonality_mode": "multiplicative", "n_changepoints": 5}'},
    },
    {name: 'command/cross-validate/search', runs: [air('--horizon', '365 days', '--initial', '3300 days', '--search')]},
    {name: 'command/export/kept', runs: [['export', 'prophet', 'data/models/schema_1.json']]},
  ];
}

function pipelines() {
  const stage = (name, ...flags) => ['pipeline', name, '--models', 'm', ...flags];
  return [
    over('pipeline/run', [stage('run', '--data', 'good.csv')]),
    over('pipeline/run-twice', [
      stage('run', '--data', 'good.csv'),
      stage('run', '--data', 'growing.csv', '--now', '2026-06-16T00:00:00Z'),
      ['request', '--path', '/next_week', '--models', 'm'],
      ['request', '--path', '/models/info', '--models', 'm'],
    ]),
    over('pipeline/stages', [stage('validate', '--data', 'workloads.csv'), stage('features'), stage('train', '--preset', 'seed'), stage('validate-model')]),
    over('pipeline/features-alone', [stage('features', '--data', 'good.csv')]),
    over('pipeline/refused', [stage('run', '--data', 'short.csv')]),
    over('pipeline/refused-to-warn', [stage('run', '--data', 'short.csv', '--min-records', '10', '--tolerate-missing')]),
    over('pipeline/findings', [stage('run', '--data', 'findings.csv'), stage('run', '--data', 'findings.csv', '--tolerate-missing')]),
    over('pipeline/unreadable', [stage('run', '--data', 'no-columns.csv')]),
    ...['prophet', 'seed', 'auto'].flatMap((preset) => ['steep', 'falling'].map((kind) =>
      over(`pipeline/${kind}/${preset}`, [stage('run', '--data', `${kind}.csv`, '--min-records', '10', '--preset', preset)]))),
    over('pipeline/percent', [stage('run', '--data', 'percent.csv', '--preset', 'prophet')]),
  ];
}

export function commands() {
  return [
    ...[[], ...COMMANDS.map((command) => command.split(' '))].map((words) => ({name: `command/help/${words.join('-') || 'plimsoll'}`, runs: [[...words, '--help'], [...words, '-h']]})),
    {name: 'command/version', runs: [['--version']]},
    ...Object.entries(WRONG).map(([name, args]) => over(`wrong/${name}`, [args])),
    ...validations(), ...recommendations(), ...modelling(), ...pipelines(),
  ];
}
