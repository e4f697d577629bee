// What arrives on the wire, good and bad: problems, limits, framing, connections.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";

import { raw_exchange, sample_csv, sleep, start_server, temporary_folder } from "./helpers.mjs";

const start = (t) => start_server(t, ["--models", join(temporary_folder(t), "none")]);

async function expect_problem(answer, status, code) {
  const text = await answer.text();
  assert.equal(answer.status, status, text);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  const problem = JSON.parse(text);
  assert.equal(problem.status, status);
  assert.equal(problem.code, code);
  return problem;
}

test("bad requests get problem documents", async (t) => {
  const server = await start(t);
  const post = (path, body, type) => fetch(server.url + path,
    { method: "POST", body, headers: { "Content-Type": type } });
  await expect_problem(await fetch(`${server.url}/nowhere`), 404, "not_found");
  await expect_problem(await post("/v1/plan?now=yesterday", sample_csv({ days: 2 }), "text/csv"),
    400, "invalid_parameter");
  await expect_problem(await post("/v1/plan?nwo=1", "a", "text/csv"), 400, "unknown_parameter");
  await expect_problem(await post("/v1/plan", "a", "image/png"), 415, "unsupported_media_type");
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108", "hex");
  const unreadable = await post("/v1/plan", png, "text/csv");
  assert.equal(unreadable.status, 422, await unreadable.text());
  const wrong = await fetch(`${server.url}/v1/plan`, { method: "DELETE" });
  assert.match(wrong.headers.get("allow"), /POST/);
  await expect_problem(wrong, 405, "method_not_allowed");
});

test("every method is answered", async (t) => {
  const server = await start(t);
  const get = await fetch(`${server.url}/livez`);
  const head = await fetch(`${server.url}/livez`, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("content-length"), String((await get.text()).length));
  const options = await fetch(`${server.url}/livez`, { method: "OPTIONS" });
  assert.equal(options.status, 204);
  assert.match(options.headers.get("allow"), /GET/);
  for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
    assert.equal((await fetch(`${server.url}/livez`, { method })).status, 405, method);
  }
  const { received } = await raw_exchange(server.port, ["BREW /livez HTTP/1.1\r\nHost: a\r\n\r\n"]);
  assert.match(received, /^HTTP\/1\.1 405 /);
});

test("a body over the limit is refused before it is sent, and when it is chunked", async (t) => {
  const server = await start(t);
  const claimed = await raw_exchange(server.port,
    ["POST /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Length: 67108865\r\n\r\n"]);
  assert.match(claimed.received, /^HTTP\/1\.1 413 [^]*too_large/);
  assert.ok(claimed.closed);
  const megabyte = "x".repeat(1 << 20);
  const chunk = `100000\r\n${megabyte}\r\n`;
  const chunked = await raw_exchange(server.port,
    ["POST /v1/plan HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
      ...Array.from({ length: 68 }, () => chunk)], 3000);
  assert.match(chunked.received, /^HTTP\/1\.1 413 /);
  const head = await raw_exchange(server.port, ["GET / HTTP/1.1\r\nHost: a\r\nA: " + "b".repeat(40000)]);
  assert.match(head.received, /^HTTP\/1\.1 413 /);
});

test("ambiguous or malformed requests are refused and the connection closed", async (t) => {
  const server = await start(t);
  for (const head of [
    "POST /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
    "POST /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Length: 3x\r\n\r\nabc",
    "POST /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nabc",
    "POST /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
    "GET livez HTTP/1.1\r\nHost: a\r\n\r\n", "GET /livez HTTP/9.9\r\n\r\n", "\r\n\r\n",
    "GET /livez HTTP/1.1\r\nHost: a\r\nbroken header\r\n\r\n",
  ]) {
    const { received, closed } = await raw_exchange(server.port, [head]);
    assert.match(received, /^HTTP\/1\.1 400 [^]*application\/problem\+json/, head);
    assert.ok(closed, head);
  }
});

test("odd headers do no harm", async (t) => {
  const server = await start(t);
  const { received } = await raw_exchange(server.port,
    ["GET /livez HTTP/1.1\r\nHost: x:999999\r\nAuthorization: ?\r\nCookie: =;;=\r\n" +
      "Accept: ;;q=x\r\nContent-Type: %%%\r\n\r\n"]);
  assert.match(received, /^HTTP\/1\.1 200 /);
});

test("connections are kept, pipelined requests answered in order, close honoured", async (t) => {
  const server = await start(t);
  const get = (path, extra = "") => `GET ${path} HTTP/1.1\r\nHost: a\r\n${extra}\r\n`;
  const { received, closed } = await raw_exchange(server.port,
    [get("/livez") + get("/nowhere") + get("/livez", "Connection: close\r\n")]);
  assert.deepEqual(received.match(/HTTP\/1\.1 \d+/g),
    ["HTTP/1.1 200", "HTTP/1.1 404", "HTTP/1.1 200"]);
  assert.ok(closed);
});

test("a request in pieces and a body that is asked for with 100-continue", async (t) => {
  const server = await start(t);
  const body = sample_csv({ days: 2 });
  const socket = connect(server.port, "127.0.0.1");
  let received = "";
  socket.on("data", (bytes) => { received += bytes; });
  for (const piece of ["POST /v1/vali", "date HTTP/1.1\r\nHost: a\r\nContent-Le", `ngth: ${body.length}\r\n`,
    "Content-Type: text/csv\r\nExpect: 100-continue\r\n\r\n"]) {
    socket.write(piece);
    await sleep(30);
  }
  assert.equal(received, "HTTP/1.1 100 Continue\r\n\r\n");
  for (let i = 0; i < body.length; i += 20000) {
    socket.write(body.slice(i, i + 20000));
    await sleep(5);
  }
  await sleep(500);
  assert.match(received, /HTTP\/1\.1 200 OK[^]*validation_status/);
  socket.destroy();
});

test("clients that go away leave nothing in flight, and nobody gets their answers", async (t) => {
  const server = await start(t);
  const body = sample_csv({ days: 14, names: ["a", "b", "c", "d"] });
  const gone = Array.from({ length: 4 }, () => connect(server.port, "127.0.0.1"));
  for (const socket of gone) {
    socket.on("error", () => {});
    socket.write(`POST /v1/plan HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  }
  await sleep(300);
  for (const socket of gone) socket.destroy();
  const others = Array.from({ length: 8 }, () => connect(server.port, "127.0.0.1"));
  let received = "";
  for (const socket of others) socket.on("data", (bytes) => { received += bytes; });
  await sleep(4000);
  assert.equal(received, "");
  for (const socket of others) socket.destroy();
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /plimsoll_http_requests_in_flight 1\n/);
});

test("a full queue is refused with 503 and Retry-After", async (t) => {
  const server = await start(t);
  const body = sample_csv({ days: 14, names: ["a", "b"] });
  const answers = await Promise.all(Array.from({ length: 40 }, () =>
    fetch(`${server.url}/v1/plan`, { method: "POST", body, headers: { "Content-Type": "text/csv" } })
      .then(async (answer) => {
        await answer.arrayBuffer();
        return { status: answer.status, retry: answer.headers.get("retry-after") };
      })));
  const refused = answers.filter((answer) => answer.status === 503);
  assert.ok(answers.some((answer) => answer.status === 200));
  assert.ok(refused.length > 0);
  assert.ok(refused.every((answer) => Number(answer.retry) > 0));
});
