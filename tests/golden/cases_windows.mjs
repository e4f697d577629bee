// What is answered from stored models.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gets} from './requests.mjs';
import {ROOT} from './run.mjs';
import {bytes, constant, cores, growing, jump, noise, onOff, usage} from './usage.mjs';

const pipeline = (csv, ...flags) => ({runs: [{args: ['pipeline', 'run', '--data', '-', ...flags], stdin: csv}]});

const MANY = usage({
  names: ['namespace', 'workload', 'container'],
  workloads: [['shop', 'cart', 'app'], ['shop', 'cart', 'proxy'], ['shop', 'pay', 'app'], ['bank', 'pay', 'app']],
  columns: {cpu: (second, [, name, container]) => cores(name === 'cart' ? 1 : container === 'app' ? 3 : 2)(second), memory: bytes(1)},
});
// One metric is learned well and the other badly: a window says the least of the two.
const UNLIKE = usage({days: 14, cadence: 900, columns: {cpu: cores(1), memory: (second) => (noise(second) * 1e10).toFixed(0)}});
const UNLIKE_TOO = usage({days: 14, cadence: 900, columns: {cpu: noise, memory: bytes(1)}});
const PLATEAU = usage({days: 14, cadence: 900, columns: {cpu: onOff('0.1', '0.9'), memory: onOff('4e8', '1.2e9')}});

// Models of a file of the repository, as a store lays them out: independent of training.
function laidOut() {
  const model = JSON.parse(readFileSync(join(ROOT, 'tests/data/models/schema_1.json'), 'utf8'));
  const place = (folder, change) => ({
    [`${folder}/stages.json`]: `${JSON.stringify({Staging: null, Production: model.model_version})}\n`,
    [`${folder}/versions/${model.model_version}.json`]: JSON.stringify({...model, ...change}),
  });
  return {
    kept: {files: place('one', {})},
    units: {files: {...place('cpu', {unit: 'cores'}), ...place('memory', {metric: 'memory', unit: 'bytes', model_version: 'b0b'})}},
    broken: {files: {...place('good', {}), ...place('bad', {params: 7}), 'gone/stages.json': '{"Production":"abc"}', 'odd/stages.json': '[]', 'up/stages.json': '{"Production":"../../etc"}'}},
  };
}

export const stores = () => ({
  empty: {},
  sample: pipeline(readFileSync(join(ROOT, 'web/public/sample.csv'))),
  one: pipeline(usage()),
  many: pipeline(MANY),
  unlike: pipeline(UNLIKE, '--preset', 'seed'),
  'unlike-too': pipeline(UNLIKE_TOO, '--preset', 'seed'),
  plateau: pipeline(PLATEAU),
  growing: pipeline(usage({days: 28, cadence: 900, columns: {cpu: growing, memory: bytes(2)}})),
  jump: pipeline(usage({days: 14, cadence: 900, columns: {cpu: jump, memory: constant('7e8')}}), '--preset', 'prophet'),
  ...laidOut(),
});

const WINDOWS = ['next_day', 'next_week', 'next_weekend', 'next_month'];
const SERVICE = ['health', 'livez', 'readyz', 'models/info', 'metrics', 'docs', 'openapi.json'];
const VARIANTS = {
  'policy': '?policy=seed',
  'now': '?now=2026-06-17T10:00:00Z',
  'saturday': '?now=2026-06-20T23:30:00Z',
  'sunday': '?now=2026-06-21T23:30:00Z&tz=%2B01:00',
  'later': '?now=2026-09-01T00:00:00Z',
  'before': '?now=2026-06-01T00:00:00Z',
  'east': '?tz=%2B05:30',
  'west': '?tz=-08:00&now=2026-06-16T03:00:00Z',
};
const WHICH = ['', 'workload=cart', 'workload=pay', 'workload=pay&namespace=bank', 'workload=pay&namespace=shop', 'workload=cart&container=proxy', 'namespace=bank', 'container=proxy',
  'workload=none', 'workload=cart&namespace=bank', 'workload=%63art&container=app', 'workload=CART'];

export function windows() {
  const of = (store) => ['--models', `stores/${store}`];
  const each = ['one', 'sample', 'unlike', 'unlike-too', 'plateau', 'growing', 'jump', 'kept', 'units', 'broken'].flatMap((store) => [
    ...WINDOWS.map((window) => gets(`windows/${store}/${window}`, [`/${window}`], of(store))),
    gets(`windows/${store}/info`, ['/models/info', '/health', '/metrics'], of(store)),
  ]);
  const variants = ['one', 'many'].flatMap((store) => Object.entries(VARIANTS).map(([name, query]) =>
    gets(`windows/${store}/query/${name}`, WINDOWS.map((window) => `/${window}${query}${store === 'many' ? '&workload=cart&container=app' : ''}`), of(store))));
  return [
    ...each, ...variants,
    ...WHICH.map((query) => gets(`windows/many/which/${query === '' ? 'none' : query.replaceAll('&', '_')}`, [`/next_day?${query}`, `/?datetime_str=2026-06-16&${query}`], of('many'))),
    gets('windows/many/info', ['/models/info', '/health', '/metrics', '/readyz'], of('many')),
    ...['2026-06-16T08:00:00Z', '2026-06-16', '2026-06-16T08:00:00%2B02:00', '2026-06-16 08:00', '2026-05-01T00:00:00', '2027-01-01T12:00:00'].map((at) =>
      gets(`windows/one/moment/${at.replaceAll(' ', '_')}`, [`/?datetime_str=${at.replaceAll(' ', '%20')}`, `/?datetime_str=${at.replaceAll(' ', '+')}&tz=%2B02:00&policy=seed`], of('one'))),
    gets('windows/one/moment/peaks', [0, 1, 4, 7, 8, 12, 23].map((hour) => `/?datetime_str=2026-06-16T${String(hour).padStart(2, '0')}:00:00Z`), of('plateau')),
    gets('windows/one/now-flag', ['/next_day'], [...of('one'), '--now', '2026-06-18T00:00:00+02:00']),
    gets('windows/one/now-flag-and-query', ['/next_day?now=2026-06-17T00:00:00Z'], [...of('one'), '--now', '2026-06-18T00:00:00Z']),
    ...SERVICE.map((path) => gets(`service/${path.replace('/', '-')}`, [`/${path}`], of('one'))),
    ...['empty', 'none'].flatMap((store) => [...WINDOWS, '', ...SERVICE.slice(0, 5)].map((path) =>
      gets(`service/without-models/${store}/${path.replace('/', '-') || 'moment'}`, [`/${path}${path === '' ? '?datetime_str=2026-06-16' : ''}`], store === 'none' ? [] : of(store)))),
    {name: 'service/methods', runs: ['/health', '/v1/plan', '/nowhere', '/'].flatMap((path) => ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'get'].map((method) =>
      ['request', '--method', method, '--path', path, ...of('one')]))},
    gets('service/mondays', ['2026-06-15', '2026-06-21', '2026-06-28'].map((day) => `/next_month?now=${day}`), of('one')),
  ];
}
