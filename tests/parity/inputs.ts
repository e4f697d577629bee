// Every file whose plan has to be the same bytes in every host.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { crossValidationCase, fitCase, readCases, type CrossValidationCase, type FitCase } from '../support/reference.mjs';
import { generate } from './generate.mjs';

export interface Input {
  name: string;
  target: string;
  body: Uint8Array;
}

const GENERATED_FILES = 200;
const TRACES = 10;
const SHARED = '../shared';
const SERIES = '/v1/plan?map.timestamp=ds&map.cpu=y&unit.cpu=none';
const PEDESTRIANS =
  '/v1/plan?map.timestamp=ds&map.cpu=location_4&unit.cpu=none&map.memory=location_41&unit.memory=none';

function seriesFiles(folder: string): Input[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => ({
      name: join(folder, name),
      target: name === 'pedestrians_multivariate.csv' ? PEDESTRIANS : SERIES,
      body: readFileSync(join(folder, name)),
    }));
}

function traces(folder: string): Input[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv.gz')).sort();
  const stride = Math.max(1, Math.floor(names.length / TRACES));
  return names.filter((_, i) => i % stride === 0).slice(0, TRACES).map((name) => {
    const body = gunzipSync(readFileSync(join(folder, name)));
    const bytes = body.subarray(0, body.indexOf(10)).includes('memory_bytes');
    const memory = bytes ? 'memory_bytes' : 'memory_norm&unit.memory=none';
    return { name, target: `/v1/plan?map.cpu=cpu_cores&map.memory=${memory}`, body };
  });
}

const isFit = (reference: FitCase | CrossValidationCase): reference is FitCase => 'input_csv' in reference;

const post = (name: string, target: string, body: unknown): Input => ({ name: `${name} ${target}`, target, body: new TextEncoder().encode(JSON.stringify(body)) });

// Fit, and predict with intervals and further quantiles, the moments of the case.
function fitRequests(reference: FitCase, csv: string): Input[] {
  const { config, ds, inputs: columns } = reference;
  const data = readFileSync(csv, 'utf8');
  const rows = ds.map((moment, row) => [moment, ...Object.values(columns).map((values) => values[row])].join(','));
  const at = `${['ds', ...Object.keys(columns)].join(',')}\n${rows.join('\n')}\n`;
  return [
    post(reference.case, '/v1/fit', { data, config }),
    post(reference.case, '/v1/forecast?quantiles=0.01,0.5,0.99', { data, config, at }),
  ];
}

function crossValidationRequest(reference: CrossValidationCase, base: FitCase, csv: string): Input {
  const { horizon, initial, period, units, explicit_cutoffs: cutoffs } = reference.settings;
  const duration = (value: number | null) => encodeURIComponent(`${String(value)} ${units}`);
  const target = `/v1/cross-validate?horizon=${duration(horizon)}` + (cutoffs === null ? `&initial=${duration(initial)}&period=${duration(period)}` : '');
  const body = { data: readFileSync(csv, 'utf8'), config: base.config };
  return post(reference.case, target, cutoffs === null ? body : { ...body, cutoffs: cutoffs.join(',') });
}

// The reference cases of a folder; `csvOf` finds the samples of one.
function referenceRequests(folder: string, convert: (reference: FitCase | CrossValidationCase) => FitCase | CrossValidationCase, csvOf: (reference: FitCase) => string): Input[] {
  const pairs = readCases(folder).map((full) => ({ full, reference: convert(full) }));
  const fits = new Map(pairs.flatMap(({ full, reference }) => (isFit(full) && isFit(reference) ? [[reference.case, { reference, csv: csvOf(full) }]] : [])));
  const named = (input: Input): Input => ({ ...input, name: `${folder}: ${input.name}` });
  return pairs.flatMap(({ reference }) => {
    const fit = fits.get(isFit(reference) ? reference.case : reference.base_case);
    if (fit === undefined) throw new Error(`no base case of ${reference.case}`);
    return (isFit(reference) ? fitRequests(fit.reference, fit.csv) : [crossValidationRequest(reference, fit.reference, fit.csv)]).map(named);
  });
}

export function inputs(): Input[] {
  const generated = Array.from({ length: GENERATED_FILES }, (_, seed) => {
    const { name, target, text } = generate(seed);
    return { name, target, body: new TextEncoder().encode(text) };
  });
  const own = [
    { name: 'sample', target: '/v1/plan', body: readFileSync('web/public/sample.csv') },
    ...seriesFiles('tests/data'),
    ...referenceRequests('tests/data/reference', (reference) => reference, (reference) => join('tests/data', reference.input_csv)),
    ...generated,
  ];
  if (!existsSync(SHARED)) {
    console.warn(`NOT COMPARED: ${SHARED} is missing, so the reference data and the traces were left out.`);
    return own;
  }
  return [
    ...own,
    ...seriesFiles(`${SHARED}/reference/data`),
    ...referenceRequests(
      `${SHARED}/reference/cases`,
      (reference) => (isFit(reference) ? fitCase(reference) : crossValidationCase(reference)),
      (reference) => join(SHARED, 'reference', reference.input_csv),
    ),
    ...traces(`${SHARED}/replay/traces`),
  ];
}
