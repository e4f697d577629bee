// Attacks on the model store: kills, two writers, damage, folders that go away. ATTACK_ROUNDS multiplies
// the kills (kit test long).
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { eventually, PLIMSOLL, plimsoll, SERVER, sleep, start_server, temporary_folder, write_sample }
  from "../native-server/helpers.mjs";

const ROUNDS = Number(process.env.ATTACK_ROUNDS ?? 1);

// In a container the process id is always 1.
const AS_PID_1 = ["unshare", "--pid", "--fork", "--kill-child"];
const can_unshare = spawnSync(AS_PID_1[0], [...AS_PID_1.slice(1), "true"]).status === 0;
if (!can_unshare) console.log("### NOT AS PROCESS 1: no PID namespace may be made here ###");
const isolated = (command) => (can_unshare ? [...AS_PID_1, ...command] : command);

const run_args = (data, models) =>
  ["pipeline", "run", "--data", data, "--models", models, "--preset", "prophet", "--min-records", "1"];
const models_of = (models) => {
  const run = plimsoll(["request", "--path", "/models/info", "--models", models]);
  const problems = run.stderr.split("\n").filter((line) => line.startsWith("plimsoll: "));
  return { ...JSON.parse(run.stdout), problems };
};
function start([program, ...args]) {
  const child = spawn(program, args, { stdio: "ignore" });
  child.ended = new Promise((resolve) => child.on("exit", (code) => resolve(code)));
  return child;
}
const leftovers = (folder) => readdirSync(folder, { recursive: true }).filter((name) => name.includes(".tmp"));

test("a pipeline that is killed at any moment loses nothing and can run again", async (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  const samples = [1, 2].map((level) => write_sample(folder, `${level}.csv`,
    { days: 4, level, names: ["a", "b", "c"] }));
  assert.equal(plimsoll(run_args(samples[0], models)).status, 0);
  const begin = Date.now();
  assert.equal(plimsoll(run_args(samples[1], models)).status, 0);
  const whole = Date.now() - begin;
  for (let round = 0; round < 40 * ROUNDS; ++round) {
    const child = start(isolated([PLIMSOLL, ...run_args(samples[round % 2], models)]));
    await sleep(Math.random() * whole);
    child.kill("SIGKILL");
    await child.ended;
    const { models: served, problems } = models_of(models);
    assert.deepEqual([served.length, problems], [6, []], `round ${round}`);
    if (round % 4 === 3) {
      const again = spawnSync(isolated([PLIMSOLL])[0],
        [...isolated([PLIMSOLL]).slice(1), ...run_args(samples[round % 2], models)], { encoding: "utf8" });
      assert.equal(again.status, 0, again.stderr);
      assert.deepEqual(leftovers(models), []);
    }
  }
});

test("a server that is killed while it trains starts again with the last good model", async (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  const samples = [1, 2].map((level) => write_sample(folder, `${level}.csv`, { days: 4, level }));
  assert.equal(plimsoll(run_args(samples[0], models)).status, 0);
  for (let round = 0; round < 20 * ROUNDS; ++round) {
    const child = start(isolated([SERVER, "--port", "0", "--models", models, "--data", samples[round % 2]]));
    await sleep(20 + Math.random() * 400);
    child.kill("SIGKILL");
    await child.ended;
    const { models: served, problems } = models_of(models);
    assert.deepEqual([served.length, problems], [2, []], `round ${round}`);
  }
  const server = await start_server(t, ["--models", models]);
  assert.equal((await fetch(`${server.url}/next_week`)).status, 200);
});

test("two pipelines on one store both end well", async (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  const samples = [1, 2].map((level) => write_sample(folder, `${level}.csv`, { days: 4, level }));
  for (let round = 0; round < 8 * ROUNDS; ++round) {
    const codes = await Promise.all(samples.map((data) =>
      start(isolated([PLIMSOLL, ...run_args(data, models)])).ended));
    assert.deepEqual(codes, [0, 0], `round ${round}`);
    assert.deepEqual(models_of(models).problems, []);
  }
  // A writer that waits for its data holds the lock.
  const holder = spawn(PLIMSOLL, run_args("-", models), { stdio: ["pipe", "ignore", "ignore"] });
  t.after(() => holder.kill("SIGKILL"));
  const holds = () => readFileSync(join(models, ".lock"), "utf8").startsWith(`process ${holder.pid} on `);
  await eventually(holds, 5000, "the lock is held");
  const busy = plimsoll([...run_args(samples[0], models), "--lock-wait", "0"]);
  assert.equal(busy.status, 2);
  assert.match(busy.stderr, new RegExp(`is being written by process ${holder.pid} on `));
  assert.equal(models_of(models).models.length, 2);
});

test("damage to what is in Production costs a version, not the metric", async (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  const samples = [1, 2].map((level) => write_sample(folder, `${level}.csv`, { days: 4, level }));
  for (const data of samples) assert.equal(plimsoll(run_args(data, models)).status, 0);
  const cpu = join(models, "modular-cpu_prophet_model");
  const { Production, Previous } = JSON.parse(readFileSync(join(cpu, "history.json")));
  const file = join(cpu, "versions", `${Production}.json`);
  const good = readFileSync(file);
  for (const damage of [() => writeFileSync(file, ""), () => writeFileSync(file, good.subarray(0, 1000)),
    () => rmSync(file), () => writeFileSync(file, "[".repeat(100000)),
    () => writeFileSync(file, good.toString().replace("0.1", "0.2"))]) {
    damage();
    const server = await start_server(t, ["--models", models]);
    assert.equal((await fetch(`${server.url}/next_week`)).status, 200);
    const ready = await fetch(`${server.url}/readyz`);
    assert.equal(ready.status, 200);
    assert.match(await ready.text(), new RegExp(`^ready\ndegraded: modular-cpu_prophet_model: .*${Production}` +
      `.*; serving ${Previous[0]}`));
    const { problems } = await (await fetch(`${server.url}/models/info`)).json();
    assert.deepEqual([problems.length, problems[0].serving], [1, Previous[0]]);
    assert.match(await (await fetch(`${server.url}/metrics`)).text(), /plimsoll_model_problems 1\n/);
    assert.match(server.log, /model_not_as_it_should_be/);
    // The next run writes a good one, and the server takes it up.
    assert.equal(plimsoll(run_args(samples[1], models)).status, 0);
    await eventually(async () => (await (await fetch(`${server.url}/readyz`)).text()) === "ready\n", 5000,
      "the repaired model is served");
    server.child.kill("SIGKILL");
  }
});

test("what is no model of ours does no harm", async (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  const data = write_sample(folder, "1.csv", { days: 4 });
  mkdirSync(models);
  symlinkSync("loop", join(models, "loop"));
  mkdirSync(join(models, "lost+found"), { mode: 0 });
  mkdirSync(join(models, "stages.json"));
  assert.equal(plimsoll(run_args(data, models)).status, 0);
  const server = await start_server(t, ["--models", models]);
  assert.equal(await (await fetch(`${server.url}/readyz`)).text(), "ready\n");
  for (const entry of ["loop", "lost+found", "stages.json"]) {
    assert.match(server.log, new RegExp(`no_model_of_ours","entry":"${entry.replace("+", "\\+")}"`));
  }
});

test("a store that is away for a moment costs nothing that was loaded", async (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  assert.equal(plimsoll(run_args(write_sample(folder, "1.csv", { days: 4 }), models)).status, 0);
  const server = await start_server(t, ["--models", models]);
  const serves = async () => (await fetch(`${server.url}/next_week`)).status;
  renameSync(models, `${models}.away`);
  await sleep(1200);
  assert.equal(await serves(), 200);
  renameSync(`${models}.away`, models);
  renameSync(join(models, "modular-cpu_prophet_model"), join(folder, "away"));
  await sleep(1200);
  assert.equal(await serves(), 200);
  assert.match(await (await fetch(`${server.url}/readyz`)).text(), /degraded: .*away/);
  renameSync(join(folder, "away"), join(models, "modular-cpu_prophet_model"));
  await eventually(async () => (await (await fetch(`${server.url}/readyz`)).text()) === "ready\n", 3000, "whole again");
});
