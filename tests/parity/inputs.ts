// Every file whose plan has to be the same bytes in every host.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { crossValidationCase, fitCase } from '../support/reference.mjs';
import { isFit, ownInputs, referenceRequests, seriesFiles, type Input } from './own_inputs.mjs';

export type { Input };

const TRACES = 10;
const SHARED = '../shared';

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

export function inputs(): Input[] {
  const own = ownInputs();
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
