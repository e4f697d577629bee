// The service over real sockets: models, endpoints, promotion, the planner, stopping.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { SAMPLE_END, eventually, plimsoll, sample_csv, sleep, start_server, temporary_folder,
  write_sample } from "./helpers.mjs";

const NOW = "now=2026-06-15T00:00:00Z";

function train(folder, models, options) {
  const run = plimsoll(["pipeline", "run", "--models", models, "--data",
    write_sample(folder, "train.csv", options)]);
  assert.equal(run.status, 0, run.stdout + run.stderr);
}

async function get_json(server, target) {
  const answer = await fetch(server.url + target);
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return JSON.parse(text);
}

// Rounded up to whole units after snapping away float noise.
const rounded_up = (value) => Math.ceil(value * (1 - 1e-9));

function check_quantities(json, request_multiplier, limit_multiplier) {
  for (const [metric, unit, suffix] of [["cpu", 0.001, "m"], ["memory", 1048576, "Mi"]]) {
    const mean = json.chain[metric].find((step) => step.step === "forecast_mean").value;
    assert.ok(mean > 0);
    const { request, limit, warnings } = json.recommendations[metric];
    assert.equal(request, `${rounded_up((mean * request_multiplier) / unit)}${suffix}`);
    assert.equal(limit, `${rounded_up((mean * limit_multiplier) / unit)}${suffix}`);
    // A part of the mean lies below much of the usage, and the answer says so.
    assert.equal(warnings[0].code, "samples_above_request");
    for (const warning of warnings) {
      assert.ok(warning.samples_above > 0 && warning.samples_above <= warning.samples);
    }
  }
  const mean = json.chain.cpu.find((step) => step.step === "forecast_mean").value;
  assert.ok(Math.abs(json.predictions.cpu_cores - mean) <= 0.5001e-4);
}

function check_common(json) {
  for (const field of ["predictions", "recommendations", "insights", "model_info"]) {
    assert.ok(field in json, field);
  }
  assert.ok(["low", "normal", "high"].includes(json.insights.cpu_utilization));
  assert.ok(["low", "normal", "high"].includes(json.insights.memory_utilization));
  assert.ok(["low", "medium", "high"].includes(json.insights.confidence));
  for (const field of ["model_version", "training_date", "forecast_type"]) {
    assert.equal(typeof json.model_info[field], "string");
  }
  assert.ok(json.predictions.memory_gb > 0.5 && json.predictions.memory_gb < 1.2);
}

test("before a model exists: alive, not ready, 503 as a problem", async (t) => {
  const server = await start_server(t, ["--models", join(temporary_folder(t), "none")]);
  assert.equal((await fetch(`${server.url}/readyz`)).status, 503);
  const health = await (await fetch(`${server.url}/health`)).json();
  assert.equal(health.status, "no_model");
  assert.equal(health.models_loaded, 0);
  const answer = await fetch(`${server.url}/next_week`);
  assert.equal(answer.status, 503);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  const problem = await answer.json();
  assert.equal(problem.status, 503);
  assert.equal(problem.code, "no_model");
});

test("the endpoints answer with the contract's fields and multipliers", async (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  train(folder, models);
  const server = await start_server(t, ["--models", models]);
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);

  const day = await get_json(server, `/next_day?${NOW}`);
  check_common(day);
  check_quantities(day, 0.8, 1.2);
  assert.equal(day.forecast_type, "daily_average");
  assert.equal(day.date, "2026-06-16");
  assert.equal(day.day_of_week, "Tuesday");

  const week = await get_json(server, `/next_week?${NOW}`);
  check_common(week);
  check_quantities(week, 0.8, 1.2);
  assert.equal(week.forecast_type, "weekly_average");
  assert.equal(week.week_start, "2026-06-16");
  assert.equal(week.day_of_week, "Tuesday");
  assert.deepEqual(week.window, { start: "2026-06-16T00:00:00Z", end: "2026-06-23T00:00:00Z" });

  const weekend = await get_json(server, `/next_weekend?${NOW}`);
  check_common(weekend);
  check_quantities(weekend, 0.8, 1.2);
  assert.equal(weekend.prediction_date, "2026-06-20");
  assert.equal(weekend.period, "weekend");

  const month = await get_json(server, `/next_month?${NOW}`);
  check_common(month);
  check_quantities(month, 0.7, 1.5);
  assert.equal(month.forecast_type, "monthly_average");
  assert.equal(month.month, "June 2026");
  assert.equal(month.sampling_method, "4_week_average");
  assert.ok(month.predictions.cpu_range.min <= month.predictions.cpu_range.max);
  assert.equal(typeof month.insights.recommendation_note, "string");

  const moment = await get_json(server, `/?datetime_str=2026-06-18T09:30:00&${NOW}`);
  check_common(moment);
  check_quantities(moment, 0.8, 1.2);
  assert.equal(moment.datetime, "2026-06-18T09:30:00Z");

  // Without now it is the host's clock, far past the sample or before it: an answer all the same.
  const clock = await get_json(server, "/next_week");
  assert.ok(Math.abs(Date.parse(clock.now) / 1000 - Date.now() / 1000) < 60);
  assert.equal("stale" in clock, Date.now() / 1000 > SAMPLE_END + 86400);

  const bare = plimsoll(["request", "--path", `/next_month?${NOW}`, "--models", models]);
  assert.equal(bare.stdout, await (await fetch(`${server.url}/next_month?${NOW}`)).text());

  const info = await get_json(server, "/models/info");
  assert.ok(JSON.stringify(info).includes(week.model_info.model_version.split("+")[0]));
  assert.match((await fetch(`${server.url}/docs`)).headers.get("content-type"), /^text\//);
  assert.match((await get_json(server, "/openapi.json")).openapi, /^3\./);
});

test("several workloads: one must be named, an unknown one is 404", async (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  train(folder, models, { days: 6, names: ["cart", "search"] });
  const server = await start_server(t, ["--models", models]);
  const unnamed = await fetch(`${server.url}/next_day?${NOW}`);
  assert.equal(unnamed.status, 400);
  assert.match(await unnamed.text(), /cart.*search/s);
  assert.equal((await get_json(server, `/next_day?workload=cart&${NOW}`)).workload, "cart");
  const unknown = await fetch(`${server.url}/next_day?workload=nobody`);
  assert.equal(unknown.status, 404);
  assert.equal((await unknown.json()).code, "unknown_workload");
});

test("a newly promoted model is served without a restart", async (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  const server = await start_server(t, ["--models", models]);
  assert.equal((await fetch(`${server.url}/readyz`)).status, 503);
  train(folder, models, { days: 6 });
  await eventually(async () => (await fetch(`${server.url}/readyz`)).status === 200, 2000, "ready");
  const first = await get_json(server, `/next_day?${NOW}`);
  train(folder, models, { days: 6, level: 2 });
  const second = await eventually(async () => {
    const day = await get_json(server, `/next_day?${NOW}`);
    return day.model_info.model_version !== first.model_info.model_version && day;
  }, 2000, "the second model");
  assert.ok(Math.abs(second.predictions.cpu_cores / first.predictions.cpu_cores - 2) < 0.05);
});

test("--data trains at start while the server is up; --web serves the planner", async (t) => {
  const folder = temporary_folder(t);
  const web = join(folder, "web");
  mkdirSync(web);
  writeFileSync(join(web, "index.html"), "<!doctype html><title>Plimsoll</title>");
  writeFileSync(join(web, "core.wasm"), "wasm");
  const server = await start_server(t, ["--models", join(folder, "models"), "--web", web, "--data",
    write_sample(folder, "a.csv", { days: 3 })]);
  const page = await fetch(server.url + "/");
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert.match(page.headers.get("content-security-policy"), /default-src 'none'/);
  assert.match(await page.text(), /Plimsoll/);
  assert.equal((await fetch(`${server.url}/core.wasm`)).headers.get("content-type"),
    "application/wasm");
  assert.equal((await fetch(`${server.url}/missing.wasm`)).status, 404);
  await eventually(async () => (await fetch(`${server.url}/readyz`)).status === 200, 20000,
    "trained from --data");
  assert.equal((await fetch(`${server.url}/?datetime_str=2026-06-18T09:30:00`)).headers
    .get("content-type"), "application/json");
});

test("SIGTERM: a request in flight is answered, later ones are refused, exit 0", async (t) => {
  const server = await start_server(t, ["--models", join(temporary_folder(t), "none")]);
  const names = Array.from({ length: 12 }, (_, i) => `workload-${i}`);
  const body = sample_csv({ days: 20, names });
  const headers = { "Content-Type": "text/csv" };
  const slow = fetch(`${server.url}/v1/plan`, { method: "POST", headers, body })
    .then(async (answer) => ({ status: answer.status, json: await answer.json() }));
  await eventually(async () =>
    /in_flight [2-9]/.test(await (await fetch(`${server.url}/metrics`)).text()), 5000, "in flight");
  const begin = Date.now();
  server.child.kill("SIGTERM");
  await sleep(100);
  const late = await fetch(`${server.url}/livez`).then((answer) => answer.status, () => "refused");
  assert.ok(late === 503 || late === "refused", String(late));
  const { status, json } = await slow;
  assert.equal(status, 200);
  assert.equal(json.workloads.length, names.length);
  assert.deepEqual(await server.exited, { code: 0, signal: null });
  assert.ok(Date.now() - begin < 10000);
});
