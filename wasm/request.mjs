#!/usr/bin/env node
// The request function in WebAssembly, bare: the same flags and the same bytes as
// `plimsoll request`. The body goes to standard output, status and type to standard error.
import { existsSync, readFileSync, readdirSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { loadPlimsoll } from './plimsoll.mjs';

// The flags of `plimsoll request`, in the order of its help; a value is a text, `switch` has none.
const FLAGS = [
  { name: 'timings', switch: true, help: 'Seconds a stage took, as JSON on standard error' },
  { name: 'now', help: 'The present, as ISO-8601; the target\'s own now= wins' },
  { name: 'method', fallback: 'GET', help: 'GET, POST, ...' },
  { name: 'path', required: true, help: '\'/next_week?policy=seed\'' },
  { name: 'body', help: 'FILE, or - for standard input' },
  { name: 'content-type', help: 'Media type of the body (default: what the body looks like)' },
  { name: 'models', help: 'Folder of the model store' },
];
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_STAGES_BYTES = 65536;
const VERSION = /^[0-9a-f]{1,64}$/;
const REASONS = {
  EACCES: 'Permission denied', EISDIR: 'Is a directory', ELOOP: 'Too many levels of symbolic links',
  ENAMETOOLONG: 'File name too long', ENOENT: 'No such file or directory', ENOTDIR: 'Not a directory',
};

// Bad usage, as the parser of the command line words it; and input that cannot be read.
class UsageError extends Error {}
class InputError extends Error {}

function helpText() {
  const rows = FLAGS.map((flag) => {
    const value = flag.switch ? '' : ` TEXT${flag.fallback ? `=${flag.fallback}` : ''}`;
    return [`--${flag.name}${value}${flag.required ? ' REQUIRED' : ''}`, flag.help];
  });
  const lines = [['-h,--help', 'Print this help message and exit'], ...rows]
    .map(([left, help]) => `  ${left.padEnd(27)} ${help}`);
  return `Answer one request, bare\nUsage: request.mjs [OPTIONS]\n\nOptions:\n${lines.join('\n')}\n`;
}

// Takes `--name value` and `--name=value`; a value may begin with dashes.
function readOptions(args) {
  const values = {};
  const strangers = [];
  for (let at = 0; at < args.length; at++) {
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(args[at]) ?? [];
    const flag = FLAGS.find((candidate) => candidate.name === name);
    if (name === 'help' || args[at] === '-h') return { help: true };
    if (flag === undefined) {
      strangers.push(args[at]);
    } else if (flag.switch) {
      (values[name] ??= []).push(true);
    } else if (inline === undefined && at + 1 === args.length) {
      throw new UsageError(`--${name}: 1 required TEXT missing`);
    } else {
      (values[name] ??= []).push(inline ?? args[++at]);
    }
  }
  for (const flag of FLAGS) {
    const given = values[flag.name] ?? [];
    if (given.length > 1 && !flag.switch) {
      throw new UsageError(`--${flag.name}: At Most 1 required but received ${given.length}`);
    }
    if (given.length === 0 && flag.required) throw new UsageError(`--${flag.name} is required`);
    values[flag.name] = given[0] ?? flag.fallback;
  }
  if (strangers.length === 1) {
    throw new UsageError(`The following argument was not expected: ${strangers[0]}`);
  }
  if (strangers.length > 1) {
    throw new UsageError(`The following arguments were not expected: ${strangers.reverse().join(' ')}`);
  }
  return values;
}

function readInput(name, limit) {
  let bytes;
  try {
    bytes = readFileSync(name === '-' ? 0 : name);
  } catch (error) {
    throw new InputError(`cannot read '${name}': ${REASONS[error.code] ?? error.message}`);
  }
  if (bytes.length <= limit) return bytes;
  throw new InputError(`cannot read '${name}': it is larger than ${limit} bytes`);
}

// The target's own now= wins.
function withNow(target, now) {
  const [, query = ''] = target.split(/\?(.*)/s);
  if (now === undefined || query.split('&').some((pair) => pair.startsWith('now='))) return target;
  return `${target}${target.includes('?') ? '&' : '?'}now=${encodeURIComponent(now)}`;
}

const within = (folder, name) => (/(^|\/)$/.test(folder) ? folder + name : `${folder}/${name}`);

// The stages that a file of the store holds; undefined when it cannot be read as such.
function readStages(file) {
  if (!existsSync(file)) return undefined;
  const text = readInput(file, MAX_STAGES_BYTES).toString('utf8');
  try {
    const stages = JSON.parse(text);
    return typeof stages === 'object' && stages !== null && !Array.isArray(stages) ? stages : undefined;
  } catch {
    return undefined;
  }
}

const isVersion = (version) => typeof version === 'string' && VERSION.test(version);

// FNV-1a, 64 bits, as the store's hashes/ have it.
function fnv1a(bytes) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}

function addVersion(plimsoll, folder, version) {
  const bytes = readInput(within(folder, `versions/${version}.json`), MAX_BODY_BYTES);
  const hash = within(folder, `hashes/${version}`);
  if (existsSync(hash) && readInput(hash, MAX_STAGES_BYTES).toString('utf8') !== `${fnv1a(bytes)}\n`) {
    throw new InputError(`${version}.json: found other bytes than were written, expected those whose hash is in the store. ` +
      'Run the pipeline again.');
  }
  plimsoll.addModel(bytes);
}

// The version in Production, or the newest before it that can be read; says what is wrong, if
// something is.
function addNewestGood(plimsoll, folder) {
  const stages = readStages(within(folder, 'stages.json'));
  const history = readStages(within(folder, 'history.json'));
  const previous = Array.isArray(history?.Previous) ? history.Previous : [];
  let reason = stages === undefined ? 'stages.json cannot be read' : '';
  for (const version of [(stages ?? history)?.Production, ...previous].filter(isVersion)) {
    try {
      addVersion(plimsoll, folder, version);
      return reason && `${reason}; serving ${version}`;
    } catch (error) {
      reason ||= `${version}.json: ${error.message}`;
    }
  }
  return reason;
}

// DIR holds a folder a model: stages.json names the version in production. Folders in the order of
// their names' bytes, as the command line reads them.
function addModels(plimsoll, root) {
  plimsoll.clearModels(root);
  let folders;
  try {
    folders = readdirSync(root).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  } catch {
    return; // a missing folder is an empty store
  }
  for (const name of folders) {
    const folder = within(root, name);
    if (!['stages.json', 'history.json'].some((file) => existsSync(within(folder, file)))) continue;
    let reason;
    try {
      reason = addNewestGood(plimsoll, folder);
    } catch (error) {
      reason = error.message;
    }
    if (reason) process.stderr.write(`plimsoll: ${name}: ${reason}\n`);
  }
}

// Sums the seconds of each stage, in the order in which they first began.
function stopwatch() {
  const seconds = {};
  const begun = performance.now();
  let stage;
  let since = begun;
  const end = () => {
    const now = performance.now();
    if (stage !== undefined) seconds[stage] = (seconds[stage] ?? 0) + (now - since) / 1000;
    since = now;
  };
  return {
    begin(name) {
      end();
      stage = name;
    },
    line() {
      end();
      return `${JSON.stringify({ ...seconds, total: (since - begun) / 1000 })}\n`;
    },
  };
}

function writeAll(bytes) {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    writeAll(new TextEncoder().encode(helpText()));
    return 0;
  }
  // One byte more than a request may have, so that the answer is the one of a server.
  const body = options.body ? readInput(options.body, MAX_BODY_BYTES + 1) : new Uint8Array();
  let timings;
  const module = readFileSync(new URL('plimsoll.wasm', import.meta.url));
  const plimsoll = await loadPlimsoll(module, { onStage: (stage) => timings?.begin(stage) });
  if (options.models) addModels(plimsoll, options.models);
  if (options.timings) timings = stopwatch();
  const type = options['content-type'];
  const response = plimsoll.request({
    method: options.method,
    target: withNow(options.path, options.now),
    headers: type === undefined ? {} : { 'Content-Type': type },
    body,
  });
  process.stderr.write(`${response.status} ${response.headers['content-type'] ?? ''}\n`);
  writeAll(response.body);
  if (timings !== undefined) process.stderr.write(timings.line());
  return response.status < 400 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  const known = error instanceof InputError;
  process.stderr.write(
    error instanceof UsageError ? `${error.message}\nRun with --help for more information.\n`
      : `plimsoll: ${error.message}\n`);
  process.exitCode = known || error instanceof UsageError ? 2 : 1;
}
