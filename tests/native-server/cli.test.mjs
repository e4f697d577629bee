// The command line as CONTRACT describes it: outputs, exit codes, diagnostics.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { plimsoll, sample_csv, temporary_folder, write_sample } from "./helpers.mjs";

test("help and version print to standard output and exit 0", () => {
  assert.equal(plimsoll(["--help"]).status, 0);
  assert.match(plimsoll(["--version"]).stdout, /^\d+\.\d+\.\d+\n$/);
});

test("bad usage exits 2 and prints nothing on standard output", () => {
  for (const args of [
    [], ["unknown"], ["validate"], ["validate", "a.csv", "--unknown"], ["recommend", "-",
      "--format", "xml"], ["recommend", "-", "--policy", "none"], ["recommend", "-", "--horizon",
      "year"], ["validate", "-", "--now", "soon"], ["validate", "-", "--tz", "Mars"],
    ["validate", "-", "--map", "cpu"], ["predict", "--model", "m.json"],
    ["predict", "--model", "m.json", "--periods", "3"], ["pipeline"],
    ["pipeline", "run", "--models", "m"], ["fit", "--data", "-"],
  ]) {
    const run = plimsoll(args, sample_csv({ days: 2 }));
    assert.equal(run.status, 2, args.join(" ") + run.stderr);
    assert.equal(run.stdout, "", args.join(" "));
    assert.notEqual(run.stderr, "", args.join(" "));
  }
});

test("a file that cannot be read exits 2 and is named", () => {
  for (const args of [["validate", "/nonexistent/a.csv"], ["recommend", "/nonexistent/a.csv"],
    ["fit", "--data", "/nonexistent/a.csv", "--model", "/tmp/x"],
    ["predict", "--model", "/nonexistent/a.csv", "--periods", "1", "--freq", "1h"],
    ["pipeline", "run", "--data", "/nonexistent/a.csv", "--models", "/nonexistent/m"],
    ["request", "--method", "POST", "--path", "/v1/plan", "--body", "/nonexistent/a.csv"]]) {
    const run = plimsoll(args);
    assert.equal(run.status, 2, args.join(" "));
    assert.match(run.stderr, /\/nonexistent\/a\.csv/);
    assert.equal(run.stdout, "");
  }
});

test("validate: PASSED exits 0, FAILED exits 1, unreadable exits 2", (t) => {
  const folder = temporary_folder(t);
  const good = write_sample(folder, "good.csv", { days: 5 });
  const passed = plimsoll(["validate", good, "--json"]);
  assert.equal(passed.status, 0, passed.stderr);
  const report = JSON.parse(passed.stdout);
  assert.equal(report.validation_status, "PASSED");
  assert.equal(report.record_count, 1440);
  assert.match(plimsoll(["validate", good]).stdout, /validation_status: PASSED/);

  const short = write_sample(folder, "short.csv", { days: 2 });
  const failed = plimsoll(["validate", short, "--json"]);
  assert.equal(failed.status, 1);
  assert.equal(JSON.parse(failed.stdout).validation_status, "FAILED");
  assert.equal(plimsoll(["validate", short, "--min-records", "10"]).status, 0);

  assert.equal(plimsoll(["validate", "-"], "").status, 2);
});

test("validate reads standard input, mappings and units", () => {
  const csv = sample_csv({ days: 5 }).replace("cpu_mean_5m", "used").replace("timestamp", "when");
  const run = plimsoll(["validate", "-", "--json", "--map", "timestamp=when,cpu=used", "--unit",
    "cpu=millicores"], csv);
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stdout, /millicores|declared/);
});

test("recommend --format json is what POST /v1/plan answers, byte for byte", (t) => {
  const file = write_sample(temporary_folder(t), "a.csv", { days: 8 });
  for (const [flags, query] of [
    [[], ""],
    [["--now", "2026-06-20T00:00:00Z"], "?now=2026-06-20T00:00:00Z"],
    [["--horizon", "week", "--tz", "+02:00"], "?horizon=week&tz=%2B02:00"],
  ]) {
    const recommended = plimsoll(["recommend", file, "--format", "json", ...flags]);
    assert.equal(recommended.status, 0, recommended.stderr);
    const planned = plimsoll(["request", "--method", "POST", "--path", "/v1/plan" + query,
      "--body", file]);
    assert.equal(planned.status, 0, planned.stdout.slice(0, 500));
    assert.ok(recommended.stdout === planned.stdout, `not the same bytes for ${query}`);
    assert.equal(JSON.parse(recommended.stdout).workloads.length, 1);
  }
});

test("recommend prints a table, CSV and YAML", (t) => {
  const file = write_sample(temporary_folder(t), "a.csv", { days: 8 });
  const table = plimsoll(["recommend", file]);
  assert.equal(table.status, 0);
  const lines = table.stdout.trim().split("\n");
  assert.equal(lines.filter((line) => !line.startsWith("  ")).length, 9, table.stdout);
  assert.ok(lines.some((line) =>
    /^ {2}cpu, day: \d+ of 2304 samples of the history lie above the limit of \d+m;/.test(line)), table.stdout);
  assert.match(table.stdout, /\bcpu\b.*\bweek\b.*cores.*\d+m\b.*\d+m\b/);
  assert.match(table.stdout, /\bmemory\b.*\bday\b.*GB.*\d+Mi\b/);
  const csv = plimsoll(["recommend", file, "--format", "csv", "--horizon", "day"]);
  assert.match(csv.stdout, /^namespace,workload,container,metric,.*horizon,.*request,limit,confidence\n/);
  const yaml = plimsoll(["recommend", file, "--format", "yaml"]).stdout;
  assert.match(yaml, /cpu: "?\d+m/);
  assert.match(yaml, /^# "cpu: \d+ of 2304 samples of the history lie above the limit of \d+m;/m);
});

test("fit and predict: a model file and a CSV of forecasts", (t) => {
  const folder = temporary_folder(t);
  const data = join(folder, "train.csv");
  const rows = sample_csv({ days: 7 }).trim().split("\n").slice(1);
  writeFileSync(data, "ds,y\n" + rows.map((row) => row.split(",").slice(0, 2).join(","))
    .join("\n") + "\n");
  const config = join(folder, "config.json");
  writeFileSync(config, JSON.stringify({ n_changepoints: 5, weekly_seasonality: false }));
  const model = join(folder, "model.json");
  const fit = plimsoll(["fit", "--data", data, "--config", config, "--model", model, "--timings"]);
  assert.equal(fit.status, 0, fit.stderr);
  assert.equal(fit.stdout, "");
  const timings = JSON.parse(fit.stderr.trim().split("\n").at(-1));
  assert.ok(timings.total >= timings.train && timings.train > 0, fit.stderr);
  const fitted = JSON.parse(readFileSync(model, "utf8"));
  for (const field of ["params", "feature_names", "changepoints", "log_posterior", "kkt_residual",
    "kkt_relative", "config", "scaling", "schema_version"]) {
    assert.ok(field in fitted, field);
  }
  assert.equal(fitted.params.delta.length, 5);
  assert.ok(fitted.kkt_relative < 1e-6, String(fitted.kkt_relative));

  const steps = plimsoll(["predict", "--model", model, "--periods", "3", "--freq", "5min"]);
  assert.equal(steps.status, 0, steps.stderr);
  const lines = steps.stdout.trim().split("\n");
  assert.match(lines[0], /^ds,yhat,yhat_lower,yhat_upper,trend/);
  assert.equal(lines.length, 4);
  assert.match(lines[1], /^2026-06-15[ T]00:00:00/);

  const at = join(folder, "at.csv");
  writeFileSync(at, "ds\n2026-06-20\n2026-06-10 12:00:00\n");
  const moments = plimsoll(["predict", "--model", model, "--at", at, "--interval-width", "0.5"]);
  assert.equal(moments.status, 0, moments.stderr);
  const [, future, past] = moments.stdout.trim().split("\n");
  assert.ok(future.startsWith("2026-06-20") && past.startsWith("2026-06-10"));

  writeFileSync(config, '{"n_changepoint": 5}');
  const unknown = plimsoll(["fit", "--data", data, "--config", config, "--model", model]);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /n_changepoint/);
});

test("request prints the body alone; the exit code follows the status", () => {
  const ok = plimsoll(["request", "--path", "/livez"]);
  assert.equal(ok.status, 0, ok.stderr);
  assert.match(ok.stderr, /^200 /);
  const missing = plimsoll(["request", "--method", "GET", "--path", "/nowhere"]);
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /^404 application\/problem\+json\n$/);
  assert.equal(JSON.parse(missing.stdout).status, 404);
  const empty = plimsoll(["request", "--path", "/next_week", "--models", "/nonexistent"]);
  assert.equal(empty.status, 1);
  assert.match(empty.stderr, /^503 /);
});
