// Where attacks are tried: the real server over a real store, an honest client beside the attack, its
// peak of resident memory and a clean end afterwards.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import { eventually, free_port, plimsoll, sample_csv, SERVER, sleep, write_sample } from "../native-server/helpers.mjs";

// What a pod is given (k8s/): nothing may take more.
const MEMORY_MIB = 512;

const ROWS = [];
const folder = mkdtempSync(join(tmpdir(), "plimsoll-attack-"));
const store = join(folder, "models");
let filled = false;
after(() => {
  rmSync(folder, { recursive: true, force: true });
  console.log(["attack", "honest p99 quiet, ms", "attacked, ms", "peak MiB", "end, ms"].join(" | "));
  for (const row of ROWS) console.log(row.join(" | "));
});

// A store with one model of 14 days.
export function filled_store() {
  if (!filled) {
    const data = write_sample(folder, "sample.csv", {});
    const run = plimsoll(["pipeline", "run", "--data", data, "--models", store]);
    assert.equal(run.status, 0, run.stderr);
    filled = true;
  }
  return store;
}

async function start({ shell = "", args = [] }) {
  const port = await free_port();
  const command = `${shell} exec "$0" "$@"`;
  const child = spawn("sh", ["-c", command, SERVER, "--port", String(port), "--models",
    filled_store(), ...args], { stdio: ["ignore", "ignore", "pipe"] });
  const server = { child, port, url: `http://127.0.0.1:${port}`, log: "" };
  child.stderr.on("data", (bytes) => { server.log += bytes; });
  server.exited = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${server.log}`);
    return fetch(`${server.url}/readyz`).then((answer) => answer.ok, () => false);
  }, 10000, "the server is ready");
  return server;
}

function status_of(server, name) {
  const text = readFileSync(`/proc/${server.child.pid}/status`, "utf8");
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)[1]);
}

const PLAN = sample_csv({ days: 2 });
const ASKED = [
  ["GET", "/livez"], ["GET", "/readyz"], ["GET", "/next_week"], ["GET", "/next_day"], ["POST", "/v1/plan", PLAN],
];

// Asks as an honest client does, over and over, until told to stop; every answer must be good.
// A connection each, as probes do; one that is closed without an answer is tried once more.
function honest(server, { trains = true } = {}) {
  const seen = { milliseconds: [], bad: [] };
  let stopped = false;
  const loop = (async () => {
    for (let i = 0; !stopped; ++i) {
      const [method, path, body] = ASKED[i % (trains ? 5 : 4)];
      const begin = performance.now();
      const ask = () => fetch(server.url + path, { method, body, signal: AbortSignal.timeout(10000),
        headers: body ? { "Content-Type": "text/csv", Connection: "close" } : { Connection: "close" } });
      try {
        const answer = await ask().catch((error) => {
          if (error.cause?.code !== "UND_ERR_SOCKET" && error.cause?.code !== "ECONNRESET") throw error;
          return ask();
        });
        await answer.arrayBuffer();
        if (answer.status !== 200) seen.bad.push(`${path}: ${answer.status}`);
      } catch (error) {
        seen.bad.push(`${path}: ${error.name} ${error.cause?.code ?? ""}`);
      }
      if (method === "GET") seen.milliseconds.push(performance.now() - begin);
      await sleep(5);
    }
  })();
  return async () => {
    stopped = true;
    await loop;
    return seen;
  };
}

const p99 = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * 0.99)] ?? NaN;

// Runs `attack(server)` beside an honest client. Afterwards the server still answers, has stayed within
// its memory, and ends within ten seconds of SIGTERM. `trains`: whether honest training must be answered
// too, meanwhile.
export async function arena(t, options, attack) {
  const server = await start(options);
  t.after(() => server.child.kill("SIGKILL"));
  const quiet_client = honest(server);
  await sleep(options.quiet ?? 800);
  const quiet = await quiet_client();
  assert.deepEqual(quiet.bad, []);
  const client = honest(server, options);
  let undo;
  let attacked;
  try {
    undo = await attack(server);
    await sleep(options.hold ?? 500);
  } finally {
    attacked = await client();
  }
  const peak = status_of(server, "VmHWM") / 1024;
  const begin = performance.now();
  server.child.kill("SIGTERM");
  const ended = await Promise.race([server.exited, sleep(10000)]);
  ROWS.push([t.name, p99(quiet.milliseconds).toFixed(1), p99(attacked.milliseconds).toFixed(1),
    peak.toFixed(0), (performance.now() - begin).toFixed(0)]);
  if (undo) undo();
  assert.deepEqual(attacked.bad, [], "honest clients meanwhile");
  assert.ok(attacked.milliseconds.length > 0);
  assert.ok(peak <= MEMORY_MIB, `${peak} MiB`);
  assert.deepEqual(ended, { code: 0, signal: null }, server.log.slice(-2000));
}

// A connection that sends what it is told and remembers what it got.
export function attacker(port) {
  const socket = connect({ port, host: "127.0.0.1" });
  const client = { socket, received: "", closed: false };
  socket.on("data", (bytes) => {
    if (client.received.length < 1 << 20) client.received += bytes.toString("latin1");
  });
  socket.on("close", () => { client.closed = true; });
  socket.on("error", () => { client.closed = true; });
  socket.setNoDelay(true);
  client.send = (bytes) => new Promise((resolve) => {
    if (client.closed || socket.destroyed) return resolve();
    return socket.write(bytes, () => resolve());
  });
  client.end = () => socket.destroy();
  return client;
}

// Sends `pieces`, a packet each, and returns what came back when the connection closed or `count` answers
// had come.
export async function exchange(port, pieces, { count = 1, patience = 3000 } = {}) {
  const client = attacker(port);
  for (const piece of pieces) {
    await client.send(piece);
    if (pieces.length > 1) await sleep(2);
  }
  const answers = () => client.received.match(/HTTP\/1\.1 \d+/g) ?? [];
  const deadline = Date.now() + patience;
  while (!client.closed && Date.now() < deadline && answers().length < count) await sleep(2);
  await sleep(5);
  client.end();
  return { answers: answers().map((line) => Number(line.slice(9))), received: client.received,
    closed: client.closed };
}
