// Every file whose plan has to be the same bytes in every host.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
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

export function inputs(): Input[] {
  const generated = Array.from({ length: GENERATED_FILES }, (_, seed) => {
    const { name, target, text } = generate(seed);
    return { name, target, body: new TextEncoder().encode(text) };
  });
  const own = [
    { name: 'sample', target: '/v1/plan', body: readFileSync('web/public/sample.csv') },
    ...seriesFiles('tests/data'),
    ...generated,
  ];
  if (!existsSync(SHARED)) {
    console.warn(`NOT COMPARED: ${SHARED} is missing, so the reference data and the traces were left out.`);
    return own;
  }
  return [...own, ...seriesFiles(`${SHARED}/reference/data`), ...traces(`${SHARED}/replay/traces`)];
}
