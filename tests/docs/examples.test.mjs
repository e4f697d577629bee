// Every fenced `sh` and `js` example of README.md and docs/ runs and succeeds, in order, against a
// server that has the models the examples train; links lead somewhere.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { plimsoll, start_server } from "../native-server/helpers.mjs";

const TOP = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const MODELS = join(TOP, "build", "example-models");
const PAGES = ["README.md", ...readdirSync(join(TOP, "docs")).filter((name) => name.endsWith(".md"))
  .map((name) => join("docs", name))];
const EXAMPLE = /^```(sh|js)\n(.*?)^```$/gms;
const LINK = /\]\((?!https?:)([^)#]+)\)/g;

// What an example prints, where the page's reader is told what to expect.
const PRINTS = new Map([
  ["recommend web/public/sample.csv", /default +cpu +week .* 162m +243m +medium/],
  ["now=2019-02-02T22:10:00Z", /"cpu":\{"request":"162m","limit":"243m",/],
  ["format=csv' \\\n  --body web/public/sample.csv", /,default,,cpu,ok,week,2019-02-03T00:00:00Z,2019-02-10T00:00:00Z/],
  ["--periods 10 --freq 1d", /\n2020-01-30 00:00:00,29\.2828108447/],
  ["head -4 build/cross-validation.csv", /^ds,cutoff,y,yhat,yhat_lower,yhat_upper\n201[04]-/],
  ["--search", /^\{"schema_version":1,"results":\[\{"changepoint_prior_scale":0\.001/],
  ["/v1/forecast", /^ds,yhat,yhat_lower,yhat_upper,.*\n2014-03-01 00:00:00,0\.12/],
  ["when,load", /"code":"missing_column"/],
  ["loadPlimsoll", /^200 162m 243m\n$/],
  ["find build/example-models", /modular-cpu_prophet_model\/stages\.json/],
]);

let server;
const cleanups = [];

before(async () => {
  rmSync(MODELS, { recursive: true, force: true });
  const data = join(TOP, "web", "public", "sample.csv");
  assert.equal(plimsoll(["pipeline", "run", "--data", data, "--models", MODELS]).status, 0);
  server = await start_server({ after: (cleanup) => cleanups.push(cleanup) }, ["--models", MODELS]);
});

after(() => cleanups.forEach((cleanup) => cleanup()));

function run(language, text) {
  const here = text.replaceAll("localhost:8003", new URL(server.url).host);
  const [command, ...args] = language === "sh"
    ? ["bash", "-euo", "pipefail", "-c", here]
    : [process.execPath, "--input-type=module", "-e", here];
  return spawnSync(command, args, { cwd: TOP, encoding: "utf8", maxBuffer: 1 << 28 });
}

for (const page of PAGES) {
  const text = readFileSync(join(TOP, page), "utf8");
  for (const [, language, example] of text.matchAll(EXAMPLE)) {
    test(`${page}: ${example.split("\n", 1)[0]}`, () => {
      const { status, stdout, stderr } = run(language, example);
      assert.equal(status, 0, stderr);
      for (const [part, expected] of PRINTS) {
        if (example.includes(part)) assert.match(stdout, expected);
      }
    });
  }
  test(`${page}: links`, () => {
    for (const [, target] of text.matchAll(LINK)) {
      assert.ok(existsSync(join(TOP, dirname(page), target)), `${page} links to ${target}`);
    }
  });
}

test("every expectation belongs to an example", () => {
  const all = PAGES.map((page) => readFileSync(join(TOP, page), "utf8")).join("\n");
  for (const part of PRINTS.keys()) assert.ok(all.includes(part), part);
});
