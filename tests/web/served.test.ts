// What a newcomer sees after `./kit serve`: the planner from the real server, and the server's own
// answer to the command that the planner shows.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../support/browser.js';

interface WindowAnswer {
  recommendations: Record<'cpu' | 'memory', { request: string; limit: string }>;
  model_info: { model_version: string };
}

const models = mkdtempSync(join(tmpdir(), 'plimsoll-served-'));
let browser: Browser;
let server: ChildProcess;
let url: string;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilReady(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server was not ready in ten seconds');
}

beforeAll(async () => {
  browser = await launch();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = spawn('build/native/plimsoll-server', [
    '--port', String(port), '--models', models, '--data', 'web/public/sample.csv', '--web', 'web/dist',
  ], { stdio: 'ignore' });
  await untilReady();
});

afterAll(async () => {
  await browser.close();
  server.kill();
  rmSync(models, { recursive: true });
});

test('the server answers the planner\'s command with the planner\'s numbers', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await page.getByText('kind: Deployment').waitFor();
  const shown = await page.getByRole('definition').allTextContents();
  const command = await page.getByRole('region', { name: 'curl command' }).textContent();
  const target = /'(http[^']+)'/.exec(command ?? '')?.[1];
  expect(target).toContain(`${url}/next_week?policy=seed&now=`);

  const answer = (await (await fetch(target ?? '')).json()) as WindowAnswer;
  const { cpu, memory } = answer.recommendations;
  expect(shown.map((text) => text.trim()).filter((text) => /^\d+(m|Mi)$/.test(text)))
    .toEqual([cpu.request, cpu.limit, memory.request, memory.limit]);
  const details = await page.getByText(/^\s*Model [0-9a-f]+/).allTextContents();
  expect(details.map((text) => /Model ([0-9a-f]+)/.exec(text)?.[1]).join('+'))
    .toBe(answer.model_info.model_version);
  expect(complaints).toEqual([]);
});
