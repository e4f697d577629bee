// The repository keeps its architecture; and the checks themselves can fail.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { arrows_up, circles, describe, include_graph, layer_of } from "./layers.mjs";
import { MAX_LINES, complaints_about, includes_of } from "./rules.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const SOURCES = ["core", "native-server", "wasm", "web", "tests"];
const ALLOWED_AT_TOP = new Set([
  "CMakeLists.txt", "CMakePresets.json", "core", "wasm", "web", "native-server", "k8s", "tests",
  "docs", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "package.json",
  "package-lock.json", "kit", "build", "node_modules",
]);

function files_below(folder, ending) {
  let entries = [];
  try {
    entries = readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return entries
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((path) => !/(^|\/)(node_modules|dist|build)\//.test(path));
}

test("C++ files keep the rules", () => {
  const paths = SOURCES.flatMap((folder) => files_below(folder, /\.(cc|h)$/));
  assert.ok(paths.length > 50, `only ${paths.length} files found`);
  const complaints = paths.flatMap((path) =>
    complaints_about(path, readFileSync(join(ROOT, path), "utf8")));
  assert.deepEqual(complaints, []);
});

test("scripts and pages are short too", () => {
  const paths = SOURCES.flatMap((folder) => files_below(folder, /\.(mjs|js|ts|css|html|sh)$/));
  const long = paths.filter(
    (path) => readFileSync(join(ROOT, path), "utf8").split("\n").length > MAX_LINES);
  assert.deepEqual(long, []);
});

const LAYERS = readFileSync(join(ROOT, "core/LAYERS"), "utf8").trim().split("\n");

function graph_of_the_core() {
  const files = files_below("core", /\.(cc|h)$/).map((path) => ({
    path,
    includes: includes_of(readFileSync(join(ROOT, path), "utf8")).map(({ name }) => name),
  }));
  const graph = include_graph(files);
  graph.delete("plimsoll"); // the header that includes all
  return graph;
}

test("the core's layers: no arrow up, no circle", () => {
  const graph = graph_of_the_core();
  const arrows = [...graph.values()].reduce((sum, targets) => sum + targets.size, 0);
  const up = arrows_up(graph, LAYERS);
  const round = circles(graph);
  console.log(describe(graph, LAYERS).join("\n"));
  console.log(`${graph.size} modules, ${arrows} arrows, ${up.length} up, ${round.length} circles`);
  assert.deepEqual(up, []);
  assert.deepEqual(round, []);
  assert.deepEqual([...new Set([...graph.keys()].map(layer_of))].sort(), [...LAYERS].sort());
});

test("an arrow up and a circle are found", () => {
  const graph = include_graph([
    { path: "core/src/base/a.cc", includes: ["plimsoll/data/b.h"] },
    { path: "core/include/plimsoll/data/b.h", includes: [] },
    { path: "core/src/data/b.cc", includes: ["data/c.h"] },
    { path: "core/src/data/c.h", includes: ["data/d.h"] },
    { path: "core/src/data/d.cc", includes: ["plimsoll/data/b.h"] },
  ]);
  assert.deepEqual(arrows_up(graph, ["base", "data"]), ["base/a -> data/b"]);
  assert.deepEqual(circles(graph), ["data/b, data/c, data/d"]);
});

test("the top level holds what belongs there", () => {
  const strangers = readdirSync(ROOT).filter(
    (name) => !name.startsWith(".") && !ALLOWED_AT_TOP.has(name));
  assert.deepEqual(strangers, []);
});

// Each line breaks one rule; a check that lets it pass is not a check.
const OFFENCES = [
  ["core/src/a.cc", "#include <fstream>\n"],
  ["core/src/a.cc", "#include <chrono>\n"],
  ["core/src/a.cc", "#include <nlohmann/json.hpp>\n"],
  ["core/src/a.cc", '#include "native-server/src/log.h"\n'],
  ["core/src/a.cc", "double f(double x) { return std::exp(x); }\n"],
  ["core/src/a.cc", "auto t = std::chrono::steady_clock::now();\n"],
  ["core/src/a.cc", "std::normal_distribution<double> d;\n"],
  ["core/src/a.cc", "double s = a.dot(b);\n"],
  ["core/src/a.cc", "auto x = m.ldlt();\n"],
  ["core/src/a.cc", "void f() { std::abort(); }\n"],
  ["core/src/a.cc", 'void f() { snprintf(b, 1, "x"); }\n'],
  ["core/include/plimsoll/plan/plan.h", '#include "codec/json.h"\n'],
  ["native-server/src/a.cc", '#include "core/src/json.h"\n'],
  ["wasm/a.cc", '#include "native-server/src/log.h"\n'],
  ["native-server/src/a.cc", "\n".repeat(MAX_LINES + 1)],
];
for (const [path, text] of OFFENCES) {
  test(`an offence is found: ${path} ${JSON.stringify(text).slice(0, 50)}`, () => {
    assert.notDeepEqual(complaints_about(path, text), []);
  });
}

test("comments, strings and our own functions are no offence", () => {
  const text =
    '// std::exp( and <fstream>\nconst char* a = "abort()";\ndouble b = portable_exp(1.0);\n' +
    '#include "plimsoll/status.h"\n';
  assert.deepEqual(complaints_about("core/src/a.cc", text), []);
});
