// Loads plimsoll.wasm in Node, browsers (also in workers) and workerd. See plimsoll.d.mts.

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const RESPONSE_WORDS = 5; // status, headers, headers length, body, body length

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const asBytes = (value) => (typeof value === 'string' ? encoder.encode(value) : value);

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  let bytes = source;
  let origin = 'the given bytes';
  if (typeof Response === 'function' && source instanceof Response) {
    origin = source.url || 'the response';
    if (!source.ok) throw new Error(`Cannot load ${origin}: HTTP status ${source.status}.`);
    bytes = await source.arrayBuffer();
  }
  const head = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, Math.min(4, bytes.byteLength))
    : new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  if (MAGIC.some((byte, i) => head[i] !== byte)) {
    throw new Error(`Cannot load ${origin}: it is not a WebAssembly module.`);
  }
  return WebAssembly.compile(bytes);
}

function readHeaders(text) {
  const headers = {};
  for (const line of text.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 2);
  }
  return headers;
}

export async function loadPlimsoll(source, { onStage } = {}) {
  const module = await compile(await source);
  let wasm;
  let models = []; // what a fresh instance has to be told again
  let modelSource = '';
  const view = (pointer, length) => new Uint8Array(wasm.memory.buffer, pointer, length);
  const text = (pointer, length) => decoder.decode(view(pointer, length));
  const imports = {
    env: {
      plimsoll_stage: (pointer, length) => onStage?.(text(pointer, length)),
      emscripten_notify_memory_growth: () => {},
    },
    wasi_snapshot_preview1: {
      proc_exit: (code) => {
        throw new WebAssembly.RuntimeError(`it ended with code ${code}`);
      },
    },
  };

  // A fresh instance, with the models that the last one had.
  function start() {
    wasm = new WebAssembly.Instance(module, imports).exports;
    wasm._initialize();
    tellSource();
    models.forEach(tellModel);
  }

  // Calls `use` with pointer and length of a copy of each value, and frees the copies.
  function withCopies(values, use) {
    const copies = [];
    for (const value of values) {
      const pointer = wasm.plimsoll_alloc(value.length) >>> 0;
      if (pointer === 0) throw new WebAssembly.RuntimeError('no memory for a copy');
      copies.push(pointer, value.length);
      view(pointer, value.length).set(value);
    }
    const result = use(...copies);
    for (let i = 0; i < copies.length; i += 2) wasm.plimsoll_free(copies[i]);
    return result;
  }

  function takeResponse(pointer) {
    const [status, headers, headersLength, body, bodyLength] = new Uint32Array(
      wasm.memory.buffer, pointer, RESPONSE_WORDS);
    const response = {
      status,
      headers: readHeaders(text(headers, headersLength)),
      body: view(body, bodyLength).slice(),
    };
    wasm.plimsoll_response_free(pointer);
    return response;
  }

  function tellSource() {
    withCopies([asBytes(modelSource)], (...copies) => wasm.plimsoll_snapshot_clear(...copies));
  }

  function tellModel(bytes) {
    const problem = withCopies([bytes], (...copies) => wasm.plimsoll_snapshot_add(...copies) >>> 0);
    if (problem !== 0) throw new Error(JSON.parse(decoder.decode(takeResponse(problem).body)).detail);
  }

  // A trap (memory ran out) leaves an instance that nothing can be asked of any more.
  function orStartAfresh(act) {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      start();
      throw new Error('Plimsoll ran out of memory: try a smaller file.', { cause: error });
    }
  }

  start();
  const versionAt = wasm.plimsoll_version();
  return {
    version: text(versionAt, view(versionAt).indexOf(0)),
    request({ method = 'GET', target, headers = {}, body = '', now }) {
      const lines = Object.entries(headers)
        .map(([name, value]) => `${name}: ${value.replaceAll(/[\r\n]/g, ' ')}\n`)
        .join('');
      const seconds = BigInt(Math.floor((now?.getTime() ?? 0) / 1000));
      return orStartAfresh(() =>
        withCopies([method, target, lines, body].map(asBytes), (...copies) =>
          takeResponse(wasm.plimsoll_request(...copies, seconds, now === undefined ? 0 : 1) >>> 0)));
    },
    addModel(bytes) {
      orStartAfresh(() => tellModel(bytes));
      models.push(bytes.slice());
    },
    clearModels(source = '') {
      models = [];
      modelSource = source;
      orStartAfresh(tellSource);
    },
    memoryBytes: () => wasm.memory.buffer.byteLength,
  };
}
