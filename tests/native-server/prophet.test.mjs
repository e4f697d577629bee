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

test('predict takes the model\'s own step, a step of the calendar, and the history', (context) => {
  const months = [...new Array(72).keys()].map((i) => new Date(Date.UTC(2019, i, 1)).toISOString().slice(0, 10));
  const csv = 'ds,y\n' + months.map((ds, i) => `${ds},${100 + i + 5 * Math.sin(i)}`).join('\n') + '\n';
  const run = fit(context, {weekly_seasonality: false, daily_seasonality: false}, csv);
  const ds = (...args) => {
    const predicted = plimsoll(['predict', '--model', run.model, ...args]);
    assert.equal(predicted.status, 0, predicted.stderr);
    return predicted.stdout.trim().split('\n').slice(1).map((line) => line.slice(0, 10));
  };
  const next = ['2025-01-01', '2025-02-01', '2025-03-01'];
  assert.deepEqual(ds('--periods', '3', '--freq', 'MS'), next);
  assert.deepEqual(ds('--periods', '3'), next);
  assert.deepEqual(ds('--periods', '2', '--freq', 'ME'), ['2024-12-31', '2025-01-31']);
  assert.deepEqual(ds('--periods', '2', '--freq', 'QS'), ['2025-01-01', '2025-04-01']);
  assert.deepEqual(ds('--periods', '2', '--freq', 'B'), ['2024-12-02', '2024-12-03']);
  assert.deepEqual(ds('--periods', '2', '--freq', 'W-MON'), ['2024-12-02', '2024-12-09']);
  assert.deepEqual(ds('--include-history', '--periods', '3'), [...months, ...next]);
  assert.deepEqual(ds('--include-history'), months);
  const refused = plimsoll(['predict', '--model', run.model, '--periods', '2', '--freq', 'XS']);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /--freq: Found "XS".*MS, ME, QS/);
});

test('the same steps in /v1/forecast', (context) => {
  const run = fit(context, {}, series());
  const body = join(run.folder, 'body.json');
  writeFileSync(body, JSON.stringify({model: JSON.parse(readFileSync(run.model))}));
  const ask = (query) => plimsoll(['request', '--method', 'POST', '--path', `/v1/forecast?${query}`, '--body', body]);
  const span = 'start=2020-08-01T00:00:00Z&end=2020-11-01T00:00:00Z';
  assert.deepEqual(JSON.parse(ask(`${span}&step=MS`).stdout).ds,
    ['2020-08-01T00:00:00Z', '2020-09-01T00:00:00Z', '2020-10-01T00:00:00Z']);
  assert.deepEqual(JSON.parse(ask(`${span}&step=ME`).stdout).ds,
    ['2020-08-31T00:00:00Z', '2020-09-30T00:00:00Z', '2020-10-31T00:00:00Z']);
  assert.match(ask(`${span}&step=XS`).stdout, /W-MON/);
});

test('the trend has an interval of its own', (context) => {
  const run = fit(context, {}, series({}).split('\n').map((line, i) => (i > 100 ? line.replace(/,(\d+)$/, (_, y) => `,${Number(y) + i - 100}`) : line)).join('\n'));
  const predicted = plimsoll(['predict', '--model', run.model, '--include-history', '--periods', '20']);
  const [header, ...rows] = predicted.stdout.trim().split('\n').map((line) => line.split(','));
  const column = (name) => rows.map((row) => Number(row[header.indexOf(name)]));
  const [trend, lower, upper, low, high] = ['trend', 'trend_lower', 'trend_upper', 'yhat_lower', 'yhat_upper'].map(column);
  assert.equal(lower[150], trend[150]);
  assert.equal(upper[150], trend[150]);
  assert.ok(lower.at(-1) < trend.at(-1) && trend.at(-1) < upper.at(-1));
  assert.ok(upper.at(-1) - lower.at(-1) < high.at(-1) - low.at(-1));
});

test('a setting of Prophet that is absent here is named as such', (context) => {
  for (const [setting, value, expected] of [
    ['mcmc_samples', 300, /mcmc_samples: found a setting of Prophet that Plimsoll does not have/],
    ['uncertainty_samples', 1000, /uncertainty_samples: found a setting of Prophet/],
    ['stan_backend', 'CMDSTANPY', /stan_backend: found a setting of Prophet/],
    ['scaling', 'minmax', /scaling: found a setting of Prophet.*absmax/],
    ['country_holidays', 'DE', /country_holidays: found a setting of Prophet.*holidays/],
    ['changepoints', ['2020-02-01'], /changepoints: found a setting of Prophet.*explicit_changepoints/],
    ['colour', 'red', /colour: found an unknown setting/],
  ]) {
    const run = fit(context, {[setting]: value}, series());
    assert.equal(run.status, 2, setting);
    assert.match(run.stderr, expected);
  }
  assert.equal(fit(context, {mcmc_samples: 0, scaling: 'absmax', stan_backend: null}, series()).status, 0);
});

test('holidays have a mode of their own', (context) => {
  const holidays = [{holiday: 'a', ds: '2020-03-01'}, {holiday: 'a', ds: '2020-04-01'}];
  const mode = (config) => JSON.parse(readFileSync(fit(context, {holidays, ...config}, series()).model));
  assert.equal(mode({}).holidays_mode, 'additive');
  const own = mode({holidays_mode: 'multiplicative'});
  assert.equal(own.holidays_mode, 'multiplicative');
  assert.equal(own.config.holidays_mode, 'multiplicative');
  assert.ok(own.seasonalities.every((seasonality) => seasonality.mode === 'additive'));
  assert.match(fit(context, {holidays, holidays_mode: 'half'}, series()).stderr, /holidays_mode: found "half"/);
});

test('a regressor\'s coefficient is in the units of y', (context) => {
  const x = (i) => (i * 37) % 11;
  const csv = 'ds,y,x1\n' + days.map((ds, i) => `${ds},${500 + 20 * x(i) + (i % 7)},${x(i)}`).join('\n') + '\n';
  const [regressor] = JSON.parse(readFileSync(fit(context, x1, csv).model)).regressors;
  assert.ok(Math.abs(regressor.coefficient - 20) < 0.1, regressor.coefficient);
  assert.ok(Math.abs(regressor.mean - 5) < 0.2);
});

test('given cutoffs stand beside initial and period', (context) => {
  const run = fit(context, {}, series());
  const cutoffs = join(run.folder, 'cutoffs.csv');
  writeFileSync(cutoffs, 'cutoff\n2020-05-01\n');
  const validate = (...args) => plimsoll(['cross-validate', '--data', run.data, '--horizon', '10 days', '--cutoffs', cutoffs, ...args]);
  const both = validate('--period', '5 days', '--initial', '60 days');
  assert.equal(both.status, 0, both.stderr);
  assert.equal(both.stdout, validate().stdout);
});

test('noise far below the level is noise, and an exact fit is called one', (context) => {
  const sigma = (y) => {
    const csv = 'ds,y\n' + days.map((ds, i) => `${ds},${y(i)}`).join('\n') + '\n';
    const run = fit(context, {weekly_seasonality: false}, csv);
    const model = JSON.parse(readFileSync(run.model));
    return {sigma: model.params.sigma_obs * model.scaling.y_scale, floored: model.sigma_floored, stderr: run.stderr};
  };
  const noise = (i) => Math.sin(i * i) / Math.SQRT1_2;
  for (const size of [1, 1e-2, 1e-4]) {
    const noisy = sigma((i) => 1e9 + 10 * i + size * noise(i));
    assert.equal(noisy.floored, false, `${size}`);
    assert.ok(noisy.sigma > 0.8 * size && noisy.sigma < 1.2 * size, `${size}: ${noisy.sigma}`);
  }
  const exact = sigma((i) => 4096 + 8 * i);
  assert.equal(exact.floored, true);
  assert.match(exact.stderr, /reproduces this series to rounding/);
});

test('hours and weekdays that the history never showed are named and widen the interval', (context) => {
  const rows = [];
  for (let day = 0; day < 28; ++day) {
    for (let hour = 9; hour < 17; ++hour) {
      const at = new Date(Date.UTC(2025, 2, 3 + day, hour));
      if (at.getUTCDay() % 6 === 0) continue;  // office days only
      rows.push(`${at.toISOString()},${0.5 + 0.2 * Math.sin(hour) + 0.01 * Math.sin(day * hour)}`);
    }
  }
  const run = fit(context, {}, 'ds,y\n' + rows.join('\n') + '\n');
  const at = join(run.folder, 'at.csv');
  const ask = (moments) => {
    writeFileSync(at, 'ds\n' + moments.join('\n') + '\n');
    const predicted = plimsoll(['predict', '--model', run.model, '--at', at]);
    const widths = predicted.stdout.trim().split('\n').slice(1).map((line) => line.split(',').map(Number))
      .map(([, , low, high]) => high - low);
    return {stderr: predicted.stderr, widths};
  };
  const seen = ask(['2025-03-31T12:00:00Z']);
  assert.equal(seen.stderr, '');
  const night = ask(['2025-03-31T12:00:00Z', '2025-04-01T02:00:00Z', '2025-04-01T03:30:00Z']);
  assert.match(night.stderr, /no sample on the hours 02:00 to 03:59 \(UTC\).*widened/);
  assert.ok(Math.abs(night.widths[0] / seen.widths[0] - 1) < 1e-4);
  assert.ok(night.widths[1] > 3 * seen.widths[0], night.widths.join());
  const weekend = ask(['2025-04-05T12:00:00Z', '2025-04-06T12:00:00Z']);
  assert.match(weekend.stderr, /no sample on Saturday, Sunday \(UTC\).*widened/);
  assert.ok(weekend.widths[0] > 3 * seen.widths[0], weekend.widths.join());
  const body = join(run.folder, 'body.json');
  writeFileSync(body, JSON.stringify({model: JSON.parse(readFileSync(run.model)), at: 'ds\n2025-04-05T12:00:00Z\n'}));
  const answer = JSON.parse(plimsoll(['request', '--method', 'POST', '--path', '/v1/forecast', '--body', body]).stdout);
  assert.equal(answer.warnings.length, 1);
  assert.match(answer.warnings[0], /Saturday \(UTC\)/);
});
