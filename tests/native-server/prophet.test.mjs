// Prophet's habits through the command line: what goes wrong says what and where; models go out to
// Prophet's format and come back.
import assert from 'node:assert/strict';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {DATA, plimsoll, temporary_folder} from './helpers.mjs';

const days = [...new Array(200).keys()]
  .map((day) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10));

// A CSV of 200 days; `columns` maps further names to functions of the row.
function series(columns = {}) {
  const rows = days.map((ds, i) =>
    [ds, 5 + (i % 7), ...Object.values(columns).map((value) => value(i))].join(','));
  return [['ds', 'y', ...Object.keys(columns)].join(','), ...rows].join('\n') + '\n';
}

function fit(context, config, csv) {
  const folder = temporary_folder(context);
  const paths = {data: join(folder, 'data.csv'), config: join(folder, 'config.json'),
                 model: join(folder, 'model.json'), folder};
  writeFileSync(paths.data, csv);
  writeFileSync(paths.config, JSON.stringify(config));
  const run = plimsoll(['fit', '--data', paths.data, '--config', paths.config, '--model', paths.model]);
  return {...run, ...paths};
}

const x1 = {extra_regressors: [{name: 'x1'}]};
const monthly = {name: 'monthly', period: 30.5, fourier_order: 3};
const REFUSED = [
  ['a missing cap', {growth: 'logistic'}, series(), /expected a column "cap"/],
  ['a cap below the floor', {growth: 'logistic'}, series({cap: () => 20, floor: (i) => (i === 17 ? 21 : 0)}),
    /Column cap: found 20.0 over a floor of 21.0 at 2020-01-18/],
  ['a cap with a gap', {growth: 'logistic'}, series({cap: (i) => (i === 17 ? '' : 20)}),
    /Column cap: found no finite number at 2020-01-18/],
  ['a missing regressor', x1, series(), /expected a column "x1"/],
  ['NaN in a regressor', x1, series({x1: (i) => (i === 17 ? 'NaN' : i)}),
    /Column x1: found no finite number at 2020-01-18/],
  ['an unknown column of a holiday', {holidays: [{holiday: 'a', ds: '2020-01-05', colour: 'red'}]},
    series(), /holidays.colour: found an unknown setting/],
  ['a holiday without a day', {holidays: [{holiday: 'a'}]}, series(), /holidays.ds: found nothing/],
  ['a missing condition', {custom_seasonalities: [{...monthly, condition_name: 'season'}]}, series(),
    /expected a column "season"/],
  ['contradictory prior scales',
    {holidays: [{holiday: 'a', ds: '2020-01-05', prior_scale: 1}, {holiday: 'a', ds: '2020-02-05', prior_scale: 2}]},
    series(), /two prior scales of "a"/],
  ['one value', {}, 'ds,y\n2020-01-01,5\n2020-01-02,\n', /Found 1 usable sample/],
  ['no value', {}, 'ds,y\n2020-01-01,\n2020-01-02,\n', /Found 0 usable samples/],
  ['two seasonalities of one name', {custom_seasonalities: [monthly, monthly]}, series(),
    /"monthly" for two terms/],
  ['a term named as a column of the forecast', {custom_seasonalities: [{...monthly, name: 'trend'}]},
    series(), /"trend" for two terms/],
  ['a negative prior scale', {changepoint_prior_scale: -1}, series(), /changepoint_prior_scale: found -1/],
  ['a prior scale of zero', {...x1, holidays_prior_scale: 0}, series({x1: (i) => i}), /holidays_prior_scale/],
  ['a changepoint outside of the history', {explicit_changepoints: ['2030-01-01']}, series(),
    /explicit_changepoints: found 2030-01-01/],
  ['a misspelt setting of a seasonality', {custom_seasonalities: [{...monthly, mod: 'additive'}]}, series(),
    /custom_seasonalities.mod: found an unknown setting/],
  ['a Fourier order beyond the limit', {custom_seasonalities: [{...monthly, fourier_order: 1000}]}, series(),
    /fourier_order: found 1000/],
];

for (const [what, config, csv, expected] of REFUSED) {
  test(`fit refuses ${what}`, (context) => {
    const run = fit(context, config, csv);
    assert.equal(run.status, 2, run.stderr);
    assert.match(run.stderr, expected);
  });
}

test('fewer samples than parameters are fitted with a warning', (context) => {
  const run = fit(context, {}, series().split('\n').slice(0, 10).join('\n') + '\n');
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stderr, /^warning: The history has 9 samples for \d+ parameters/m);
});

test('a term that the history cannot show is named', (context) => {
  const run = fit(context, {yearly_seasonality: true, daily_seasonality: true}, series());
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stderr, /yearly seasonality is ill-posed/);
  assert.match(run.stderr, /The term daily is not identified/);
});

test('predict needs the columns of the model', (context) => {
  const run = fit(context, x1, series({x1: (i) => i % 3}));
  assert.equal(run.status, 0, run.stderr);
  const at = join(run.folder, 'at.csv');
  const predict = (...args) => plimsoll(['predict', '--model', run.model, ...args]);
  writeFileSync(at, 'ds\n2020-09-01\n');
  assert.match(predict('--at', at).stderr, /expected a column "x1"/);
  writeFileSync(at, 'ds,x1\n2020-09-01,\n');
  assert.match(predict('--at', at).stderr, /Column x1: found no finite number at 2020-09-01/);
  assert.match(predict('--periods', '3', '--freq', '1d').stderr, /Column x1: found no such column/);
  writeFileSync(at, 'ds,x1\n2020-09-01,1\n');
  assert.equal(predict('--at', at).status, 0);
});

test('predict needs a cap above the floor', (context) => {
  const run = fit(context, {growth: 'logistic'}, series({cap: () => 20, floor: () => 1}));
  const at = join(run.folder, 'at.csv');
  writeFileSync(at, 'ds,cap,floor\n2020-09-01,20,1\n2020-09-02,1,1\n');
  const predicted = plimsoll(['predict', '--model', run.model, '--at', at]);
  assert.equal(predicted.status, 2);
  assert.match(predicted.stderr, /found 1.0 over a floor of 1.0 at 2020-09-02/);
});

test('quantiles and clipped forecasts', (context) => {
  const run = fit(context, {}, series());
  const predicted = plimsoll(['predict', '--model', run.model, '--periods', '2', '--freq', '1d',
    '--quantile', '0.01,0.5,0.99', '--non-negative', '--at-most', '8']);
  assert.equal(predicted.status, 0, predicted.stderr);
  const [header, row] = predicted.stdout.split('\n').map((line) => line.split(','));
  assert.deepEqual(header.slice(-3), ['yhat_q0.01', 'yhat_q0.5', 'yhat_q0.99']);
  const [low, middle, high] = row.slice(-3).map(Number);
  assert.ok(low >= 0 && low <= middle && middle <= high && high <= 8, row.join());
});

test('cross-validation says what is wrong with its settings', (context) => {
  const run = fit(context, {}, series());
  const validate = (...args) => plimsoll(['cross-validate', '--data', run.data, ...args]);
  assert.match(validate().stderr, /--horizon/);
  assert.match(validate('--horizon', '5 parsecs').stderr, /--horizon.*5 parsecs/);
  assert.match(validate('--horizon', '500 days').stderr, /more history than one horizon/);
  assert.match(validate('--horizon', '10 days', '--initial', '400 days').stderr, /Shorten initial/);
  const cutoffs = join(run.folder, 'cutoffs.csv');
  writeFileSync(cutoffs, 'cutoff\n2020-02-30\n');
  assert.match(validate('--horizon', '10 days', '--cutoffs', cutoffs).stderr, /Row 2.*2020-02-30/);
  writeFileSync(cutoffs, 'cutoff\n2020-05-01\n');
  const good = validate('--horizon', '10 days', '--cutoffs', cutoffs);
  assert.equal(good.stdout.split('\n').length, 12, good.stderr);
  assert.match(good.stdout, /^ds,cutoff,y,yhat,yhat_lower,yhat_upper\n2020-05-02 00:00:00,2020-05-01 00:00:00,/);
});

test('a search prints pairs of prior scales, best first', (context) => {
  const run = fit(context, {}, series());
  const search = plimsoll(['cross-validate', '--data', run.data, '--horizon', '20 days', '--search']);
  const {results} = JSON.parse(search.stdout);
  assert.equal(results.length, 16);
  const errors = results.map(({metrics}) => metrics.rmse);
  assert.deepEqual(errors, [...errors].sort((a, b) => a - b));
});

for (const file of readdirSync(join(DATA, 'prophet-models')).filter((name) => name.endsWith('.json'))) {
  test(`${file} is imported and goes out again`, (context) => {
    const folder = temporary_folder(context);
    const paths = ['own.json', 'theirs.json', 'again.json', 'at.csv'].map((name) => join(folder, name));
    const [own, theirs, again, at] = paths;
    const step = (args, path) => {
      const run = plimsoll(args);
      assert.equal(run.status, 0, run.stderr);
      if (path) writeFileSync(path, run.stdout);
      return run.stdout;
    };
    step(['import', 'prophet', join(DATA, 'prophet-models', file)], own);
    step(['export', 'prophet', own], theirs);
    step(['import', 'prophet', theirs], again);
    writeFileSync(at, 'ds\n2020-01-30\n');
    const last = (model) => step(['predict', '--model', model, '--at', at]).trim().split('\n').at(-1);
    const expected = file.includes('0.6.1') ? 29.3669923968994 : 29.282810844704414;
    assert.ok(Math.abs(Number(last(own).split(',')[1]) / expected - 1) < 1e-9);
    assert.equal(last(again), last(own));
    assert.equal(JSON.parse(readFileSync(theirs)).__prophet_version, '1.3.0');
  });
}

test('an import of something else says so', (context) => {
  const path = join(temporary_folder(context), 'model.json');
  writeFileSync(path, '{"growth": "linear"}');
  const run = plimsoll(['import', 'prophet', path]);
  assert.equal(run.status, 2);
  assert.match(run.stderr, /__prophet_version: found nothing/);
});
