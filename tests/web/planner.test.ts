// The planner in a real browser, served under the strict policy: what a person sees and does.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launch, serve, type StaticServer } from '../support/browser.js';

const SAMPLE = readFileSync('web/public/sample.csv', 'utf8');
const QUANTITY = /^\d+(m|Mi)$/;
const BAD_ROW = 1043;

let server: StaticServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let requests: string[];

async function openPlanner(width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
  context = await browser.newContext({
    viewport: { width, height: 900 }, colorScheme, locale: 'en-GB', timezoneId: 'America/New_York',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.addInitScript('addEventListener("securitypolicyviolation", (e) => console.error("policy: " + e.violatedDirective))');
  await page.goto(server.url);
  await page.getByRole('img', { name: /^Forecast/ }).first().waitFor();
  await page.getByText('kind: Deployment').waitFor();
  page.on('request', (request) => requests.push(request.url()));
}

const badFile = (): string =>
  SAMPLE.split('\n').map((line, i) => (i + 1 === BAD_ROW ? line.replace(/,[^,]*,/, ',abc,') : line)).join('\n');

async function pick(name: string, content: string | Buffer): Promise<void> {
  const buffer = typeof content === 'string' ? Buffer.from(content) : content;
  await page.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer });
}

async function drop(name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text ?? ''], fileName ?? '', { type: 'text/csv' }));
      return data;
    }, [name, content]);
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
}

async function shownPlan(): Promise<{ quantities: string[]; charts: (string | null)[]; yaml: string | null }> {
  await page.getByText('kind: Deployment').first().waitFor();
  const texts = await page.getByRole('definition').allTextContents();
  const charts = await page.getByRole('img', { name: /^Forecast/ }).all();
  return {
    quantities: texts.map((text) => text.trim()).filter((text) => QUANTITY.test(text)),
    charts: await Promise.all(charts.map((chart) => chart.getAttribute('aria-label'))),
    yaml: await page.getByRole('region', { name: 'YAML patch' }).textContent(),
  };
}

beforeAll(async () => {
  server = await serve('web/dist');
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

beforeEach(() => {
  complaints = [];
  requests = [];
});

afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
  expect(requests, 'nothing is requested after the page has loaded').toEqual([]);
});

describe('the first screen', () => {
  test('is a labelled sample, forecast, with recommendations', async () => {
    await openPlanner();
    await page.getByText('Sample data', { exact: true }).waitFor();
    await page.getByText('Your data stays in this browser').waitFor();
    const { quantities, charts } = await shownPlan();
    expect(quantities).toHaveLength(4);
    expect(charts).toEqual([expect.stringContaining('CPU'), expect.stringContaining('Memory')]);
    expect(await page.getByRole('region', { name: 'curl command' }).textContent())
      .toMatch(/\/next_week\?policy=seed&now=2019-02-02T22:10:00Z'$/);
    mkdirSync('build', { recursive: true });
    await page.screenshot({ path: 'build/planner.png', animations: 'disabled' });
    if (process.env.UPDATE_SCREENSHOT === '1') copyFileSync('build/planner.png', 'docs/planner.png');
  });

  test.each([[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']] as const)(
    'has no sideways scroll and no accessibility violation at %i px, %s', async (width, scheme) => {
      await openPlanner(width, scheme);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.evaluate(axe.source);
      const found = await page.evaluate<{ id: string; nodes: number }[]>(
        `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
           .then((result) => result.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((n) => n.html) })))`);
      expect(found).toEqual([]);
    });
});

describe('a file of one\'s own', () => {
  test('gives the same plan picked or dropped', async () => {
    await openPlanner();
    const halved = SAMPLE.split('\n').slice(0, 4033).join('\n');
    await pick('mine.csv', halved);
    await page.getByText('4,032 rows, 14 days').waitFor();
    expect(await page.getByText('Your data', { exact: true }).isVisible()).toBe(true);
    const picked = await shownPlan();
    await pick('sample.csv', SAMPLE);
    await page.getByText('8,064 rows, 28 days').waitFor();
    await drop('mine.csv', halved);
    await page.getByText('4,032 rows, 14 days').waitFor();
    expect(await shownPlan()).toEqual(picked);
  });

  test('with a bad cell is forecast all the same, and the cell is named', async () => {
    await openPlanner();
    await pick('bad.csv', badFile());
    const alert = page.getByRole('alert');
    await alert.waitFor();
    for (const part of [`${BAD_ROW}`, 'cpu_mean_5m', 'abc']) expect(await alert.textContent()).toContain(part);
    await page.getByText('bad.csv', { exact: true }).waitFor();
    expect((await shownPlan()).quantities).toHaveLength(4);
  });

  test('that is an image is refused, and what was shown stays', async () => {
    await openPlanner();
    const before = await shownPlan();
    await pick('picture.csv', readFileSync('build/planner.png'));
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('picture.csv');
    expect(await shownPlan()).toEqual(before);
    expect(await page.getByText('Sample data', { exact: true }).isVisible()).toBe(true);
    await pick('sample.csv', SAMPLE);
    await alert.waitFor({ state: 'detached' });
  });

  test('that holds markup shows it as text', async () => {
    await openPlanner();
    const lines = SAMPLE.split('\n').slice(0, 2017);
    const name = '<img src=x onerror=alert(1)>';
    await pick('markup.csv', lines.map((line, i) => `${line},${i === 0 ? 'workload' : i % 2 ? name : 'b'}`).join('\n'));
    const select = page.getByRole('combobox');
    await select.waitFor();
    expect(await select.getByRole('option').allTextContents()).toContain(name);
    expect(await page.locator('img').count()).toBe(0);
  });

  test('of three hours is answered with the reason, without a number', async () => {
    await openPlanner();
    await pick('short.csv', SAMPLE.split('\n').slice(0, 37).join('\n'));
    await page.getByText('Not enough data').first().waitFor();
    expect(await page.getByRole('img', { name: /^Forecast/ }).count()).toBe(0);
  });
});

describe('the horizons', () => {
  test('change with the arrow keys, with their dates and their patch', async () => {
    await openPlanner();
    const tab = (name: string): ReturnType<Page['getByRole']> => page.getByRole('tab', { name });
    await tab('Week Sun 3 Feb').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await tab('Day').getAttribute('aria-selected')).toBe('true');
    await page.getByText('Patch for the day').waitFor();
    await page.keyboard.press('End');
    expect(await tab('Month').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowLeft');
    expect(await tab('Weekend').getAttribute('aria-selected')).toBe('true');
    const window = page.getByText(/Sat, 9 February 2019, 00:00 to Mon, 11 February 2019, 00:00/);
    expect(await window.textContent()).toContain('UTC');
    await page.getByText('"default: weekend, policy seed"').waitFor();
    const { quantities, yaml } = await shownPlan();
    for (const quantity of quantities) expect(yaml).toContain(`"${quantity}"`);
  });

  test('the patch is copied as it is shown', async () => {
    await openPlanner();
    const { yaml } = await shownPlan();
    await page.getByRole('button', { name: 'Copy YAML' }).click();
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(yaml);
  });
});
