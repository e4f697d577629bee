// Model files and what is made with them: fit, predict, cross-validate, search, and Prophet's format.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {post} from './requests.mjs';
import {ROOT} from './run.mjs';

const read = (name) => readFileSync(join(ROOT, 'tests/data', name), 'utf8');
const AIR = read('air_passengers.csv');
const KEPT = JSON.parse(read('models/schema_1.json'));
const SHORT = read('o11_peyton_short_yearly.csv');

const EASTER = ['1950-04-09', '1951-03-25', '1952-04-13', '1953-04-05', '1954-04-18', '1955-04-10', '1956-04-01', '1957-04-21', '1958-04-06', '1959-03-29', '1960-04-17'];
const holidays = EASTER.map((ds) => ({holiday: 'easter', ds, lower_window: -20, upper_window: 12}));

const CONFIGS = {
  'defaults': {},
  'multiplicative': {seasonality_mode: 'multiplicative'},
  'flat': {growth: 'flat'},
  'no-changepoints': {n_changepoints: 0},
  'few-changepoints': {n_changepoints: 3, changepoint_range: 0.5},
  'whole-range': {changepoint_range: 1},
  'stiff': {changepoint_prior_scale: 0.001},
  'loose': {changepoint_prior_scale: 0.5},
  'explicit': {explicit_changepoints: ['1952-01-01', '1956-06-01']},
  'explicit-none': {explicit_changepoints: []},
  'yearly-off': {yearly_seasonality: false},
  'yearly-3': {yearly_seasonality: 3},
  'weekly-on': {weekly_seasonality: true},
  'tight-seasons': {seasonality_prior_scale: 0.01},
  'nothing': {growth: 'flat', n_changepoints: 0, yearly_seasonality: false},
  'custom': {custom_seasonalities: [{name: 'quarterly', period: 91.3125, fourier_order: 2, prior_scale: 0.5, mode: 'multiplicative'}]},
  'holidays': {holidays},
  'holidays-tight': {holidays, holidays_prior_scale: 0.05},
  'null-is-default': {growth: 'linear', n_changepoints: null},
};

const FORECASTS = [
  'horizon=day',
  'horizon=week',
  'horizon=weekend',
  'horizon=month',
  'horizon=month&step=1d',
  'start=1961-01-01&end=1962-01-01&step=30d',
  'start=1948-01-01&end=1950-01-01&step=31d',
  'start=1961-01-01&end=1962-01-01&step=30d&interval_width=0.95',
  'start=1961-01-01&end=1962-01-01&step=30d&quantiles=0.5,0.01,0.99',
  'start=1961-01-01&end=1962-01-01&step=30d&at_most=400&non_negative=1',
  'start=1961-01-01&end=1962-01-01&step=30d&format=csv',
  'start=1961-01-01&end=1962-01-01&step=30d&format=csv&quantiles=0.05,0.95',
  'start=1961-01-01T00:00:00%2B01:00&end=1961-01-02T00:00:00Z&step=1h',
  'horizon=weekend&tz=%2B14:00&step=3600',
  'start=1961-01-01T00:00:00Z&end=1961-01-02T03:46:40Z&step=100',
];

const VALIDATIONS = [
  'horizon=365 days',
  'horizon=365 days&format=csv',
  'horizon=365 days&initial=1500 days',
  'horizon=365 days&initial=1500 days&period=400 days',
  'horizon=365 days&rolling_window=0',
  'horizon=365 days&rolling_window=1',
  'horizon=365 days&rolling_window=0.33',
  'horizon=365 days&interval_width=0.5',
  'horizon=26w&initial=2000 days&period=200 days&format=csv',
];

const encode = (query) => query.replaceAll(' ', '%20');
const named = (query) => query.replaceAll('%2B', '+').replaceAll(' ', '-').replaceAll('&', '_').replaceAll(':', '');

// Commands over the files of tests/data, one after another in one folder; what they write is part of the answer.
const chain = (name, config, runs) => ({name, runs, files: {'config.json': JSON.stringify(config)}});
const fit = (data, model = 'model.json') => ['fit', '--data', `data/${data}`, '--config', 'config.json', '--model', model];
const predict = (...flags) => ['predict', '--model', 'model.json', ...flags];

const configOf = (reference) => JSON.parse(read(`reference/${reference}.json`)).config;

export function models() {
  const at = (rows) => `ds\n${rows.join('\n')}\n`;
  return [
    ...Object.entries(CONFIGS).flatMap(([name, config]) => [
      post(`model/fit/${name}`, '/v1/fit', {data: AIR, config}),
      chain(`model/predict/${name}`, config, [fit('air_passengers.csv'), predict('--periods', '14', '--freq', '30d')]),
    ]),
    ...['prophet', 'seed', 'auto'].map((preset) => post(`model/fit/preset-${preset}`, `/v1/fit?preset=${preset}`, read('nab_ec2_cpu_utilization_24ae8d.csv'))),
    post('model/fit/now', '/v1/fit?now=1961-02-03T04:05:06Z', AIR),
    post('model/fit/mapped', '/v1/fit?map.timestamp=when&map.y=passengers', AIR.replace('ds,y', 'when,passengers')),
    post('model/fit/csv', '/v1/fit', AIR),
    post('model/fit/few-samples', '/v1/fit', AIR.split('\n').slice(0, 8).join('\n')),
    ...[2, 3, 26, 30, 31, 32, 33, 34].map((rows) => post(`model/fit/rows-${rows}`, '/v1/fit', AIR.split('\n').slice(0, rows + 1).join('\n'))),
    ...[8, 9, 10, 11].map((count) => post(`model/fit/changepoints-${count}`, '/v1/fit',
      {data: AIR.split('\n').slice(0, 13).join('\n'), config: {n_changepoints: count, yearly_seasonality: false}})),
    post('model/fit/gaps-in-y', '/v1/fit', AIR.replace(/1955-(\d\d)-01,\d+/g, '1955-$1-01,')),
    ...FORECASTS.map((query) => post(`model/forecast/${named(query)}`, `/v1/forecast?${query}`, AIR)),
    post('model/forecast/kept', '/v1/forecast?horizon=day&step=3600&quantiles=0.9', {model: KEPT}),
    post('model/forecast/kept-week-csv', '/v1/forecast?horizon=week&step=3600&format=csv', {model: KEPT}),
    post('model/forecast/kept-at', '/v1/forecast', {model: KEPT, at: at(['2014-04-25', '2014-04-24T12:00:00Z', '2014-04-10 00:04:00'])}),
    ...VALIDATIONS.map((query) => post(`model/cross-validate/${named(query)}`, `/v1/cross-validate?${encode(query)}`, AIR)),
    post('model/cross-validate/cutoffs', '/v1/cross-validate?horizon=365%20days', {data: AIR, cutoffs: '1955-01-01,1957-06-01,1959-12-01'}),
    post('model/cross-validate/cutoffs-alone', '/v1/cross-validate', {data: AIR, cutoffs: '1955-01-01, 1957-06-01'}),
    post('model/cross-validate/config', '/v1/cross-validate?horizon=365%20days', {data: AIR, config: CONFIGS.multiplicative}),
    post('model/cross-validate/zeros', '/v1/cross-validate?horizon=30%20days&initial=100%20days&period=50%20days', {data: SHORT.replace(/(-0\d,)[\d.]+/g, '$10'), config: {yearly_seasonality: false}}),
    post('model/search', '/v1/search-priors?horizon=365%20days&initial=3000%20days&period=700%20days', {data: AIR, config: {n_changepoints: 5}}),
    post('model/search-short', '/v1/search-priors?horizon=60%20days&initial=150%20days&period=60%20days', SHORT),
    ...['0.6.1.dev0', '0.7.1', '1.0.1'].flatMap((version) => {
      const file = `data/prophet-models/serialized_model_v${version}.json`;
      return [
        post(`prophet/import/${version}`, '/v1/import/prophet', read(`prophet-models/serialized_model_v${version}.json`)),
        {name: `prophet/command-import/${version}`, runs: [['import', 'prophet', file]]},
      ];
    }),
    post('prophet/export/kept', '/v1/export/prophet', {model: KEPT}),
    chain('prophet/export/air', {}, [fit('air_passengers.csv'), ['export', 'prophet', 'model.json'], ['export', 'prophet', 'model.json', '--data', 'data/air_passengers.csv']]),
    chain('prophet/export/everything', {...CONFIGS.holidays, ...CONFIGS.custom, seasonality_mode: 'multiplicative'},
      [fit('air_passengers.csv'), ['export', 'prophet', 'model.json', '--data', 'data/air_passengers.csv']]),
    chain('prophet/export/conditional', configOf('o07'), [fit('o07_peyton_conditional.csv'), ['export', 'prophet', 'model.json']]),
    chain('prophet/export/regressors', configOf('o26'), [fit('o26_retail_mixed.csv'), ['export', 'prophet', 'model.json'], ['export', 'prophet', 'model.json', '--data', 'data/o26_retail_mixed.csv']]),
    chain('prophet/export/logistic', configOf('o17'), [fit('o17_wpR_logistic_cap_floor.csv'), ['export', 'prophet', 'model.json']]),
    chain('prophet/export/nothing', CONFIGS.nothing, [fit('air_passengers.csv'), ['export', 'prophet', 'model.json']]),
  ];
}
