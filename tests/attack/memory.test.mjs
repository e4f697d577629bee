// Attacks by how much is sent or asked for. Each beside an honest client (arena.mjs).
import assert from "node:assert/strict";
import { test } from "node:test";

import { sample_csv, sleep } from "../native-server/helpers.mjs";
import { arena, attacker } from "./arena.mjs";

const MEGABYTE = Buffer.alloc(1 << 20, "x,1\n");


test("sixteen unfinished bodies of 60 MiB", (t) => arena(t, { hold: 1000 }, async (server) => {
  const clients = Array.from({ length: 16 }, () => attacker(server.port));
  await Promise.all(clients.map(async (client, i) => {
    await client.send(i % 2
      ? "POST /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Length: 62914560\r\n\r\n"
      : "POST /v1/plan HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3c00000\r\n");
    for (let sent = 0; sent < 59 && !client.closed; ++sent) await client.send(MEGABYTE);
  }));
  await sleep(300);
  const refused = clients.filter((client) => /^HTTP\/1\.1 503 [^]*Retry-After/i.test(client.received));
  assert.ok(refused.length > 0);
  return () => clients.forEach((client) => client.end());
}));

test("work that nobody waits for any more makes room", (t) => arena(t, { trains: false, hold: 500 }, async (server) => {
  const body = sample_csv({ days: 14, names: ["a", "b", "c", "d"] });
  const head = `POST /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: ${body.length}\r\n\r\n`;
  for (let round = 0; round < 3; ++round) {
    const clients = Array.from({ length: 17 }, () => attacker(server.port));
    await Promise.all(clients.map((client) => client.send(head + body)));
    await sleep(50);
    clients.forEach((client) => client.end());
  }
  const answer = await fetch(`${server.url}/v1/plan`, { method: "POST", body: sample_csv({ days: 2 }),
    headers: { "Content-Type": "text/csv" } });
  assert.equal(answer.status, 200);
}));

test("a hundred thousand probes are no log", (t) => arena(t, {}, async (server) => {
  const before = server.log.length;
  const clients = Array.from({ length: 20 }, () => attacker(server.port));
  for (const client of clients) {
    client.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2500));
  }
  await sleep(2000);
  assert.ok(server.log.length - before < 100_000, `${server.log.length - before} bytes`);
  return () => clients.forEach((client) => client.end());
}));

// Small requests that would cost seconds or gigabytes: refused by name before the work begins.
const seasonalities = (columns) => Array.from({ length: columns / 200 }, (_, i) =>
  ({ name: `s${i}`, period: 1 + 0.37 * i, fourier_order: 100 }));
const DAYS = `ds,y\n${Array.from({ length: 1500 }, (_, i) =>
  `${new Date(Date.UTC(2024, 0, 1 + i)).toISOString()},${1 + Math.sin(i / 7)}`).join("\n")}\n`;
const config = (columns, changepoints, mode) => ({ n_changepoints: changepoints, seasonality_mode: mode,
  yearly_seasonality: false, weekly_seasonality: false, daily_seasonality: false,
  custom_seasonalities: seasonalities(columns) });
const fit = (settings) => JSON.stringify({ data: DAYS, config: settings });
const COSTLY = [
  ["a hundred thousand members", "/v1/fit", 400, () =>
    `{"config":{${Array.from({ length: 100000 }, (_, i) => `"k${i}":1`).join(",")}},"data":"ds,y"}`],
  ["twenty million values", "/v1/fit", 400, () => `{"config":{"holidays":[${"1,".repeat(20e6)}1]}}`],
  ["ten million texts", "/v1/fit", 400, () => `{"config":{"holidays":[${'"a",'.repeat(10e6)}1]}}`],
  ["brackets", "/v1/fit", 400, () => "[".repeat(1e6)],
  ["a thousand columns, 500 changepoints", "/v1/fit", 413, () => fit(config(1000, 500, "additive"))],
  ["400 columns, multiplicative", "/v1/fit", 413, () => fit(config(400, 25, "multiplicative"))],
  ["200 columns, 600 folds", "/v1/cross-validate?horizon=1%20days&initial=300%20days&period=2%20days", 413,
    () => fit(config(200, 25, "additive"))],
  ["ten thousand holidays of two years", "/v1/fit", 400, () => fit({ holidays: Array.from({ length: 10000 }, (_, i) =>
    ({ holiday: "h", ds: new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10), lower_window: -366, upper_window: 366 })) })],
  ["a month of minutes of a hundred workloads", "/v1/plan?min_records=1&tolerate_missing=1", 413, () =>
    "timestamp,workload,cpu\n" + Array.from({ length: 2600 }, (_, i) =>
      `${1767225600 + 60 * (i % 26 === 25 ? 1500 : i % 26)},w${Math.floor(i / 26)},0.10${i % 7}`).join("\n")],
];

test("small requests of great cost", (t) => arena(t, {}, async (server) => {
  for (const [what, path, status, body] of COSTLY) {
    const answer = await fetch(server.url + path, { method: "POST", body: body(), signal: AbortSignal.timeout(20000),
      headers: { "Content-Type": path.startsWith("/v1/plan") ? "text/csv" : "application/json" } });
    const problem = await answer.json();
    assert.equal(answer.status, status, `${what}: ${JSON.stringify(problem).slice(0, 300)}`);
    assert.ok(problem.expected, what);
  }
}));
