#!/usr/bin/env node
// The request function in WebAssembly, bare: the same flags and the same bytes as
// `plimsoll request`. The body goes to standard output, status and type to standard error.
import { existsSync, readFileSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPlimsoll } from './plimsoll.mjs';

const USAGE =
  'usage: request.mjs --method M --path TARGET [--body FILE|-] [--content-type TYPE] ' +
  '[--now ISO] [--models DIR]';
const TYPES = { '.csv': 'text/csv', '.json': 'application/json' };
const VERSION = /^[0-9a-f]{1,64}$/;

class UsageError extends Error {}

function readOptions() {
  try {
    const text = { type: 'string' };
    const { values } = parseArgs({
      options: {
        method: text, path: text, body: text, now: text, models: text, 'content-type': text,
      },
    });
    if (values.path === undefined) throw new Error('--path is missing');
    return { method: 'GET', ...values };
  } catch (error) {
    throw new UsageError(`${error.message}\n${USAGE}`);
  }
}

function readInput(name) {
  try {
    return readFileSync(name === '-' ? 0 : name);
  } catch (error) {
    throw new UsageError(`cannot read '${name}': ${error.message}`);
  }
}

// The target's own now= wins. A + in a query would be read as a space.
function withNow(target, now) {
  const [, query = ''] = target.split(/\?(.*)/s);
  if (now === undefined || query.split('&').some((pair) => pair.startsWith('now='))) return target;
  return `${target}${target.includes('?') ? '&' : '?'}now=${now.replaceAll('+', '%2B')}`;
}

function contentType(options) {
  const type =
    options['content-type'] ?? TYPES[/\.[^.]*$/.exec(options.body ?? '')?.[0].toLowerCase()];
  return type === undefined ? {} : { 'Content-Type': type };
}

// DIR holds a folder a model: stages.json names the version in production. Folders in the order of
// their names' bytes, as the command line reads them.
function addModels(plimsoll, root) {
  plimsoll.clearModels(root);
  const folders = existsSync(root)
    ? readdirSync(root).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    : [];
  for (const folder of folders) {
    const stagesFile = join(root, folder, 'stages.json');
    if (!existsSync(stagesFile)) continue;
    try {
      const version = JSON.parse(readFileSync(stagesFile, 'utf8')).Production;
      if (!VERSION.test(version ?? '')) continue;
      plimsoll.addModel(readFileSync(join(root, folder, 'versions', `${version}.json`)));
    } catch (error) {
      process.stderr.write(`request.mjs: ${folder}: ${error.message}\n`);
    }
  }
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
  const options = readOptions();
  const body = options.body === undefined ? new Uint8Array() : readInput(options.body);
  const plimsoll = await loadPlimsoll(readFileSync(new URL('plimsoll.wasm', import.meta.url)));
  if (options.models !== undefined) addModels(plimsoll, options.models);
  const response = plimsoll.request({
    method: options.method,
    target: withNow(options.path, options.now),
    headers: contentType(options),
    body,
  });
  process.stderr.write(`${response.status} ${response.headers['content-type'] ?? ''}\n`);
  writeAll(response.body);
  return response.status < 400 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`request.mjs: ${error.message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
