// The table of parameters in docs/api.md is printed from what the endpoints take. After a change of
// core/include/plimsoll/api/options.h: UPDATE_DOCS=1 node --test tests/docs/parameters.test.mjs
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DATA, plimsoll } from "../native-server/helpers.mjs";

const PAGE = join(DATA, "..", "..", "docs", "api.md");
const MARKED = /(<!-- parameters: .*? -->\n)(.*?)(<!-- end of parameters -->)/s;

const code = (text) => `\`${text}\``;

function values_of({ type, format, minimum, maximum, enum: choices }) {
  if (choices) return choices.map(code).join(", ");
  if (maximum !== undefined) return `${minimum} to ${maximum}`;
  return format === "date-time" ? "a moment" : { integer: "a natural number", number: "a number" }[type] ?? "";
}

// A row a parameter, with the endpoints that take it in the same words.
function table() {
  const { paths } = JSON.parse(plimsoll(["request", "--path", "/openapi.json"]).stdout);
  const rows = new Map();
  for (const [path, operations] of Object.entries(paths)) {
    for (const { name, description, schema } of Object.values(operations)[0].parameters) {
      const [, summary, fallback = ""] = /^(.*?)(?: \(default: (.*)\))?$/.exec(description);
      const row = [code(name), summary, values_of(schema), fallback].join(" | ");
      rows.set(row, [...(rows.get(row) ?? []), code(path)]);
    }
  }
  return ["| parameter | what it says | values | without it | of |", "|---|---|---|---|---|",
    ...[...rows].map(([row, of]) => `| ${row} | ${of.join(" ")} |`)].join("\n") + "\n";
}

test("docs/api.md lists the parameters that the endpoints take", () => {
  const page = readFileSync(PAGE, "utf8");
  const expected = page.replace(MARKED, (_, begin, __, end) => begin + table() + end);
  assert.match(page, MARKED);
  if (process.env.UPDATE_DOCS) return writeFileSync(PAGE, expected);
  assert.equal(page, expected);
});
