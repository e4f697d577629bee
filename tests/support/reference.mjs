// What the tests keep of a reference case of real Prophet, and how its files are read.
//
//   node tests/support/reference.mjs FOLDER    takes the cases of FOLDER over into tests/data
import {readFileSync, readdirSync, writeFileSync, copyFileSync} from 'node:fs';
import {basename, join, resolve} from 'node:path';

const DATA = resolve(import.meta.dirname, '../data');

// Series under other licences than MIT, and a long one that o20 stands for.
const NOT_TAKEN_OVER = new Set(['o21', 'o27']);
const ROWS_KEPT = 100;

const pick = (values, rows) => rows.map((row) => values[row]);
const pickAll = (columns, rows) =>
  Object.fromEntries(Object.entries(columns ?? {}).map(([name, values]) => [name, pick(values, rows)]));

// Every nth of `count` rows, `most` at the most, the last one among them.
function spread(count, most) {
  const step = Math.max(1, Math.ceil(count / most));
  return [...new Array(count).keys()].filter((row) => (count - 1 - row) % step === 0);
}

// A fit case, as tests use it; `most` rows of its predictions.
export function fitCase(reference, most = Infinity) {
  const {predict, scaling, stan, exact_optimum: exact} = reference;
  const rows = spread(predict.ds.length, most);
  return {
    case: reference.case,
    input_csv: basename(reference.input_csv),
    config: reference.config,
    feature_names: reference.resolved.feature_names,
    prior_scales: reference.resolved.prior_scales,
    y_scale: scaling.y_scale,
    n_rows_fit: scaling.n_rows_fit,
    changepoints_t: reference.changepoints?.t ?? [],
    lp_stan: stan?.lp_stan_reported ?? null,
    stan_params: stan?.params ? {...stan.params, ...(stan.raw_params_if_ncp0 ?? {})} : null,
    ds: pick(predict.ds, rows),
    src: pick(predict.src, rows),
    inputs: pickAll(predict.inputs, rows),
    stan_yhat: pick(predict.yhat, rows),
    stan_trend: pick(predict.trend, rows),
    stan_components: pickAll(predict.components, rows),
    exact_optimum: exact && {
      lp: exact.lp,
      sigma_obs: exact.params.sigma_obs,
      yhat: pick(exact.yhat, rows),
      trend: pick(exact.trend, rows),
    },
    uncertainty: exact?.uncertainty && {
      samples: exact.uncertainty.samples,
      yhat_lower: pick(exact.uncertainty.yhat_lower, rows),
      yhat_upper: pick(exact.uncertainty.yhat_upper, rows),
    },
  };
}

// A cross-validation; Stan's own rows only where all of them are there.
export function crossValidationCase(reference, most = Infinity) {
  const {rows_selected: selected, exact_optimum: exact} = reference;
  const rows = spread(selected.ds.length, most);
  const complete = selected.ds.length === reference.n_rows;
  return {
    case: reference.case,
    base_case: reference.base_case,
    settings: reference.settings,
    n_rows: reference.n_rows,
    cutoffs: reference.cutoffs,
    row: pick(selected.index1, rows).map((index) => index - 1),
    ds: pick(selected.ds, rows),
    cutoff: pick(selected.cutoff, rows),
    y: pick(selected.y, rows),
    exact_yhat: pick(exact.yhat_selected, rows),
    exact_metrics: exact.metrics_all_rows,
    stan_rows: complete ? selected : null,
    stan_metrics: complete
      ? Object.fromEntries(Object.entries(reference).filter(([key]) => /^metrics_rolling_[\d.]+$/.test(key)))
      : null,
  };
}

export const isCrossValidation = (name) => name.startsWith('cv');

export function readCases(folder) {
  return readdirSync(folder)
    .filter((file) => /^(o|cv)\d+.*\.json$/.test(file))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

function takeOver(folder) {
  for (const reference of readCases(join(folder, 'cases'))) {
    const name = reference.case.split('_')[0];
    if (NOT_TAKEN_OVER.has(name)) continue;
    const kept = isCrossValidation(name)
      ? crossValidationCase(reference, reference.n_rows > 300 ? ROWS_KEPT : Infinity)
      : fitCase(reference, ROWS_KEPT);
    writeFileSync(join(DATA, 'reference', `${name}.json`), JSON.stringify(kept) + '\n');
    if (reference.input_csv) {
      copyFileSync(join(folder, reference.input_csv), join(DATA, basename(reference.input_csv)));
    }
  }
}

if (process.argv[1] === import.meta.filename) takeOver(resolve(process.argv[2]));
