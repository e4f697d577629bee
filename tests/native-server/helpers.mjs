// The real binaries for tests: run them, start the server, talk to it.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const BIN_DIR = process.env.PLIMSOLL_BIN_DIR ?? join(HERE, "..", "..", "build", "native");
export const PLIMSOLL = join(BIN_DIR, "plimsoll");
export const SERVER = join(BIN_DIR, "plimsoll-server");
export const DATA = join(HERE, "..", "data");

// Runs `plimsoll` with `args`: {status, stdout, stderr}.
export function plimsoll(args, input = "") {
  const run = spawnSync(PLIMSOLL, args, { input, encoding: "utf8", maxBuffer: 1 << 28 });
  // A program that does not want its input may end before it has read it.
  if (run.error && run.error.code !== "EPIPE") throw run.error;
  return run;
}

// A folder that ends with the test.
export function temporary_folder(context) {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const SAMPLE_END = Date.UTC(2026, 5, 15) / 1000;  // Monday 2026-06-15, one cadence after

// `days` of five-minute samples with a daily rhythm, up to SAMPLE_END; `level` scales the CPU.
// `names` adds a column of workloads, all with the same shape.
export function sample_csv({ days = 14, level = 1, names = [] } = {}) {
  const rows = [names.length ? "timestamp,workload,cpu_mean_5m,mem_mean_5m"
    : "timestamp,cpu_mean_5m,mem_mean_5m"];
  for (const name of names.length ? names : [null]) {
    for (let i = days * 288; i > 0; --i) {
      const seconds = SAMPLE_END - 300 * i;
      const rhythm = Math.sin((2 * Math.PI * (seconds % 86400)) / 86400);
      const noise = ((seconds / 300) * 7919) % 101 / 101 - 0.5;
      const cpu = level * (0.12 + 0.04 * rhythm + 0.01 * noise);
      const memory = 7.5e8 + 1e8 * rhythm + 2e7 * noise;
      const moment = new Date(seconds * 1000).toISOString().replace(".000", "");
      rows.push([moment, ...(name ? [name] : []), cpu.toFixed(6), memory.toFixed(0)].join(","));
    }
  }
  return rows.join("\n") + "\n";
}

export function write_sample(folder, name, options) {
  const path = join(folder, name);
  writeFileSync(path, sample_csv(options));
  return path;
}

export async function free_port() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Waits until `probe` gives something true; fails after `patience` milliseconds.
export async function eventually(probe, patience, what) {
  const deadline = Date.now() + patience;
  for (;;) {
    const seen = await probe();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`not within ${patience} ms: ${what}`);
    await sleep(50);
  }
}

// A running server: {url, port, child, stop, log}. Ends with the test.
export async function start_server(context, args) {
  const port = await free_port();
  const child = spawn(SERVER, ["--host", "127.0.0.1", "--port", String(port), ...args],
    { stdio: ["ignore", "ignore", "pipe"] });
  const server = { port, child, url: `http://127.0.0.1:${port}`, log: "" };
  child.stderr.on("data", (bytes) => { server.log += bytes; });
  server.exited = new Promise((resolve) => child.on("exit", (code, signal) =>
    resolve({ code, signal })));
  context.after(() => child.kill("SIGKILL"));
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${server.log}`);
    return fetch(`${server.url}/livez`).then((answer) => answer.status === 200, () => false);
  }, 10000, "the server answers /livez");
  return server;
}

// What the server sends to raw bytes, until it closes or stays silent for `quiet` milliseconds.
export function raw_exchange(port, chunks, quiet = 400) {
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(port, "127.0.0.1");
    const end = (closed) => {
      socket.destroy();
      resolve({ received, closed });
    };
    socket.setTimeout(quiet, () => end(false));
    socket.on("data", (bytes) => { received += bytes; });
    socket.on("end", () => end(true));
    socket.on("error", () => end(true));
    for (const chunk of chunks) socket.write(chunk);
  });
}
