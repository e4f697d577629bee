// What the architecture forbids, as functions from (path, text) to complaints.

// The core computes: no file, clock, thread, randomness of the library, locale or exit; and no
// function of the C library whose last bit differs between hosts.
const IMPURE_HEADERS = [
  "fstream", "iostream", "ostream", "istream", "sstream", "iomanip", "thread", "mutex", "atomic",
  "filesystem", "random", "locale", "regex", "ctime", "chrono", "cstdio", "future",
];
const IMPURE_PATTERNS = [
  [/\bgetenv\b/, "getenv"],
  [/\b(system_clock|steady_clock)\b/, "a clock"],
  [/\b(abort|exit|_Exit|terminate)\s*\(/, "ending the process"],
  [/\b(f|s|sn|vsn)?printf\s*\(/, "printf"],
  [/\bstd::(sin|cos|tan|exp|expm1|exp2|log|log1p|log2|log10|pow|tanh|sinh|cosh|erf|erfc)\s*\(/,
    "a transcendental function that differs between hosts"],
  [/_distribution\s*</, "a distribution that differs between libraries"],
  [/\.(ldlt|llt|dot|partialPivLu|colPivHouseholderQr)\s*\(/,
    "an Eigen reduction that follows the packet width"],
];

const MAY_USE_NLOHMANN = /^core\/src\/(codec\/json|base\/number_text|.*_(json|writer|reader|document)|plan\/kubernetes|api\/.*|data\/workload_key_text|codec\/problem)\.(cc|h)$/;

export const MAX_LINES = 400;

// The text without comments and string literals, line for line.
export function code_of(text) {
  return text
    .replace(/R"\(([\s\S]*?)\)"/g, (all) => all.replace(/[^\n]/g, " "))
    .replace(/\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|\/\*[\s\S]*?\*\//g, (all) =>
      all.startsWith('"') ? all : all.replace(/[^\n]/g, " "));
}

export function includes_of(text) {
  return [...code_of(text).matchAll(/^\s*#\s*include\s*([<"])([^>"]+)[>"]/gm)].map((match) => ({
    system: match[1] === "<",
    name: match[2],
  }));
}

function without_strings(text) {
  return code_of(text).replace(/"(?:\\.|[^"\\\n])*"/g, '""');
}

function core_complaints(path, text) {
  const complaints = [];
  for (const { system, name } of includes_of(text)) {
    if (system && IMPURE_HEADERS.includes(name)) complaints.push(`<${name}> in the core`);
    if (name.startsWith("nlohmann/") && !MAY_USE_NLOHMANN.test(path)) {
      complaints.push("nlohmann outside the codec");
    }
    if (/(native-server|wasm|pistache|spdlog|CLI)\//.test(name)) {
      complaints.push(`the core includes ${name}`);
    }
    if (path.startsWith("core/include/") && !system && !name.startsWith("plimsoll/")) {
      complaints.push(`a public header includes ${name}`);
    }
  }
  for (const [pattern, what] of IMPURE_PATTERNS) {
    if (pattern.test(without_strings(text))) complaints.push(what);
  }
  return complaints;
}

// Hosts know the core by its public headers alone, and not one another.
function host_complaints(path, text) {
  const host = path.split("/")[0];
  return includes_of(text)
    .filter(({ system, name }) => !system && name.includes("/") && !name.startsWith("plimsoll/"))
    .map(({ name }) => `${host} includes ${name}`);
}

// Every complaint about one C++ file; `path` is relative to the repository.
export function complaints_about(path, text) {
  const complaints = [];
  if (path.startsWith("core/")) {
    complaints.push(...core_complaints(path, text));
  } else if (/^(native-server|wasm)\//.test(path)) {
    complaints.push(...host_complaints(path, text));
  }
  if (text.split("\n").length > MAX_LINES) complaints.push(`over ${MAX_LINES} lines`);
  return complaints.map((complaint) => `${path}: ${complaint}`);
}
