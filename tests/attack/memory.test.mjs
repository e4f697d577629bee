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
