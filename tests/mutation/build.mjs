// How a mutant is built: one changed file compiled with the flags of the original, then the unit
// tests linked with it in the original's place. The work tree is only read.
import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {basename, dirname, join, relative, resolve} from 'node:path';

const TESTS = 'plimsoll_core_tests';

// Splits a command as the shell would, for the quoting that CMake uses.
function words(command) {
  return [...command.matchAll(/(?:[^\s"\\]|\\.|"(?:[^"\\]|\\.)*")+/g)].map(([word]) =>
    word.replace(/\\(.)|"/g, '$1'));
}

function must(program, args, options = {}) {
  const {status, stdout, stderr, error} = spawnSync(program, args, {
    encoding: 'utf8', maxBuffer: 1 << 28, ...options});
  if (status === 0) return stdout;
  throw new Error(`${program} ${args.join(' ')}\n${error ?? ''}${stdout}${stderr}`);
}

// Runs a program within bounds of time and memory; its process group ends with it.
export function run(program, args, {cwd, seconds, gigabytes}) {
  return new Promise((done) => {
    const bounded = gigabytes
      ? ['sh', ['-c', `ulimit -v ${gigabytes * 1024 * 1024}; exec "$0" "$@"`, program, ...args]]
      : [program, args];
    const child = spawn(...bounded, {cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe']});
    let output = '';
    let timedOut = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => { output += text; });
    }
    const timer = setTimeout(() => {
      timedOut = true;
      process.kill(-child.pid, 'SIGKILL');
    }, seconds * 1000);
    child.on('error', (error) => { output += error; });
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      done({status, signal, timedOut, output});
    });
  });
}

// The core's files as they are now, by their paths below core/src.
export function readSources(root) {
  const top = join(root, 'core/src');
  const sources = new Map();
  for (const entry of readdirSync(top, {withFileTypes: true, recursive: true})) {
    if (!entry.isFile() || !entry.name.endsWith('.cc')) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    sources.set(relative(top, path), readFileSync(path, 'utf8'));
  }
  return sources;
}

function onPath(program) {
  return spawnSync(program, ['--version']).status === 0;
}

// Builds the unit tests of the tree as it is, with the flags of preset dev, in build/mutation.
export function prepare(root, {jobs, filter}) {
  const folder = join(root, 'build/mutation');
  const launcher = onPath('ccache') ? ['-DCMAKE_CXX_COMPILER_LAUNCHER=ccache'] : [];
  must('cmake', ['-S', root, '-B', folder, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=None',
    '-DCMAKE_CXX_COMPILER=g++', '-DCMAKE_CXX_FLAGS=-O1', '-DPLIMSOLL_SERVER=OFF', ...launcher]);
  must('cmake', ['--build', folder, '--target', TESTS, '-j', String(jobs)]);
  const commands = JSON.parse(readFileSync(join(folder, 'compile_commands.json'), 'utf8'));
  const link = must('ninja', ['-C', folder, '-t', 'commands', TESTS]).trimEnd().split('\n').at(-1);
  const tests = join(folder, 'tests/core', TESTS);
  const begin = Date.now();
  must(tests, [`--gtest_filter=${filter}`, '--gtest_brief=1']);
  return {
    root,
    folder,
    filter,
    commands: new Map(commands.map((entry) => [resolve(entry.directory, entry.file), entry])),
    link: words(link.replace(/^:\s*&&\s*/, '').replace(/\s*&&.*$/, '')),
    linker: onPath('ld.lld') ? ['-fuse-ld=lld'] : [],
    seconds: (Date.now() - begin) / 1000,
  };
}

// The command with its output and source replaced, and warnings that stay warnings.
function compileCommand(base, original, object, changed) {
  const entry = base.commands.get(original);
  if (!entry) throw new Error(`${relative(base.root, original)} is not part of the build`);
  const args = words(entry.command);
  const output = args.indexOf('-o');
  const originalObject = args[output + 1];
  args[output + 1] = object;
  args[args.indexOf('-c') + 1] = changed;
  for (const [option, length] of [['-MF', 2], ['-MT', 2], ['-MD', 1]]) {
    if (args.includes(option)) args.splice(args.indexOf(option), length);
  }
  args.push('-Wno-error', '-w', '-iquote', dirname(original));
  return {args, originalObject};
}

function linkCommand(base, originalObject, object, program) {
  const args = [...base.link];
  args[args.indexOf('-o') + 1] = program;
  const at = args.indexOf(originalObject);
  // Given before an archive, an object keeps the archive's member of the same symbols out.
  if (at >= 0) args[at] = object;
  else args.splice(args.findIndex((arg) => arg.endsWith('.o')), 0, object);
  return [...args, ...base.linker];
}

// Compiles, links and tests the changed text: {verdict, by}.
export async function tryText(base, path, text, slot) {
  const original = join(base.root, 'core/src', path);
  const folder = join(base.folder, 'mutants', String(slot));
  mkdirSync(folder, {recursive: true});
  const changed = join(folder, basename(original));
  const object = `${changed}.o`;
  const program = join(folder, 'tests');
  writeFileSync(changed, text);
  const compile = compileCommand(base, original, object, changed);
  const bounds = {cwd: base.folder, seconds: 600};
  const compiled = await run(compile.args[0], compile.args.slice(1), bounds);
  if (compiled.status !== 0) return {verdict: 'does not compile', by: compiled.output};
  const link = linkCommand(base, compile.originalObject, object, program);
  const linked = await run(link[0], link.slice(1), bounds);
  if (linked.status !== 0) return {verdict: 'does not link', by: linked.output};
  const tested = await run(program,
    [`--gtest_filter=${base.filter}`, '--gtest_brief=1', '--gtest_fail_fast'],
    {cwd: base.folder, seconds: 20 + 5 * base.seconds, gigabytes: 4});
  if (tested.status === 0) return {verdict: 'survived', by: ''};
  if (tested.timedOut) return {verdict: 'killed', by: 'the time limit'};
  const failed = /^\[ {2}FAILED {2}\] (\S+?)[,\s]/m.exec(tested.output)?.[1];
  return {verdict: 'killed', by: failed ?? tested.signal ?? `exit ${tested.status}`};
}
