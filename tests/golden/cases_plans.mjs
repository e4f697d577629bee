// Plans and data reports: what is made of a file, by query and by what the file looks like.
import {post} from './requests.mjs';
import {bytes, constant, cores, growing, jump, millicores, MONDAY, noise, onOff, usage} from './usage.mjs';

// Two workloads, what is set now, and a container column.
const CURRENT = usage({
  names: ['namespace', 'workload', 'container'],
  workloads: [['shop', 'cart', 'app'], ['shop', 'pay', 'app']],
  columns: {
    cpu_cores: (second, [, name]) => cores(name === 'cart' ? 1 : 4)(second),
    memory_bytes: bytes(1),
    cpu_request: constant('0.5'), cpu_limit: constant('1'), memory_request: constant('1073741824'), memory_limit: constant('2147483648'),
  },
});

const SHAPES = {
  'rhythm': usage(),
  'rhythm-4-weeks': usage({days: 28, cadence: 900}),
  'hourly': usage({days: 21, cadence: 3600}),
  'daily': usage({days: 120, cadence: 86_400}),
  'minutely': usage({days: 2, cadence: 60}),
  'millicores': usage({columns: {cpu: millicores, memory_mib: onOff('900', '1100')}}),
  'constant': usage({columns: {cpu: constant('0.25'), memory: constant('1e9')}}),
  'zeros': usage({columns: {cpu: constant('0'), memory: constant('0')}}),
  'on-off': usage({columns: {cpu: onOff('0.002', '0.7'), memory: onOff('1e8', '9e8')}}),
  'on-off-to-zero': usage({columns: {cpu: onOff('0', '2'), memory: onOff('0', '5e9')}}),
  'noise': usage({columns: {cpu: noise, memory: bytes(3)}}),
  'growing': usage({days: 28, cadence: 900, columns: {cpu: growing, memory: bytes(2)}}),
  'jump': usage({days: 14, cadence: 900, columns: {cpu: jump, memory: bytes(1)}}),
  'tiny': usage({columns: {cpu: () => '0.0004', memory: () => '300000'}}),
  'large': usage({columns: {cpu: cores(900), memory: bytes(5000)}}),
  'percent': usage({columns: {'cpu_percent': () => '37.5', 'memory_percent': onOff('40', '60')}}),
  'one-day': usage({days: 1}),
  'two-days': usage({days: 2}),
  'four-days-hourly': usage({days: 4, cadence: 3600}),
  'one-row': 'timestamp,cpu\n2026-06-15,0.5\n',
  'gap-of-5-hours': usage({skip: (second) => second > MONDAY - 4 * 86_400 && second < MONDAY - 4 * 86_400 + 18_000}),
  'gap-of-3-days': usage({days: 14, cadence: 900, skip: (second) => second > MONDAY - 6 * 86_400 && second < MONDAY - 3 * 86_400}),
  'every-third-missing': usage({columns: {cpu: (second) => ((second / 300) % 3 === 0 ? '' : '0.2'), memory: bytes(1)}}),
  'only-cpu': usage({columns: {cpu: cores(1)}}),
  'only-memory': usage({columns: {memory: bytes(1)}}),
  'current': CURRENT,
  'partly-current': usage({columns: {cpu: cores(1), memory: bytes(1), cpu_limit: constant('2')}}),
  'requests-met': usage({columns: {
    cpu: constant('0.25'), memory: constant('1073741824'), cpu_request: constant('0.2'), cpu_limit: constant('0.3'),
    memory_request: constant('858993460'), memory_limit: constant('1288490189'),
  }}),
  'other-workload-short': usage({names: ['workload'], workloads: [['a'], ['b']], columns: {cpu: (second, [name]) => (name === 'b' && second < MONDAY - 7200 ? '' : cores(1)(second))}}),
};

const QUERIES = ['horizon=day', 'horizon=week', 'horizon=weekend', 'horizon=month', 'tz=%2B02:00', 'tz=-09:30', 'tz=+05:45',
  'now=2026-06-15T12:00:00Z', 'now=2026-07-20T00:00:00Z', 'now=2026-06-10T00:00:00%2B02:00', 'preset=prophet', 'preset=seed', 'preset=auto',
  'policy=seed', 'points=0', 'points=false', 'points=true', 'format=json', 'format=csv', 'format=yaml', 'format=yaml&horizon=month',
  'format=csv&horizon=weekend&tz=%2B14:00', 'min_records=10', 'tolerate_missing=1', '&&horizon=day&'];

const name = (query) => query.replaceAll('%2B', '+').replaceAll(/[&?]+/g, '_');

// How long after the end of the data now is, around the bound between fresh and stale.
const AGES = {
  'daily': [1, 3, 9, 10, 11, 12],
  'hourly': [0.5, 1, 1.05, 1.1, 1.5, 2],
  'rhythm': [0, 0.9, 1, 1.01, 3],
};

const later = (days) => new Date((MONDAY + days * 86_400) * 1000).toISOString().replace('.000', '');

// Steps of history around whole multiples of the buckets of a chart.
const LENGTHS = {'2015-steps': 2015, '2016-steps': 2016, '2017-steps': 2017, '4032-steps': 4032, '4033-steps': 4033};

const TIMESTAMPS = ['timestamp', 'time', 'ds', 'date', 'datetime', 'ts', 'date_time', 'time_utc', 'timestamp_utc', 'ds_utc', 'timestamp_ms', 'unix_time', 'epoch_ms',
  'epoch', 'Time (UTC)', 'TIMESTAMP', 'Date-Time', 'timestamps', 'when', 'time_local'];
const RESOURCES = ['cpu', 'mem', 'memory'].flatMap((resource) =>
  ['', '_mean', '_avg', '_average', '_usage', '_usage_mean', '_usage_avg', '_used', '_utilization', '_utilisation', '_working_set', '_mean_5m', '_usage_1h', '_max', 's', '_p95']
    .map((word) => resource + word)
    .concat([`avg_${resource}`, `mean_${resource}`, `average_${resource}`, `container_${resource}`, `container_${resource}_usage`, `pod_${resource}`]));
const UNITS = ['cpu_cores', 'cpu_core', 'cpu_millicores', 'cpu_millicore', 'cpu_mcores', 'cpu_m', 'cpu_percent', 'cpu_pct', 'cpu %', 'CPU (cores)', 'cpu_bytes',
  'memory_bytes', 'memory_byte', 'memory_b', 'memory_ki', 'memory_kib', 'memory_mi', 'memory_mib', 'memory_gi', 'memory_gib', 'memory_kb', 'memory_mb', 'memory_gb',
  'memory_percent', 'memory_pct', 'mem [MiB]', 'memory_cores', 'memory_usage_bytes', 'container_memory_working_set_bytes', 'cpu_usage_5m_millicores', 'mem_mean_5m_gib'];
const SETTINGS = ['cpu_request', 'cpu_requests', 'request_cpu', 'requests_cpu', 'cpu_limit', 'cpu_limits', 'limit_cpu', 'limits_cpu', 'memory_request', 'memory_requests',
  'request_memory', 'requests_memory', 'mem_request', 'memory_limit', 'memory_limits', 'limit_memory', 'limits_memory', 'mem_limit',
  'cpu_request_cores', 'cpu_limit_millicores', 'memory_request_mib', 'memory_limit_gib', 'mem_requests'];
const NAMES = ['namespace', 'namespace_name', 'workload', 'workload_name', 'deployment', 'container', 'container_name', 'pod', 'Namespace', 'name'];

// A report of each header, in a file with what it needs beside it, as one answer.
function headers(name, list, csv) {
  const files = Object.fromEntries(list.map((header, i) => [`${i}.csv`, csv(header)]));
  return {name: `report/headers-${name}`, runs: Object.keys(files).map((file) => ['validate', file, '--json']), files};
}

const settingOf = (header) => {
  const usageOf = /cpu/.test(header) ? 'cpu' : 'memory';
  return usage({days: 4, cadence: 900, columns: {cpu: cores(1), memory: bytes(1), [header]: constant(usageOf === 'cpu' ? '2' : '4')}});
};

export function plans() {
  const shapes = Object.entries(SHAPES).flatMap(([shape, csv]) => [
    post(`plan/${shape}`, '/v1/plan', csv), post(`report/${shape}`, '/v1/validate', csv)]);
  const queries = QUERIES.map((query) => post(`plan/query/${name(query)}`, `/v1/plan?${query}`, SHAPES.rhythm));
  const outputs = ['csv', 'yaml'].flatMap((format) => ['current', 'partly-current', 'requests-met', 'only-memory', 'one-row', 'percent', 'on-off-to-zero', 'constant'].map((shape) =>
    post(`plan/${format}/${shape}`, `/v1/plan?format=${format}`, SHAPES[shape])));
  return [
    ...shapes, ...queries, ...outputs,
    post('report/query/min_records', '/v1/validate?min_records=100', SHAPES['four-days-hourly']),
    post('report/query/tolerate_missing', '/v1/validate?tolerate_missing=1', SHAPES['every-third-missing']),
    post('report/query/units', '/v1/validate?map.timestamp=when&map.cpu=load&unit.cpu=millicores&map.memory=rss&unit.memory=Mi',
      usage({columns: {load: constant('250'), rss: onOff('800', '900')}}).replace('timestamp', 'when')),
    post('plan/query/units', '/v1/plan?map.timestamp=when&map.cpu=load&unit.cpu=percent&map.memory=rss&unit.memory=none',
      usage({columns: {load: onOff('20', '80'), rss: onOff('1', '2')}}).replace('timestamp', 'when')),
    headers('timestamp', TIMESTAMPS, (header) => `${header},cpu\n2026-06-15T00:00:00Z,1\n2026-06-15T00:05:00Z,2\n`),
    headers('usage', RESOURCES, (header) => `timestamp,${header}\n2026-06-15T00:00:00Z,1\n2026-06-15T00:05:00Z,2\n`),
    headers('units', UNITS, (header) => `timestamp,${header}\n2026-06-15T00:00:00Z,1\n2026-06-15T00:05:00Z,2\n`),
    headers('settings', SETTINGS, (header) => `timestamp,cpu,memory,${header}\n2026-06-15T00:00:00Z,1,1e9,2\n2026-06-15T00:05:00Z,2,1e9,2\n`),
    headers('names', NAMES, (header) => `${header},timestamp,cpu\na,2026-06-15T00:00:00Z,1\nb,2026-06-15T00:05:00Z,2\n`),
    ...Object.entries(AGES).flatMap(([shape, ages]) => ages.map((days) =>
      post(`plan/age/${shape}-${days}`, `/v1/plan?points=0&horizon=day&now=${later(days)}`, SHAPES[shape]))),
    ...Object.entries(LENGTHS).map(([steps, count]) => post(`plan/length/${steps}`, '/v1/plan?horizon=day',
      usage({days: count * 300 / 86_400, columns: {cpu: cores(1)}}))),
    ...SETTINGS.map((header) => post(`plan/setting/${header}`, '/v1/plan?points=0&horizon=day', settingOf(header))),
  ];
}
