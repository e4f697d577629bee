// What is refused, and how: at least one answer for every code that a request can reach.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {post, request} from './requests.mjs';
import {ROOT} from './run.mjs';
import {constant, cores, MONDAY, onOff, usage} from './usage.mjs';

const AIR = readFileSync(join(ROOT, 'tests/data/air_passengers.csv'), 'utf8');
const MODEL = JSON.parse(readFileSync(join(ROOT, 'tests/data/models/schema_1.json'), 'utf8'));
const SMALL = 'timestamp,cpu,memory\n2026-06-15T00:00:00Z,0.1,1e9\n2026-06-15T00:05:00Z,0.2,1e9\n';

const SHORT = 'ds,y\n2020-01-01,1\n2020-01-02,2\n2020-01-03,4\n2020-01-04,3\n2020-01-05,2\n';

const without = (model, key) => Object.fromEntries(Object.entries(model).filter(([name]) => name !== key));

const QUERIES = {
  'unknown': 'horizn=day',
  'unknown-empty': 'foo',
  'unknown-escaped': '%68orizn=1',
  'twice': 'horizon=day&horizon=week',
  'twice-escaped': 'horizon=day&h%6frizon=day',
  'horizon': 'horizon=year',
  'horizon-empty': 'horizon=',
  'horizon-case': 'horizon=Day',
  'policy': 'policy=best',
  'preset': 'preset=none',
  'format': 'format=xml',
  'format-table': 'format=table',
  'now': 'now=yesterday',
  'now-plus': 'now=2026-06-15T00:00:00+02:00',
  'now-date': 'now=2026-02-30',
  'tz-name': 'tz=Europe/Vienna',
  'tz-far': 'tz=%2B25:00',
  'tz-empty': 'tz=',
  'tz-bare-plus': 'tz=+01:00&horizon=day&points=0',
  'points': 'points=2',
  'points-word': 'points=yes',
  'min_records': 'min_records=-1',
  'min_records-long': 'min_records=1234567890123',
  'min_records-word': 'min_records=1e3',
  'tolerate_missing': 'tolerate_missing=maybe',
  'map-missing': 'map.cpu=load',
  'map-same': 'map.cpu=cpu&map.memory=cpu',
  'map-unknown-role': 'map.disk=cpu',
  'map-empty': 'map.cpu=',
  'unit-unknown': 'unit.cpu=parsecs',
  'unit-of-other': 'unit.memory=cores',
  'unit-unknown-role': 'unit.disk=Mi',
  'escape-short': 'horizon=%4',
  'escape-end': 'horizon=day%',
  'escape-letters': 'horizon=%zz',
  'escape-half': 'horizon=%4g',
  'escape-nul': 'horizon=day%00',
  'escape-bytes': 'horizon=%ff%fe',
  'escape-quote': 'horizon=%22%5C%0a',
  'escape-utf8': 'horizon=t%C3%A4glich',
  'plus': 'policy=a+b',
  'high-half': 'policy=%f0%9f%92%a9',
  'long-value': `policy=${'x'.repeat(300)}`,
  'equals': 'policy=a=b',
  'empty-name': '=1',
  'question': 'policy=a?b',
};

const FILES = {
  'empty': '',
  'blank': '   \n\n',
  'header-only': 'timestamp,cpu\n',
  'mark-only': '\ufeff',
  'binary': Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1]),
  'utf16': Buffer.from('timestamp,cpu\n0,1\n', 'utf16le'),
  'latin1': Buffer.from('timestamp,cpu,m\xfcll\n0,1,2\n', 'latin1'),
  'no-timestamp': 'when,cpu\n0,1\n',
  'no-usage': 'timestamp,load\n0,1\n',
  'no-header': '2026-01-01,1\n2026-01-02,2\n',
  'duplicate-column': 'timestamp,cpu,cpu\n0,1,2\n',
  'ambiguous': 'timestamp,cpu,cpu_cores\n0,1,2\n',
  'ambiguous-time': 'timestamp,ds,cpu\n0,0,1\n',
  'empty-header': 'timestamp,,cpu\n0,1,2\n',
  'unclosed-header': '"timestamp,cpu\n0,1\n',
  'too-many-columns': `timestamp,cpu,${Array.from({length: 300}, (_, i) => `c${i}`).join(',')}\n`,
  'long-field': `timestamp,cpu\n0,${'1'.repeat(5000)}\n`,
  'long-header': `timestamp,cpu,${'n'.repeat(5000)}\n0,1,2\n`,
  'too-many-workloads': `workload,timestamp,cpu\n${Array.from({length: 10_001}, (_, i) => `w${i},0,1\n`).join('')}`,
  'html': '<!doctype html><html><body>404</body></html>\n',
  'json': '[{"timestamp": 0}]',
  'semicolon-decimal': 'timestamp;cpu\n2026-06-15;0,5\n2026-06-16;0,7\n',
};

// Files that are read, with findings.
const CELLS = {
  'ragged': 'timestamp,cpu\n0,1\n300\n600,1,2\n900,1\n',
  'unclosed-quote': 'timestamp,cpu\n0,1\n300,"2\n600,3\n',
  'quote-inside': 'timestamp,cpu\n0,1"2\n300,"1"2\n600,""\n',
  'timestamps': 'timestamp,cpu\nnow,1\n2026-13-01,1\n2026-06-15T25:00:00Z,1\n,1\n2026-06-15,2\n',
  'mixed-zones': 'timestamp,cpu\n2026-06-15T00:00:00Z,1\n2026-06-15T00:05:00+02:00,1\n2026-06-15 00:10:00,1\n',
  'numbers': 'timestamp,cpu\n0,abc\n300,1.2.3\n600,0x10\n900,1e\n1200,--1\n1500,1 2\n1800,0.5\n',
  'non-finite': 'timestamp,cpu\n0,inf\n300,-inf\n600,nan\n900,1e999\n1200,0.5\n',
  'negative': 'timestamp,cpu\n0,-1\n300,-0.0\n600,-1e-9\n900,0.5\n',
  'missing': 'timestamp,cpu\n0,\n300,NA\n600,N/A\n900,null\n1200,None\n1500,-\n1800,#N/A\n2100,0.5\n',
  'unsorted': 'timestamp,cpu\n600,1\n0,2\n300,3\n',
  'duplicates': 'timestamp,cpu\n0,1\n0,1\n300,2\n300,3\n600,4\n',
  'irregular': 'timestamp,cpu\n0,1\n300,1\n610,1\n890,1\n1300,1\n1500,1\n',
  'gap': 'timestamp,cpu\n0,1\n300,1\n600,1\n90000,1\n90300,1\n',
  'outlier': usage({columns: {cpu: (second) => (second === MONDAY - 3000 ? '5000' : cores(1)(second))}}),
  'constant': usage({days: 5, columns: {cpu: constant('1')}}),
  'suspicious-cpu': usage({days: 5, columns: {cpu: onOff('250', '900')}}),
  'suspicious-cpu-cores': usage({days: 5, columns: {cpu_cores: onOff('250', '9000')}}),
  'suspicious-memory': usage({days: 5, columns: {memory: onOff('1.2', '1.9')}}),
  'suffixes': 'timestamp,cpu,memory\n0,250m,512Mi\n300,1,1Gi\n600,2k,1G\n900,1u,100Ki\n1200,1n,1e9\n1500,1M,1m\n1800,1X,1Zi\n',
  'names-with-quotes': 'workload,timestamp,cpu\n"a ""b""",0,1\n"a\tb",0,1\n"",0,1\n',
  'milliseconds': 'timestamp_ms,cpu\n1781481600000,1\n1781481900000,1\n',
  'far-times': 'timestamp,cpu\n-1,1\n99999999999,1\n1e10,1\n0001-01-01,1\n9999-12-31,1\n',
  'crlf-and-tabs': 'timestamp\tcpu\r\n0\t1\r\n300\t2\r\n',
  'lone-cr': 'timestamp,cpu\r0,1\r300,2\r',
  'escapes-in-cell': Buffer.from('timestamp,cpu\n0,"a\\b\t\x01\x7f\xff"\n300,"\xc3\xa4\xf0\x9f\x92\xa9"\n600,1\n', 'latin1'),
  'long-cell': `timestamp,cpu\n0,${'\u00e4'.repeat(40)}\n300,1\n`,
  'many-bad': `timestamp,cpu\n${Array.from({length: 200}, (_, i) => `${i * 300},${i % 7 === 0 ? 'x' : '1'}\n`).join('')}`,
};

const BODIES = {
  'not-json': '{',
  'trailing-comma': '{"data": "ds,y\\n",}',
  'deep': `${'{"a":'.repeat(70)}1${'}'.repeat(70)}`,
  'array-deep': `{"data":${'['.repeat(100)}${']'.repeat(100)}}`,
  'bad-utf8': Buffer.from('{"data":"\xff"}', 'latin1'),
  'twice': '{"data": "ds,y\\n", "data": "ds,y\\n"}',
  'no-data': {},
  'data-number': {data: 1},
  'data-null': {data: null},
  'unknown-member': {data: AIR, confg: {}},
  'config-array': {data: AIR, config: []},
  'config-text': {data: AIR, config: 'x'},
  'not-ds': {data: 'a,b\n1,2\n'},
  'no-y': {data: 'ds,z\n2020-01-01,2\n'},
  'one-row': {data: 'ds,y\n2020-01-01,2\n'},
  'empty': {data: ''},
  'same-moment': {data: 'ds,y\n2020-01-01,2\n2020-01-01,3\n'},
  'bad-y': {data: 'ds,y\n2020-01-01,2\n2020-01-02,x\n2020-01-03,4\n'},
  'bad-ds': {data: 'ds,y\n2020-01-01,2\n2020-02-30,3\n2020-01-03,4\n'},
  'inf-y': {data: 'ds,y\n2020-01-01,2\n2020-01-02,inf\n2020-01-03,4\n'},
  'huge-y': {data: 'ds,y\n2020-01-01,1e300\n2020-01-02,-1e300\n2020-01-03,4\n2020-01-04,5\n'},
};

const holiday = {holiday: 'a', ds: '1955-01-01'};
const seasonality = {name: 'monthly', period: 30.5, fourier_order: 3};
const CONFIGS = {
  'unknown': {n_changepoint: 5},
  'growth': {growth: 'cubic'},
  'growth-number': {growth: 1},
  'mode': {seasonality_mode: 'both'},
  'yearly': {yearly_seasonality: 'maybe'},
  'yearly-negative': {yearly_seasonality: -1},
  'yearly-fraction': {yearly_seasonality: 2.5},
  'order-beyond': {weekly_seasonality: 101},
  'changepoints': {n_changepoints: -1},
  'changepoints-many': {n_changepoints: 501},
  'changepoints-text': {n_changepoints: '5'},
  'range': {changepoint_range: 0},
  'range-above': {changepoint_range: 1.1},
  'scale': {changepoint_prior_scale: 0},
  'scale-huge': {seasonality_prior_scale: 1e7},
  'scale-text': {holidays_prior_scale: '10'},
  'explicit-outside': {explicit_changepoints: ['2030-01-01']},
  'explicit-bad': {explicit_changepoints: ['soon']},
  'explicit-number': {explicit_changepoints: 3},
  'logistic-without-cap': {growth: 'logistic'},
  'prophets-own': {interval_width: 0.9},
  'mcmc': {mcmc_samples: 300},
  'scaling': {scaling: 'minmax'},
  'holidays_mode': {holidays_mode: 'multiplicative'},
  'custom-twice': {custom_seasonalities: [seasonality, seasonality]},
  'custom-period': {custom_seasonalities: [{...seasonality, period: 0}]},
  'custom-order': {custom_seasonalities: [{...seasonality, fourier_order: 0}]},
  'custom-name': {custom_seasonalities: [{...seasonality, name: 'trend'}]},
  'custom-unknown': {custom_seasonalities: [{...seasonality, mod: 'additive'}]},
  'custom-condition': {custom_seasonalities: [{...seasonality, condition_name: 'busy'}]},
  'custom-object': {custom_seasonalities: seasonality},
  'holiday-no-day': {holidays: [{holiday: 'a'}]},
  'holiday-day': {holidays: [{...holiday, ds: '1955-02-30'}]},
  'holiday-window': {holidays: [{...holiday, lower_window: 1}]},
  'holiday-window-far': {holidays: [{...holiday, upper_window: 400}]},
  'holiday-scales': {holidays: [{...holiday, prior_scale: 1}, {...holiday, ds: '1956-01-01', prior_scale: 2}]},
  'regressor-missing': {extra_regressors: [{name: 'x1'}]},
  'regressor-name': {extra_regressors: [{name: 'y'}]},
  'regressor-scale': {extra_regressors: [{name: 'x1', prior_scale: -1}]},
};

const FORECASTS = {
  'width': 'interval_width=1',
  'width-zero': 'interval_width=0',
  'width-text': 'interval_width=wide',
  'width-suffix': 'interval_width=800m',
  'quantiles': 'quantiles=0.5,1',
  'quantiles-empty': 'quantiles=',
  'quantiles-comma': 'quantiles=0.1,',
  'quantiles-many': `quantiles=${Array(101).fill('0.5').join(',')}`,
  'at_most': 'at_most=much',
  'non_negative': 'non_negative=2',
  'step': 'step=0',
  'step-text': 'step=often',
  'end-before': 'start=1961-01-01&end=1960-01-01',
  'end-same': 'start=1961-01-01&end=1961-01-01',
  'too-many-points': 'start=1961-01-01&end=1965-01-01&step=60',
  'points-just-too-many': 'start=1961-01-01T00:00:00Z&end=1961-01-02T03:46:41Z&step=1',
  'horizon': 'horizon=2 days',
  'format': 'format=yaml',
  'start': 'start=then',
  'tz': 'tz=moon',
};

const VALIDATIONS = {
  'no-horizon': '',
  'horizon': 'horizon=5 parsecs',
  'horizon-zero': 'horizon=0 days',
  'horizon-negative': 'horizon=-3 days',
  'too-long': 'horizon=9000 days',
  'initial-too-long': 'horizon=365 days&initial=9000 days',
  'period-zero': 'horizon=365 days&period=0 days',
  'too-many-cutoffs': 'horizon=31 days&initial=200 days&period=1 days',
  'rolling_window': 'horizon=365 days&rolling_window=2',
  'interval_width': 'horizon=365 days&interval_width=2',
  'format': 'horizon=365 days&format=yaml',
};
const CUTOFFS = {
  'bad': 'soon',
  'empty': '',
  'number': 7,
  'before': '1940-01-01',
  'after': '1970-01-01',
  'without-sample': '1949-01-15',
  'twice': '1955-01-01,1955-01-01',
  'trailing': '1955-01-01,',
};

const MODELS = {
  'none': {},
  'text': {model: 'x'},
  'empty': {model: {}},
  'both': {model: MODEL, data: AIR},
  'no-params': {model: without(MODEL, 'params')},
  'schema-0': {model: {...MODEL, schema_version: 0}},
  'schema-99': {model: {...MODEL, schema_version: 99}},
  'no-schema': {model: without(MODEL, 'schema_version')},
  'bad-metric': {model: {...MODEL, metric: 'disk'}},
  'bad-unit': {model: {...MODEL, unit: 'parsecs'}},
  'bad-config': {model: {...MODEL, config: {growth: 'cubic'}}},
  'short-params': {model: {...MODEL, params: {...MODEL.params, beta: []}}},
  'text-params': {model: {...MODEL, params: {...MODEL.params, k: 'x'}}},
  'at-number': {model: MODEL, at: 5},
  'at-empty': {model: MODEL, at: ''},
  'at-bad': {model: MODEL, at: 'ds\nsoon\n'},
  'at-no-ds': {model: MODEL, at: 'when\n2020-01-01\n'},
  'at-too-many': {model: MODEL, at: `ds\n${'2014-04-25\n'.repeat(100_001)}`},
};
const PROPHET = {
  'array': '[]',
  'no-version': '{"growth": "linear"}',
  'number': '7',
  'text': '"a"',
  'broken': '{"growth": "linear",',
  'empty': '{}',
  'version': '{"__prophet_version": 1}',
};

const TYPES = ['text/csv', 'application/csv', 'text/plain', 'application/octet-stream', 'application/vnd.ms-excel', 'application/x-www-form-urlencoded',
  'application/json', 'Text/CSV; charset=utf-8', 'APPLICATION/JSON', 'text/csv ;header=present', 'image/png', 'text', 'application/problem+json', 'text/csv,text/plain'];

// A body sent as each media type, as one answer.
const types = (name, target, body) => {
  const {runs: [run], files} = post(name, target, body);
  return {name, runs: TYPES.map((type) => [...run, '--content-type', type]), files};
};

const encode = (query) => query.replaceAll(' ', '%20');
const all = (table, make) => Object.entries(table).map(([name, value]) => make(name, value));

export function problems() {
  return [
    ...all(QUERIES, (name, query) => post(`problem/query/${name}`, `/v1/plan?${query}`, SMALL)),
    ...all(FILES, (name, bytes) => post(`problem/file/${name}`, '/v1/plan', bytes)),
    post('problem/file/too-many-rows', '/v1/validate', `timestamp,cpu\n${'0,1\n'.repeat(2_000_001)}`),
    ...all(CELLS, (name, bytes) => post(`problem/cells/${name}`, '/v1/validate?min_records=1', bytes)),
    ...all(CELLS, (name, bytes) => post(`problem/plan-of-cells/${name}`, '/v1/plan?points=0', bytes)),
    ...all(BODIES, (name, body) => post(`problem/body/${name}`, '/v1/fit', body)),
    ...all(CONFIGS, (name, config) => post(`problem/config/${name}`, '/v1/fit', {data: AIR, config})),
    ...all(FORECASTS, (name, query) => post(`problem/forecast/${name}`, `/v1/forecast?${encode(query)}`, AIR)),
    ...all(MODELS, (name, body) => post(`problem/model/${name}`, '/v1/forecast?horizon=day', body)),
    ...all(VALIDATIONS, (name, query) => post(`problem/cross-validate/${name}`, `/v1/cross-validate?${encode(query)}`, AIR)),
    ...all(CUTOFFS, (name, cutoffs) => post(`problem/cutoffs/${name}`, '/v1/cross-validate?horizon=365%20days', {data: AIR, cutoffs})),
    ...all(PROPHET, (name, body) => post(`problem/import/${name}`, '/v1/import/prophet', body)),
    post('problem/export/no-model', '/v1/export/prophet', {}),
    post('problem/export/data-number', '/v1/export/prophet', {model: MODEL, data: 7}),
    post('problem/search/rolling_window', '/v1/search-priors?horizon=365%20days&rolling_window=0.1', AIR),
    types('problem/type/plan', '/v1/plan?points=0&horizon=day', SMALL),
    types('problem/type/validate', '/v1/validate', SMALL),
    types('problem/type/fit-json', '/v1/fit', {data: SHORT}),
    types('problem/type/fit-csv', '/v1/fit', SHORT),
    types('problem/type/forecast', '/v1/forecast?horizon=day', SHORT),
    types('problem/type/cross-validate', '/v1/cross-validate?horizon=1%20days', SHORT),
    types('problem/type/import', '/v1/import/prophet', '{}'),
    post('problem/target-too-long', `/v1/plan?policy=${'x'.repeat(9000)}`, SMALL),
    ...['/nowhere', '/v1/plan/', '/V1/plan', '//health', '', 'health', '/health%20', '/%6eext_day'].map((path, i) => request(`problem/path/${i}`, 'GET', path)),
    ...['GET', 'PUT', 'BREW'].map((method) => request(`problem/method/${method}`, method, '/v1/plan')),
    request('problem/window/no-moment', 'GET', '/'),
    request('problem/window/no-model', 'GET', '/next_week'),
    ...['datetime_str=soon', 'datetime_str=', 'datetime_str=2026-06-16&policy=none', 'datetime_str=2026-06-16&tz=x', 'datetime_str=2026-06-16&now=x', 'datetime_str=2026-06-16&horizon=day'].map((query, i) =>
      request(`problem/window/${i}`, 'GET', `/?${query}`, {flags: ['--models', 'stores/one']})),
    ...['policy=none', 'tz=x', 'now=x', 'horizon=day', 'datetime_str=2026-06-16'].map((query, i) =>
      request(`problem/window/next-${i}`, 'GET', `/next_day?${query}`, {flags: ['--models', 'stores/one']})),
  ];
}
