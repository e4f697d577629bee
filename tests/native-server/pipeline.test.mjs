// The four stages, together and one by one, over a model store.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { plimsoll, sample_csv, temporary_folder, write_sample } from "./helpers.mjs";

const stages_of = (models, name) =>
  JSON.parse(readFileSync(join(models, name, "stages.json"), "utf8"));

const model_folders = (models) =>
  readdirSync(models).filter((name) => existsSync(join(models, name, "stages.json"))).sort();

test("pipeline run trains and promotes in one run", (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "new", "models");
  const run = plimsoll(["pipeline", "run", "--data", write_sample(folder, "a.csv"), "--models",
    models]);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  const report = JSON.parse(run.stdout);
  assert.equal(report.validation.validation_status, "PASSED");
  assert.equal(report.features.total_records, 14 * 288);
  assert.ok(report.features.columns.includes("timestamp"));
  assert.equal(report.features.date_range.end, "2026-06-14T23:55:00Z");
  assert.deepEqual(report.training.models.map((model) => model.status), ["trained", "trained"]);
  assert.deepEqual(report.model_validation.models.map((model) => model.overall_status),
    ["PASSED", "PASSED"]);
  assert.deepEqual(model_folders(models),
    ["modular-cpu_prophet_model", "modular-memory_prophet_model"]);
  for (const name of model_folders(models)) {
    const { Staging, Production } = stages_of(models, name);
    assert.equal(Staging, null);
    assert.match(Production, /^[0-9a-f]{16}$/);
    assert.deepEqual(readdirSync(join(models, name, "versions")), [`${Production}.json`]);
  }
});

test("each stage runs alone, through the store", (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  const run = (stage, ...args) => plimsoll(["pipeline", stage, "--models", models, ...args]);
  assert.equal(run("validate", "--data", write_sample(folder, "a.csv")).status, 0);
  assert.ok(existsSync(join(models, "modular-validation_report.json")));
  const features = run("features");
  assert.equal(features.status, 0, features.stderr);
  assert.match(readFileSync(join(models, "modular-prophet_ready_data.csv"), "utf8"),
    /^namespace,workload,container,timestamp,cpu,memory\n/);
  const train = run("train");
  assert.equal(train.status, 0, train.stdout + train.stderr);
  const version = stages_of(models, "modular-cpu_prophet_model").Staging;
  assert.match(version, /^[0-9a-f]{16}$/);
  assert.equal(stages_of(models, "modular-cpu_prophet_model").Production, null);
  assert.equal(run("validate-model").status, 0);
  assert.deepEqual(stages_of(models, "modular-cpu_prophet_model"),
    { Staging: null, Production: version });

  // The same data through all four at once gives the same models.
  const other = join(folder, "other");
  assert.equal(plimsoll(["pipeline", "run", "--models", other, "--data", join(folder, "a.csv")])
    .status, 0);
  assert.equal(stages_of(other, "modular-cpu_prophet_model").Production, version);
});

test("a stage without what it needs exits 2 and names the file", (t) => {
  const models = temporary_folder(t);
  for (const stage of ["features", "train"]) {
    const run = plimsoll(["pipeline", stage, "--models", models]);
    assert.equal(run.status, 2);
    assert.ok(run.stderr.includes(models), run.stderr);
  }
});

test("data that FAILED stops the pipeline and leaves served models untouched", (t) => {
  const folder = temporary_folder(t);
  const models = join(folder, "models");
  assert.equal(plimsoll(["pipeline", "run", "--models", models, "--data",
    write_sample(folder, "good.csv")]).status, 0);
  const before = stages_of(models, "modular-cpu_prophet_model");
  const bad = join(folder, "bad.csv");
  writeFileSync(bad, sample_csv({ days: 5, level: 2 }).replace(/,0\.\d+,/, ",,"));
  const failed = plimsoll(["pipeline", "run", "--models", models, "--data", bad]);
  assert.equal(failed.status, 1, failed.stderr);
  assert.equal(JSON.parse(failed.stdout).validation.validation_status, "FAILED");
  assert.deepEqual(Object.keys(JSON.parse(failed.stdout)), ["validation"]);
  assert.deepEqual(stages_of(models, "modular-cpu_prophet_model"), before);
  const tolerated = plimsoll(["pipeline", "run", "--models", models, "--data", bad,
    "--tolerate-missing"]);
  assert.equal(tolerated.status, 0, tolerated.stdout);
  assert.notDeepEqual(stages_of(models, "modular-cpu_prophet_model"), before);
});

test("one workload without enough data does not stop the others", (t) => {
  const folder = temporary_folder(t);
  const data = join(folder, "many.csv");
  writeFileSync(data, sample_csv({ names: ["cart", "api_v1.x"] }) +
    "2026-06-14T23:55:00Z,tiny,0.1,1000000\n");
  const models = join(folder, "models");
  const run = plimsoll(["pipeline", "run", "--models", models, "--data", data,
    "--tolerate-missing"]);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  const { training } = JSON.parse(run.stdout);
  assert.ok(training.models.some((model) =>
    model.workload === "tiny" && model.status === "not_enough_data" && model.reason));
  assert.deepEqual(model_folders(models), [
    "modular-cpu_prophet_model..api_5Fv1_2Ex.", "modular-cpu_prophet_model..cart.",
    "modular-memory_prophet_model..api_5Fv1_2Ex.", "modular-memory_prophet_model..cart."]);
});

test("a series that is not trusted is left out, said and no model", (t) => {
  const folder = temporary_folder(t);
  const data = join(folder, "mib.csv");
  writeFileSync(data, sample_csv({ days: 5 }).replace(/mem[a-z_0-9]*/, "memory_mib"));
  const models = join(folder, "models");
  const run = plimsoll(["pipeline", "run", "--models", models, "--data", data]);
  assert.equal(run.status, 1, run.stdout + run.stderr);
  const { validation, features, training } = JSON.parse(run.stdout);
  assert.equal(validation.validation_status, "PASSED");
  assert.deepEqual(features.left_out.map(({ metric }) => metric), ["memory"]);
  assert.match(features.left_out[0].reason, /unit\.memory=bytes/);
  assert.deepEqual(training.models.map(({ metric }) => metric), ["cpu"]);
  assert.deepEqual(model_folders(models), ["modular-cpu_prophet_model"]);
});

test("units and settings survive the way through the store", (t) => {
  const folder = temporary_folder(t);
  const data = join(folder, "percent.csv");
  const [header, ...rows] = sample_csv({ days: 5, level: 100 }).trim().split("\n");
  writeFileSync(data, [`${header},cpu_request`, ...rows.map((row) => `${row},250m`)].join("\n"));
  const models = join(folder, "models");
  const run = plimsoll(["pipeline", "run", "--models", models, "--data", data, "--unit",
    "cpu=percent"]);
  assert.equal(run.status, 0, run.stdout + run.stderr);
  const name = "modular-cpu_prophet_model";
  const model = JSON.parse(readFileSync(join(models, name, "versions",
    `${stages_of(models, name).Production}.json`), "utf8"));
  assert.equal(model.unit, "percent");
  assert.match(JSON.stringify(model), /"request":0\.25\b/);
});
