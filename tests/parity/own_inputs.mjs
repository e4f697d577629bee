// The requests of parity's comparison that this repository holds itself. They are also pinned by tests/golden.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCases } from '../support/reference.mjs';
import { generate } from './generate.mjs';

const GENERATED_FILES = 200;
const SERIES = '/v1/plan?map.timestamp=ds&map.cpu=y&unit.cpu=none';
const PEDESTRIANS =
  '/v1/plan?map.timestamp=ds&map.cpu=location_4&unit.cpu=none&map.memory=location_41&unit.memory=none';

export function seriesFiles(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => ({
      name: join(folder, name),
      target: name === 'pedestrians_multivariate.csv' ? PEDESTRIANS : SERIES,
      body: readFileSync(join(folder, name)),
    }));
}

export const isFit = (reference) => 'input_csv' in reference;

const post = (name, target, body) => ({ name: `${name} ${target}`, target, body: new TextEncoder().encode(JSON.stringify(body)) });

// Fit, and predict with intervals and further quantiles, the moments of the case.
function fitRequests(reference, csv) {
  const { config, ds, inputs: columns } = reference;
  const data = readFileSync(csv, 'utf8');
  const rows = ds.map((moment, row) => [moment, ...Object.values(columns).map((values) => values[row])].join(','));
  const at = `${['ds', ...Object.keys(columns)].join(',')}\n${rows.join('\n')}\n`;
  return [
    post(reference.case, '/v1/fit', { data, config }),
    post(reference.case, '/v1/forecast?quantiles=0.01,0.5,0.99', { data, config, at }),
  ];
}

function crossValidationRequest(reference, base, csv) {
  const { horizon, initial, period, units, explicit_cutoffs: cutoffs } = reference.settings;
  const duration = (value) => encodeURIComponent(`${String(value)} ${units}`);
  const target = `/v1/cross-validate?horizon=${duration(horizon)}` + (cutoffs === null ? `&initial=${duration(initial)}&period=${duration(period)}` : '');
  const body = { data: readFileSync(csv, 'utf8'), config: base.config };
  return post(reference.case, target, cutoffs === null ? body : { ...body, cutoffs: cutoffs.join(',') });
}

export function referenceRequests(folder, convert, csvOf) {
  const pairs = readCases(folder).map((full) => ({ full, reference: convert(full) }));
  const fits = new Map(pairs.filter(({ full }) => isFit(full)).map(({ full, reference }) => [reference.case, { reference, csv: csvOf(full) }]));
  const named = (input) => ({ ...input, name: `${folder}: ${input.name}` });
  return pairs.flatMap(({ reference }) => {
    const fit = fits.get(isFit(reference) ? reference.case : reference.base_case);
    if (fit === undefined) throw new Error(`no base case of ${reference.case}`);
    return (isFit(reference) ? fitRequests(fit.reference, fit.csv) : [crossValidationRequest(reference, fit.reference, fit.csv)]).map(named);
  });
}

/** Paths are relative to the top of the repository, which has to be the working directory. */
export function ownInputs() {
  const generated = Array.from({ length: GENERATED_FILES }, (_, seed) => {
    const { name, target, text } = generate(seed);
    return { name, target, body: new TextEncoder().encode(text) };
  });
  return [
    { name: 'sample', target: '/v1/plan', body: readFileSync('web/public/sample.csv') },
    ...seriesFiles('tests/data'),
    ...referenceRequests('tests/data/reference', (reference) => reference, (reference) => join('tests/data', reference.input_csv)),
    ...generated,
  ];
}
