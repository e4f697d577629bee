// Real Prophet's cases through the command line: fit, predict and cross-validate. The cases kept in
// tests/data run always; where the full reference folder lies beside the repository all of its
// cases run too, and its own evaluate_posterior.py scores the same parameters.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {after, test} from 'node:test';
import {posteriorParameters} from '../support/posterior_parameters.mjs';
import {crossValidationCase, fitCase, isCrossValidation, readCases} from '../support/reference.mjs';

const root = resolve(import.meta.dirname, '../..');
const plimsoll = join(root, 'build/native/plimsoll');
const data = join(root, 'tests/data');
const shared = join(root, '../shared/reference');
const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-reference-'));
after(() => rmSync(scratch, {recursive: true}));

// Less history than the terms need: only the fit to it is well determined, not the future.
const illPosed = new Set(['o11', 'o21', 'o22']);

// {reference, csv}: the case and the path of its samples.
function casesOfRepository() {
  return readCases(join(data, 'reference'))
    .map((reference) => ({reference, csv: reference.input_csv && join(data, reference.input_csv)}));
}

function casesBeside() {
  if (!existsSync(shared)) {
    console.warn(`NOT RUN: the full reference cases, because ${shared} is missing.`);
    return [];
  }
  return readCases(join(shared, 'cases')).map((full) => ({
    reference: isCrossValidation(full.case) ? crossValidationCase(full) : fitCase(full),
    csv: full.input_csv && join(shared, full.input_csv),
    file: join(shared, 'cases', `${full.case}.json`),
  }));
}

const run = (args) => execFileSync(plimsoll, args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28});

function write(name, content) {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

// Rows of a CSV text as objects; all but moments as numbers.
function parse(csv) {
  const [header, ...lines] = csv.trimEnd().split('\n').map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(header.map((name, i) =>
    [name, name === 'ds' || name === 'cutoff' ? cells[i] : Number(cells[i])])));
}

function fit(reference, csv) {
  const config = write('config.json', JSON.stringify(reference.config));
  const path = join(scratch, 'model.json');
  run(['fit', '--data', csv, '--config', config, '--model', path]);
  return JSON.parse(readFileSync(path, 'utf8'));
}

function predict(model, reference) {
  const columns = Object.entries(reference.inputs);
  const lines = reference.ds.map((ds, row) => [ds, ...columns.map(([, values]) => values[row])].join(','));
  const at = write('at.csv', [['ds', ...columns.map(([name]) => name)].join(','), ...lines].join('\n') + '\n');
  return parse(run(['predict', '--model', write('predicted.json', JSON.stringify(model)), '--at', at]));
}

const range = (values) => Math.max(...values) - Math.min(...values);
const worst = (rows, expected, name, unit) =>
  Math.max(...rows.map((row, i) => Math.abs(row[name] - expected[i]) / unit));

// Prophet's own figures at Stan's parameters: everything but the optimiser.
function checkComponents(reference, model) {
  const beta = new Map(reference.feature_names.map((name, i) => [name, reference.stan_params.beta[i]]));
  const params = {...reference.stan_params, beta: model.feature_names.map((name) => beta.get(name))};
  const rows = predict({...model, params: {...model.params, ...params}}, reference);
  const unit = range(reference.stan_yhat) || 1;
  const expected = {yhat: reference.stan_yhat, trend: reference.stan_trend, ...reference.stan_components};
  for (const [name, values] of Object.entries(expected)) {
    const error = worst(rows, values, name, unit);
    assert.ok(error <= 1e-10, `${name} at Stan's parameters off by ${error} of the range`);
  }
}

// Whether the history never showed this hour of the day or this weekday: there the interval is wider than
// Prophet's on purpose.
function isUnseen(model, ds) {
  const moment = new Date(`${ds.replace(' ', 'T')}${ds.includes(':') ? '' : 'T00:00:00'}Z`);
  const holds = (list, at) => (list ?? []).some(({index, deviation}) => index === at && deviation > 0);
  return holds(model.unseen_hours, moment.getUTCHours()) ||
    holds(model.unseen_weekdays, (moment.getUTCDay() + 6) % 7);
}

// The reference has 20,000 draws: a standard error of 0.012 deviations at 80 %.
function checkIntervals(reference, rows, model) {
  let squares = 0;
  let compared = 0;
  for (const [i, row] of rows.entries()) {
    const unit = 0.012 * (row.yhat_upper - row.yhat_lower) / 2 / 1.28155;
    if (isUnseen(model, row.ds)) {
      assert.ok(row.yhat_lower < reference.uncertainty.yhat_lower[i] + 5 * unit, `${row.ds} was never seen`);
      assert.ok(row.yhat_upper > reference.uncertainty.yhat_upper[i] - 5 * unit, `${row.ds} was never seen`);
      continue;
    }
    compared += 1;
    for (const end of ['yhat_lower', 'yhat_upper']) {
      const z = (row[end] - reference.uncertainty[end][i]) / unit;
      assert.ok(Math.abs(z) < 5, `${end} at ${row.ds}: z = ${z}`);
      squares += z * z;
    }
  }
  const rms = Math.sqrt(squares / (2 * compared));
  assert.ok(rms < 1.35, `intervals: RMS z ${rms}`);
  return rms;
}

// Its vs_best: the log posterior above the reference's exact optimum; null without numpy.
function scoreWithEvaluator(reference, model, file) {
  const params = write('params.json', JSON.stringify(posteriorParameters(model, reference.feature_names)));
  const score = spawnSync('/usr/bin/python3',
    [join(shared, 'evaluate_posterior.py'), file, '--params', params, '--json'], {encoding: 'utf8'});
  if (score.status !== 0 && /numpy/.test(score.stderr)) return null;
  assert.equal(score.status, 0, score.stderr);
  return JSON.parse(score.stdout).vs_best;
}

function checkFit({reference, csv, file}) {
  const name = reference.case.split('_')[0];
  const model = fit(reference, csv);
  assert.deepEqual([...model.feature_names].sort(), [...reference.feature_names].sort());
  const rows = predict(model, reference);
  assert.deepEqual(rows.map((row) => row.ds), reference.ds);
  const exact = reference.exact_optimum;
  if (!exact) {
    assert.equal(model.log_posterior, null);
    assert.equal(model.params.sigma_obs, 0);
    assert.ok(worst(rows, reference.stan_yhat, 'yhat', 1) <= 1e-12);
    return `${reference.case}: constant, Prophet's answer`;
  }
  const gap = model.log_posterior - exact.lp;
  const convex = model.config.growth !== 'logistic' &&
    !JSON.stringify([model.seasonalities, model.regressors, model.holidays_mode]).includes('multiplicative');
  assert.ok(gap >= (convex ? -1e-6 : -1e-5), `log posterior ${gap} below the best known`);
  assert.ok(model.log_posterior >= reference.lp_stan - 1e-3, "below Stan's log posterior");
  assert.ok(model.kkt_relative < 1e-9, `kkt_relative ${model.kkt_relative}`);
  assert.ok(Math.abs(model.params.sigma_obs / exact.sigma_obs - 1) < 1e-4);
  const unit = range(exact.yhat);
  const errors = rows.map((row, i) => Math.abs(row.yhat - exact.yhat[i]) / unit);
  const error = Math.max(...errors.filter((_, i) => reference.src[i] === 'h' || !illPosed.has(name)));
  assert.ok(error <= 5e-4, `yhat off by ${error} of the range`);
  if (reference.stan_params) checkComponents(reference, model);
  const z = checkIntervals(reference, rows, model);
  let line = `${reference.case}: lp gap ${gap.toExponential(1)}, kkt ${model.kkt_relative.toExponential(1)}, ` +
    `yhat ${error.toExponential(1)} of the range, intervals RMS z ${z.toFixed(2)}`;
  if (file) {
    const better = scoreWithEvaluator(reference, model, file);
    assert.ok(better === null || better >= -1e-6, `evaluate_posterior.py: ${better}`);
    line += better === null ? ', evaluate_posterior.py NOT RUN (no numpy)'
      : `, evaluate_posterior.py vs_best ${better.toExponential(1)}`;
  }
  return line;
}

function crossValidate(reference, base, csv) {
  const {settings} = reference;
  const duration = (value) => `${value} ${settings.units}`;
  const metrics = join(scratch, 'metrics.json');
  const args = ['cross-validate', '--data', csv, '--config', write('config.json', JSON.stringify(base.config)),
    '--horizon', duration(settings.horizon), '--metrics', metrics];
  const when = settings.explicit_cutoffs
    ? ['--cutoffs', write('cutoffs.csv', `cutoff\n${settings.explicit_cutoffs.join('\n')}\n`)]
    : ['--initial', duration(settings.initial), '--period', duration(settings.period)];
  return {rows: parse(run([...args, ...when])), metrics: JSON.parse(readFileSync(metrics, 'utf8'))};
}

function checkCrossValidation({reference}, cases) {
  const base = cases.find((candidate) => candidate.reference.case === reference.base_case);
  const {rows, metrics} = crossValidate(reference, base.reference, base.csv);
  assert.equal(rows.length, reference.n_rows);
  const seconds = (moment) => Date.parse(`${moment.replace(' ', 'T')}${/Z$/.test(moment) ? '' : 'Z'}`);
  assert.deepEqual(metrics.cutoffs.map(({cutoff}) => seconds(cutoff)), reference.cutoffs.map(seconds));
  const selected = reference.row.map((row) => rows[row]);
  for (const name of ['ds', 'cutoff', 'y']) {
    assert.deepEqual(selected.map((row) => row[name]), reference[name], name);
  }
  const error = worst(selected, reference.exact_yhat, 'yhat', range(reference.y));
  assert.ok(error <= 5e-4, `yhat off by ${error} of the range`);
  for (const [name, value] of Object.entries(reference.exact_metrics)) {
    assert.ok(Math.abs(metrics.metrics_all_rows[name] / value - 1) < 1e-6, `${name}: ${metrics.metrics_all_rows[name]}`);
  }
  return `${reference.case}: ${rows.length} rows, yhat ${error.toExponential(1)} of the range, metrics agree`;
}

for (const [where, cases] of [['tests/data', casesOfRepository()], ['../shared', casesBeside()]]) {
  for (const one of cases) {
    const {case: name} = one.reference;
    test(`${name} of ${where} agrees with Prophet's exact optimum`, () => {
      console.log(isCrossValidation(name) ? checkCrossValidation(one, cases) : checkFit(one));
    });
  }
}
