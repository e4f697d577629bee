// The command line and the request function are two doors to one house: what one refuses, ignores or
// takes, so does the other.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { plimsoll, sample_csv, temporary_folder } from "./helpers.mjs";

const ROUTES = JSON.parse(plimsoll(["request", "--path", "/openapi.json"]).stdout).paths;
const options_of = (path) => ROUTES[path].post.parameters;

// A command and the endpoint that does the same, with the flags that only files or terminals need.
const PAIRS = [
  ["validate", "/v1/validate", ["json"]],
  ["recommend", "/v1/plan", []],
  ["fit", "/v1/fit", ["data", "config", "model"]],
  ["predict", "/v1/forecast",
    ["model", "at", "periods", "freq", "include-history"]],
  ["cross-validate", "/v1/cross-validate", ["data", "config", "cutoffs", "metrics", "search"]],
];
// What the files' form makes needless at the terminal, or a request: points of a chart, moments from
// to, fitting while forecasting.
const ONLY_IN_QUERIES = {
  recommend: ["points"],
  predict: ["start", "end", "step", "horizon", "tz", "preset", "format", "map.y"],
  "cross-validate": ["format"],
};

const flags_of = (command) => {
  const help = plimsoll([...command.split(" "), "--help"]).stdout;
  return new Map([...help.matchAll(/^ +(?:-\w,)?--([a-z-]+)(.*(?:\n {20,}.*)*)/gm)]
    .map(([, flag, text]) => [flag, text.replace(/\s+/g, " ")]));
};

for (const [command, path, own] of PAIRS) {
  test(`${command} has the options of ${path}, in the same words and bounds`, () => {
    const flags = flags_of(command);
    const known = new Set(["help", "timings", "map", "unit", ...own]);
    for (const { name, description, schema } of options_of(path)) {
      if (ONLY_IN_QUERIES[command]?.includes(name)) continue;
      if (/^(map|unit)\./.test(name)) {
        const [group, role] = name.split(".");
        assert.match(flags.get(group), new RegExp(`[ ,;]${role}=`), name);
        continue;
      }
      const flag = name.replaceAll("_", "-");
      known.add(flag);
      assert.ok(flags.has(flag), `${command} lacks --${flag}`);
      if (flag === "format") continue; // a table is for terminals
      const words = description.replace(/ \(default: .*\)$/, "");
      assert.ok(flags.get(flag).toLowerCase().includes(words.toLowerCase()), `--${flag}: ${words}`);
      if (schema.maximum !== undefined) {
        assert.match(flags.get(flag), new RegExp(`in \\[${schema.minimum === 1e-6 ? "1e-06"
          : schema.minimum} - ${schema.maximum}\\]`));
      }
    }
    assert.deepEqual([...flags.keys()].filter((flag) => !known.has(flag)), []);
  });
}

test("a flag that a command does not use is refused", (t) => {
  const folder = temporary_folder(t);
  const data = join(folder, "ds_y.csv");
  writeFileSync(data, "ds,y\n2026-01-01,1\n");
  for (const args of [
    ["predict", "--model", data, "--periods", "3", "--tz", "+01:00"],
    ["predict", "--model", data, "--periods", "3", "--now", "2026-01-01"],
    ["predict", "--model", data, "--periods", "3", "--unit", "cpu=cores"],
    ["predict", "--model", data, "--periods", "3", "--map", "timestamp=ds"],
    ["predict", "--model", data, "--at", data, "--map", "y=ds"],
    ["fit", "--data", data, "--model", data, "--unit", "cpu=cores"],
    ["fit", "--data", data, "--model", data, "--map", "cpu=y"],
    ["cross-validate", "--data", data, "--horizon", "1 day", "--now", "2026-01-01"],
    ["cross-validate", "--data", data, "--horizon", "1 day", "--map", "memory=y"],
    ["cross-validate", "--data", data, "--horizon", "1 day", "--rolling-window", "0.5"],
    ["validate", data, "--tz", "UTC"],
    ["validate", data, "--now", "2026-01-01"],
    ["validate", data, "--map", "gpu=y"],
    ["validate", data, "--unit", "disk=bytes"],
    ["request", "--path", "/livez", "--tz", "UTC"],
    ["request", "--path", "/livez", "--map", "cpu=x"],
    ["request", "--path", "/livez", "--unit", "cpu=cores"],
    ["pipeline", "run", "--data", data, "--models", folder, "--tz", "UTC"],
    ["pipeline", "train", "--models", folder, "--data", data],
    ["pipeline", "train", "--models", folder, "--min-records", "3"],
    ["pipeline", "features", "--models", folder, "--preset", "seed"],
    ["pipeline", "validate-model", "--models", folder, "--now", "2026-01-01"],
  ]) {
    const run = plimsoll(args);
    assert.equal(run.status, 2, args.join(" "));
    assert.equal(run.stdout, "");
    assert.notEqual(run.stderr, "");
  }
});

const post = (path, body, t) => {
  const file = join(temporary_folder(t), "body");
  writeFileSync(file, body);
  const run = plimsoll(["request", "--method", "POST", "--path", path, "--body", file]);
  return { status: Number(run.stderr.split(" ")[0]), body: run.stdout };
};

test("a parameter that an endpoint does not use is refused", (t) => {
  const usage = sample_csv({ days: 2 });
  for (const option of ["horizon=week", "policy=seed", "preset=auto", "points=0", "tz=UTC",
    "now=2026-01-01", "format=json", "map.y=x", "unit.y=cores"]) {
    const answer = post(`/v1/validate?${option}`, usage, t);
    assert.equal(answer.status, 400, option);
    assert.equal(JSON.parse(answer.body).code, "unknown_parameter");
  }
});

const DS_Y = `when,y\n${Array.from({ length: 60 }, (_, i) =>
  `${new Date(Date.UTC(2026, 0, 1 + i)).toISOString()},${1 + (i % 7)}`).join("\n")}\n`;

test("a column is named for data and for the moments of `at`, in both", (t) => {
  const folder = temporary_folder(t);
  const [data, model, at] = ["data.csv", "model.json", "at.csv"].map((name) => join(folder, name));
  const moments = "when\n2026-03-05T00:00:00Z\n2026-03-06T00:00:00Z\n";
  writeFileSync(data, DS_Y);
  writeFileSync(at, moments);
  assert.equal(plimsoll(["fit", "--data", data, "--model", model, "--map", "timestamp=when"]).status, 0);
  const mine = plimsoll(["predict", "--model", model, "--at", at, "--map", "timestamp=when"]);
  assert.equal(mine.status, 0, mine.stderr);
  const answer = post("/v1/forecast?format=csv&map.timestamp=when",
    JSON.stringify({ model: JSON.parse(readFileSync(model, "utf8")), at: moments }), t);
  assert.equal(answer.status, 200, answer.body);
  assert.equal(answer.body, mine.stdout);
});

test("an interval width has the same bounds in both", (t) => {
  const folder = temporary_folder(t);
  const [data, model] = ["data.csv", "model.json"].map((name) => join(folder, name));
  writeFileSync(data, DS_Y.replace("when", "ds"));
  assert.equal(plimsoll(["fit", "--data", data, "--model", model]).status, 0);
  for (const [width, good] of [["1e-6", true], ["0.999999", true], ["1e-7", false], ["0", false],
    ["1", false], ["0.9999999", false]]) {
    const run = plimsoll(["predict", "--model", model, "--periods", "1", "--interval-width", width]);
    const answer = post(`/v1/forecast?interval_width=${width}`, DS_Y.replace("when", "ds"), t);
    assert.deepEqual([run.status, answer.status], good ? [0, 200] : [2, 400], width);
  }
});

test("a holiday's day is that of the zone, in both", (t) => {
  const folder = temporary_folder(t);
  const [data, config, model] = ["data.csv", "config.json", "model.json"]
    .map((name) => join(folder, name));
  // Hourly; the whole of 2 February in Berlin, which begins at 23:00 UTC, is 5 higher.
  const begin = Date.UTC(2026, 1, 1, 23);
  const rows = Array.from({ length: 24 * 60 }, (_, i) => Date.UTC(2026, 0, 1) + i * 3600e3)
    .map((at) => `${new Date(at).toISOString()},${at >= begin && at < begin + 24 * 3600e3 ? 6 : 1}`);
  writeFileSync(data, `ds,y\n${rows.join("\n")}\n`);
  const settings = { holidays: [{ holiday: "closed", ds: "2026-02-02" }], daily_seasonality: false,
    weekly_seasonality: false, yearly_seasonality: false, n_changepoints: 0 };
  writeFileSync(config, JSON.stringify(settings));
  const fit = plimsoll(["fit", "--data", data, "--config", config, "--model", model, "--tz", "+01:00"]);
  assert.equal(fit.status, 0, fit.stderr);
  const fitted = JSON.parse(readFileSync(model, "utf8"));
  assert.equal(fitted.config.holidays_tz, "+01:00");
  assert.ok(fitted.params.sigma_obs < 1e-6, "the holiday explains all");
  const answer = post("/v1/fit?tz=%2B01:00",
    JSON.stringify({ data: readFileSync(data, "utf8"), config: settings }), t);
  assert.equal(answer.body, readFileSync(model, "utf8"));
  const in_config = post("/v1/fit", JSON.stringify({ data: readFileSync(data, "utf8"),
    config: { ...settings, holidays_tz: "+01:00" } }), t);
  assert.equal(in_config.body, answer.body);

  const at = join(folder, "at.csv");
  writeFileSync(at, "ds\n2026-02-01T22:00:00Z\n2026-02-01T23:00:00Z\n2026-02-02T23:00:00Z\n");
  const forecast = plimsoll(["predict", "--model", model, "--at", at]).stdout.trim().split("\n")
    .slice(1).map((row) => Math.round(Number(row.split(",")[1])));
  assert.deepEqual(forecast, [1, 6, 1]);
  const exported = plimsoll(["export", "prophet", model]);
  assert.equal(exported.status, 2);
  assert.match(exported.stderr, /holidays_tz/);
});

test("the two doors give the same bytes", (t) => {
  const folder = temporary_folder(t);
  const [usage, data, model] = ["usage.csv", "data.csv", "model.json"].map((name) => join(folder, name));
  writeFileSync(usage, sample_csv({ days: 10, names: ["web", "api"] }));
  writeFileSync(data, DS_Y.replace("when", "ds"));
  const text = (file) => readFileSync(file, "utf8");
  for (const [args, path, body, status = 0] of [
    [["validate", usage, "--json"], "/v1/validate", text(usage)],
    [["validate", usage, "--json", "--unit", "cpu=percent", "--min-records", "9000"],
      "/v1/validate?unit.cpu=percent&min_records=9000", text(usage), 1],
    [["recommend", usage, "--format", "json"], "/v1/plan", text(usage)],
    [["recommend", usage, "--format", "csv", "--horizon", "day", "--policy", "seed", "--tz", "+02:00"],
      "/v1/plan?format=csv&horizon=day&policy=seed&tz=%2B02:00", text(usage)],
    [["recommend", usage, "--format", "yaml", "--preset", "prophet", "--now", "2026-06-20"],
      "/v1/plan?format=yaml&preset=prophet&now=2026-06-20", text(usage)],
    [["fit", "--data", data, "--model", model, "--preset", "prophet"], "/v1/fit?preset=prophet", text(data)],
    [["cross-validate", "--data", data, "--horizon", "5 days", "--interval-width", "0.9"],
      "/v1/cross-validate?horizon=5%20days&interval_width=0.9&format=csv", text(data)],
  ]) {
    const mine = plimsoll(args);
    const answer = post(path, body, t);
    const printed = args.includes(model) ? text(model) : mine.stdout;
    assert.deepEqual([mine.status, answer.status], [status, 200], mine.stderr);
    assert.ok(printed.trimEnd() === answer.body.trimEnd(), args.join(" "));
  }
});
