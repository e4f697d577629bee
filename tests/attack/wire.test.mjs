// Attacks by how bytes arrive: packets, framing, slowness. Each beside an honest client (arena.mjs).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";

import { sample_csv, sleep } from "../native-server/helpers.mjs";
import { arena, attacker, exchange } from "./arena.mjs";

const CSV = sample_csv({ days: 1 });
const POST = "POST /v1/validate HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\n";
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`;
const in_chunks = (body, size) => {
  let bytes = "";
  for (let i = 0; i < body.length; i += size) {
    const piece = body.slice(i, i + size);
    bytes += `${piece.length.toString(16)}\r\n${piece}\r\n`;
  }
  return `${bytes}0\r\n\r\n`;
};
const body_of = (received) => received.slice(received.indexOf("\r\n\r\n") + 4);

test("a chunk's CR and LF in two packets, on every I/O thread", (t) => arena(t, {}, async (server) => {
  const clients = Array.from({ length: 8 }, () => attacker(server.port));
  for (const client of clients) await client.send(`${CHUNKED}3\r\nds,\r`);
  await sleep(300);
  for (const client of clients) await client.send("\n2\r\ny\n\r\n0\r\n\r\n");
  await sleep(500);
  for (const client of clients) assert.match(client.received, /^HTTP\/1\.1 422 /);
  return () => clients.forEach((client) => client.end());
}));

test("a chunked request cut at every byte is the same request", (t) => arena(t, {}, async (server) => {
  const body = "timestamp,cpu\n2026-01-01T00:00:00Z,1\n2026-01-01T00:05:00Z,2\n";
  const whole = await exchange(server.port, [`${POST}Content-Length: ${body.length}\r\n\r\n${body}`]);
  const request = CHUNKED + in_chunks(body, 20);
  const cuts = Array.from({ length: request.length - 1 }, (_, i) => i + 1);
  while (cuts.length > 0) {
    const answers = await Promise.all(cuts.splice(0, 6).map((cut) =>
      exchange(server.port, [request.slice(0, cut), request.slice(cut)])));
    for (const { received } of answers) assert.equal(body_of(received), body_of(whole.received));
  }
  const bytes = await exchange(server.port, [...CHUNKED + in_chunks(body, 7)], { patience: 8000 });
  assert.equal(body_of(bytes.received), body_of(whole.received));
}));

test("uploads from a pipe, as `curl -T -` and http.client make them", (t) => arena(t, {}, async (server) => {
  for (const size of [1006, 1, 16384]) {
    const body = CSV.slice(0, size === 1 ? 3000 : CSV.length);
    const { answers } = await exchange(server.port, [CHUNKED + in_chunks(body, size)]);
    assert.deepEqual(answers, [200]);
  }
  for (let i = 0; i < 60; ++i) {
    const child = spawn("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", "POST", "-H",
      "Content-Type: text/csv", "-T", "-", `${server.url}/v1/validate`], { stdio: ["pipe", "pipe", "ignore"] });
    let code = "";
    child.stdout.on("data", (bytes) => { code += bytes; });
    for (let at = 0; at < CSV.length; at += 4000) {
      child.stdin.write(CSV.slice(at, at + 4000));
      if (i % 10 === 0) await sleep(1);
    }
    child.stdin.end();
    await new Promise((resolve) => child.on("exit", resolve));
    assert.equal(code, "200", `upload ${i}`);
  }
}));

test("framing that is not RFC 9112's is refused, and the connection closed", (t) => arena(t, {}, async (server) => {
  const get = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const [request, status] of [
    ["GET /livez HTTP/1.1\r\n\r\n", 400],
    ["GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400],
    ["GET /livez HTTP/1.1\r\nHost : a\r\n\r\n", 400],
    ["GET /livez HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400],
    [`${POST}Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc`, 415],
    [`${POST}Transfer-Encoding: gzip, chunked\r\n\r\n`, 400],
    [`${POST}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n`, 400],
    [`${POST.replace("1.1", "1.0")}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ...["0x3", "+3", "-3", " 3", "3 ", "", ";x", "3\n", "g", "3\r\r"].map((size) =>
      [`${CHUNKED}${size}\r\nabc\r\n0\r\n\r\n`, 400]),
    [`${CHUNKED}3\r\nabc0\r\n\r\n`, 400],
    [`${CHUNKED}3\r\nabcd\r\n0\r\n\r\n`, 400],
    [`${CHUNKED}0\r\n${get}`, 400],
    [`${CHUNKED}fffffffffffffffff\r\n`, 413],
    [`${CHUNKED}5;${"x".repeat(70000)}\r\n`, 413],
  ]) {
    const { answers, closed, received } = await exchange(server.port, [request + get], { count: 2, patience: 4000 });
    assert.deepEqual(answers, [status], request.slice(0, 200));
    assert.match(received, /application\/problem\+json/);
    assert.ok(closed, request.slice(0, 200));
  }
}));

test("a request pipelined after a chunked one is answered", (t) => arena(t, {}, async (server) => {
  const get = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n";
  const { answers } = await exchange(server.port, [CHUNKED + in_chunks(CSV, 5000) + get + get], { count: 3 });
  assert.deepEqual(answers, [200, 200, 200]);
  const many = await exchange(server.port, [get.repeat(20000)], { count: 20000, patience: 20000 });
  assert.equal(many.answers.filter((status) => status === 200).length > 1000, true);
}));

test("clients that do not read their answers", (t) => arena(t, { hold: 2500 }, async (server) => {
  const clients = [];
  for (let i = 0; i < 4; ++i) {
    const client = attacker(server.port);
    client.socket.pause();
    // A plan of some megabytes, more than sockets hold.
    const body = sample_csv({ days: 2, names: Array.from({ length: 12 }, (_, k) => `w${k}`) });
    client.send(`POST /v1/plan?points=100000 HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`);
    clients.push(client);
  }
  for (let i = 0; i < 20; ++i) {
    const client = attacker(server.port);
    client.socket.pause();
    client.send("GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2000));
    clients.push(client);
  }
  return () => clients.forEach((client) => client.end());
}));

test("a body that never ends, to a server that has refused it", (t) => arena(t, { hold: 1500 }, async (server) => {
  const megabyte = Buffer.alloc(1 << 20, "x");
  let stopped = false;
  const clients = Array.from({ length: 4 }, () => attacker(server.port));
  for (const client of clients) {
    (async () => {
      await client.send("POST /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n");
      while (!stopped && !client.closed) await client.send(megabyte);
    })();
  }
  return () => {
    stopped = true;
    clients.forEach((client) => client.end());
  };
}));

test("two thousand half-open connections and heads that trickle", (t) => arena(t, { hold: 1500 }, async (server) => {
  const clients = Array.from({ length: 2000 }, () => attacker(server.port));
  for (const [i, client] of clients.entries()) if (i % 2) client.send(`GET /livez HTTP/1.1\r\nX-${i}: `);
  await sleep(500);
  for (const [i, client] of clients.entries()) if (i % 4 === 1) client.send("a");
  return () => clients.forEach((client) => client.end());
}));

test("no descriptor left: 300 connections where 128 are allowed", (t) => arena(t,
  { shell: "ulimit -n 128;", hold: 1500 }, async (server) => {
    const clients = Array.from({ length: 300 }, () => attacker(server.port));
    await sleep(300);
    for (const client of clients) client.send("POST /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx");
    return () => clients.forEach((client) => client.end());
  }));
