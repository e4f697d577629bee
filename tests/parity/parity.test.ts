// One request, one answer: the same bytes from g++, clang++, WebAssembly in Node and in Chromium.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPlimsoll } from '../../wasm/plimsoll.mjs';
import { launch, serve, sha256, type StaticServer } from '../support/browser.js';
import { inputs, type Input } from './inputs.js';

const NATIVE = ['build/native/plimsoll', 'build/native-clang/plimsoll'];
const PAGE = '<!doctype html><link rel="icon" href="/favicon.svg"><script type="module" src="/hash.mjs"></script>';
// Runs in the page: hashes the answer to one file.
const SCRIPT = `
import { loadPlimsoll } from './plimsoll.mjs';
const plimsoll = await loadPlimsoll(fetch('./plimsoll.wasm'));
globalThis.answerHash = async (target, base64) => {
  const body = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const response = plimsoll.request({ method: 'POST', target, headers: { 'Content-Type': 'text/csv' }, body });
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', response.body));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
document.documentElement.dataset.ready = '';
`;

const files = inputs();
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-parity-'));
const expected = new Map<string, string>();

beforeAll(async () => {
  const plimsoll = await loadPlimsoll(readFileSync('build/wasm/plimsoll.wasm'));
  for (const { name, target, body } of files) {
    const response = plimsoll.request({ method: 'POST', target, headers: { 'Content-Type': 'text/csv' }, body });
    if (expected.has(name)) throw new Error(`two requests named ${name}`);
    expected.set(name, sha256(response.body));
  }
}, 600_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function differences(hash: (input: Input) => string): string[] {
  return files.filter((input) => hash(input) !== expected.get(input.name)).map(({ name }) => name);
}

test('answers are made, and most of them differ', () => {
  console.log(`compared requests: ${files.length}`);
  expect(new Set(expected.values()).size).toBeGreaterThan(files.length / 2);
});

test.each(NATIVE)('%s prints the bytes of WebAssembly in Node', (binary) => {
  expect(existsSync(binary), `${binary} is built`).toBe(true);
  const file = join(folder, 'input.csv');
  expect(differences(({ target, body }) => {
    writeFileSync(file, body);
    const run = spawnSync(binary, ['request', '--method', 'POST', '--path', target, '--body', file], { maxBuffer: 1 << 28 });
    return sha256(run.stdout);
  })).toEqual([]);
}, 900_000);

test('request.mjs prints the bytes of the command line', () => {
  for (const { target, body } of files.slice(0, 3)) {
    const file = join(folder, 'input.csv');
    writeFileSync(file, body);
    const args = ['--method', 'POST', '--path', target, '--body', file, '--now', '2026-01-20T00:00:00Z'];
    const wasm = spawnSync(process.execPath, ['build/wasm/request.mjs', ...args], { maxBuffer: 1 << 28 });
    const native = spawnSync(NATIVE[0] ?? '', ['request', ...args], { maxBuffer: 1 << 28 });
    expect(wasm.stdout.equals(native.stdout)).toBe(true);
    expect([wasm.status, wasm.stderr.toString()]).toEqual([native.status, native.stderr.toString()]);
  }
});

let browser: Browser;
let server: StaticServer;

test('WebAssembly in Chromium gives the same bytes', async () => {
  server = await serve('build/wasm', { '/': PAGE, '/hash.mjs': SCRIPT, '/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    // Not waitForFunction: it asks again by eval, which the page's policy forbids.
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    const hashes = new Map<string, string>();
    for (const { name, target, body } of files) {
      const call = `answerHash(${JSON.stringify(target)}, ${JSON.stringify(Buffer.from(body).toString('base64'))})`;
      hashes.set(name, await page.evaluate<string>(call));
    }
    expect(differences(({ name }) => hashes.get(name) ?? '')).toEqual([]);
  } finally {
    await browser.close();
    server.close();
  }
}, 900_000);
