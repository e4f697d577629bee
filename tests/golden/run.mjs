// Runs the commands of an answer and puts what they gave into one text: what is hashed.
import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
const PLIMSOLL = resolve(process.env.PLIMSOLL_BIN_DIR ?? join(ROOT, 'build/native'), 'plimsoll');
// No command reads the zone or the locale: an odd pair shows one that does.
const ENVIRONMENT = {PATH: process.env.PATH, TZ: 'Pacific/Chatham', LC_ALL: 'C.UTF-8'};
const MOST_CPU_SECONDS = 120;  // of one command

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

// A shell that runs one command after another: it forks at a fraction of what this process, which
// holds every input, would pay.
class Shell {
  constructor() {
    this.child = spawn('sh', [], {env: ENVIRONMENT, stdio: ['pipe', 'pipe', 'inherit']});
    this.child.stdout.setEncoding('utf8');
    this.child.on('exit', () => this.done?.(new Error('the shell ended')));
    this.child.stdout.on('data', (text) => {
      this.said += text;
      if (this.said.endsWith('\n')) this.done(null);
    });
    this.child.stdin.write(`ulimit -t ${MOST_CPU_SECONDS}\n`);
  }

  // {status, stdout, stderr} of `plimsoll` with `args` in the folder `cwd`; its input is a file.
  async plimsoll(args, cwd, input) {
    const [out, err] = [`${cwd}.out`, `${cwd}.err`];
    this.said = '';
    const ended = new Promise((resolve, reject) => {
      this.done = (error) => (error ? reject(error) : resolve());
    });
    this.child.stdin.write(`cd ${quoted(cwd)}; ${[PLIMSOLL, ...args].map(quoted).join(' ')} <${quoted(input)} >${quoted(out)} 2>${quoted(err)}; echo $?\n`);
    await ended;
    return {status: Number(this.said), stdout: readFileSync(out), stderr: readFileSync(err)};
  }

  end() {
    this.done = undefined;
    this.child.stdin.end();
  }
}

// Every file below a folder, sorted, with "/" between the parts of a path.
function filesBelow(folder, prefix = '') {
  return readdirSync(folder, {withFileTypes: true}).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`) : entry.isFile() ? [prefix + entry.name] : []);
}

const line = (text) => Buffer.from(`${text}\n`);

// A working folder in which "data" is tests/data and "stores" the model stores of `stores`; paths in
// commands are relative to it, so that no answer holds the name of a temporary folder.
class Bench {
  constructor(stores) {
    this.folder = mkdtempSync(join(tmpdir(), 'plimsoll-golden-'));
    this.stores = stores;
    mkdirSync(join(this.folder, 'stores'));
    this.count = 0;
  }

  place() {
    const place = join(this.folder, String(this.count++));
    mkdirSync(place);
    symlinkSync(join(ROOT, 'tests/data'), join(place, 'data'));
    symlinkSync(join(ROOT, 'web/public'), join(place, 'public'));
    symlinkSync(join(this.folder, 'stores'), join(place, 'stores'));
    return place;
  }

  // The text of one answer, and the exit status of its last command.
  async answer(shell, {runs, files = {}, stdin = ''}) {
    const place = this.place();
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(place, name), bytes);
    const input = `${place}.in`;
    writeFileSync(input, stdin);
    const parts = [];
    let status = 0;
    for (const args of runs) {
      const run = await shell.plimsoll(args, place, input);
      status = run.status;
      parts.push(line(`$ plimsoll ${args.join(' ')}`), line(`exit ${status}`), line('stdout:'), run.stdout, line('stderr:'), run.stderr);
    }
    for (const name of filesBelow(place).filter((path) => !(path in files))) {
      parts.push(line(`file ${name}:`), readFileSync(join(place, name)));
    }
    rmSync(place, {recursive: true});
    return {status: String(status), text: Buffer.concat(parts)};
  }

  async setUp(shell) {
    const input = join(this.folder, 'input');
    for (const [name, make] of Object.entries(this.stores)) {
      const store = join(this.folder, 'stores', name);
      mkdirSync(store);
      const {files = {}, runs = []} = make;
      for (const [path, bytes] of Object.entries(files)) {
        mkdirSync(join(store, path, '..'), {recursive: true});
        writeFileSync(join(store, path), bytes);
      }
      for (const {args, stdin} of runs) {
        writeFileSync(input, stdin);
        const run = await shell.plimsoll([...args, '--models', store], join(this.folder, 'stores'), input);
        if (run.status !== 0) throw new Error(`the store ${name} was not made: ${run.stdout}${run.stderr}`);
      }
    }
  }

  tearDown() {
    rmSync(this.folder, {recursive: true, force: true});
  }
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

// Calls `take(name, {status, text})` for each case, several at once, in no particular order.
export async function runAll({cases, stores}, take) {
  if (!existsSync(PLIMSOLL)) throw new Error(`${PLIMSOLL} is not built; set PLIMSOLL_BIN_DIR to the folder that holds plimsoll`);
  const bench = new Bench(stores);
  const shells = Array.from({length: availableParallelism()}, () => new Shell());
  try {
    await bench.setUp(shells[0]);
    const waiting = [...cases];
    await Promise.all(shells.map(async (shell) => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) take(next.name, await bench.answer(shell, next));
    }));
  } finally {
    for (const shell of shells) shell.end();
    bench.tearDown();
  }
}
