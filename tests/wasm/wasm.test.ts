// The WebAssembly module: its loader, its size, its command, and how it takes hostile input.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPlimsoll, type Plimsoll } from '../../wasm/plimsoll.mjs';

const WASM = 'build/wasm/plimsoll.wasm';
const SAMPLE = 'web/public/sample.csv';
const MAX_BROTLI_BYTES = 149 * 1024;

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function runCommand(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['build/wasm/request.mjs', ...args], {
    encoding: 'utf8', maxBuffer: 1 << 28,
  });
}

describe('plimsoll.wasm', () => {
  const stages: string[] = [];
  let plimsoll: Plimsoll;

  beforeAll(async () => {
    plimsoll = await loadPlimsoll(readFileSync(WASM), { onStage: (stage) => stages.push(stage) });
  });

  test('is at most 149 KB under brotli', () => {
    const bytes = readFileSync(WASM);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const packed = brotliCompressSync(bytes, { params }).length;
    console.log(`plimsoll.wasm: ${bytes.length} bytes, gzip ${gzipSync(bytes, { level: 9 }).length}, brotli ${packed}`);
    expect(packed).toBeLessThanOrEqual(MAX_BROTLI_BYTES);
  });

  test('tells its version and hears its stages', () => {
    expect(plimsoll.version).toMatch(/^\d+\.\d+\.\d+$/);
    const response = plimsoll.request({ method: 'POST', target: '/v1/plan', body: readFileSync(SAMPLE) });
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('application/json');
    expect(stages).toEqual(expect.arrayContaining(['parse', 'validate', 'train']));
  });

  test('answers every failure with a problem document', () => {
    for (const [method, target, body, status] of [
      ['POST', '/v1/plan', '', 422],
      ['POST', '/v1/plan?horizon=year', 'a,b\n', 400],
      ['GET', '/next_week', '', 503],
      ['GET', '/nowhere', '', 404],
      ['DELETE', '/v1/plan', '', 405],
    ] as const) {
      const response = plimsoll.request({ method, target, body });
      expect([target, response.status]).toEqual([target, status]);
      expect(response.headers['content-type']).toBe('application/problem+json');
    }
  });

  test('keeps its memory flat over repeated plans', () => {
    const body = readFileSync('tests/data/nab_ec2_cpu_utilization_24ae8d.csv');
    const target = '/v1/plan?map.timestamp=ds&map.cpu=y&unit.cpu=none';
    const sizes = Array.from({ length: 6 }, () => {
      plimsoll.request({ method: 'POST', target, body });
      return plimsoll.memoryBytes();
    });
    expect(new Set(sizes.slice(2)).size).toBe(1);
  });

  test('serves models that are added, and forgets them', () => {
    const at = '/v1/fit?map.timestamp=timestamp&map.y=cpu_mean_5m';
    const model = plimsoll.request({ method: 'POST', target: at, body: readFileSync(SAMPLE) });
    expect(model.status).toBe(200);
    plimsoll.clearModels('memory');
    plimsoll.addModel(model.body);
    const health = JSON.parse(text(plimsoll.request({ target: '/health' }).body)) as Record<string, unknown>;
    expect(health).toMatchObject({ models_loaded: 1, model_source: 'memory' });
    expect(() => { plimsoll.addModel(new TextEncoder().encode('{}')); }).toThrow(/schema_version.*plimsoll fit/);
    plimsoll.clearModels();
    expect(plimsoll.request({ target: '/health' }).status).toBe(503);
  });

  test('after memory ran out a fresh instance answers, with the same models', () => {
    const target = '/v1/fit?map.timestamp=timestamp&map.y=cpu_mean_5m';
    plimsoll.clearModels('memory');
    plimsoll.addModel(plimsoll.request({ method: 'POST', target, body: readFileSync(SAMPLE) }).body);
    const body = new Uint8Array(2 ** 31); // more than the module can ever hold
    expect(() => plimsoll.request({ method: 'POST', target, body })).toThrow(/out of memory/);
    expect(plimsoll.memoryBytes()).toBeLessThan(2 ** 26);
    const health = JSON.parse(text(plimsoll.request({ target: '/health' }).body)) as Record<string, unknown>;
    expect(health).toMatchObject({ models_loaded: 1, model_source: 'memory' });
    plimsoll.clearModels();
  });

  test('the loader refuses what is not a module, and names where it came from', async () => {
    await expect(loadPlimsoll(new TextEncoder().encode('<!doctype html>'))).rejects.toThrow(/not a WebAssembly module/);
    const page = new Response('<!doctype html>');
    Object.defineProperty(page, 'url', { value: 'http://localhost/plimsoll.wasm' });
    await expect(loadPlimsoll(page)).rejects.toThrow('http://localhost/plimsoll.wasm');
  });
});

describe('request.mjs', () => {
  test('prints the body alone, and status and type apart', () => {
    const { status, stdout, stderr } = runCommand('--method', 'POST', '--path', '/v1/validate', '--body', SAMPLE);
    expect(status).toBe(0);
    expect(stderr).toBe('200 application/json\n');
    expect(JSON.parse(stdout)).toMatchObject({ record_count: 8064 });
  });

  test('exits with 1 for a problem and with 2 for bad usage', () => {
    expect(runCommand('--method', 'GET', '--path', '/nowhere')).toMatchObject({ status: 1 });
    expect(runCommand('--method', 'GET')).toMatchObject({ status: 2, stdout: '' });
    expect(runCommand('--path', '/', '--body', 'no/such/file')).toMatchObject({ status: 2, stdout: '' });
  });

  test('gives --now to the target unless it has its own', () => {
    const plan = (path: string): unknown =>
      JSON.parse(runCommand('--method', 'POST', '--path', path, '--now', '2019-02-05T00:00:00Z', '--body', SAMPLE).stdout);
    expect(plan('/v1/plan?points=0')).toMatchObject({ now: '2019-02-05T00:00:00Z' });
    expect(plan('/v1/plan?points=0&now=2019-02-03T00:00:00Z')).toMatchObject({ now: '2019-02-03T00:00:00Z' });
  });
});
