// The page's side of the engine: one worker, questions and answers matched by id.
import wasmUrl from '../../../build/wasm/plimsoll.wasm?url';
import type { Problem } from './plan.js';
import { engineProblem, isProblem, largeFileProblem, MAX_FILE_BYTES } from './problems.js';
import type { FromWorker, ToWorker } from './protocol.js';

/** A question that was refused, with the problem document that says why. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** The question was given up by the user or overtaken by another file. */
export class CancelledError extends Error {}

interface Pending {
  resolve: (body: string) => void;
  reject: (reason: Error) => void;
  onStage: (stage: string) => void;
}

function refusal(body: string): ProblemError {
  const problem: unknown = JSON.parse(body);
  return new ProblemError(isProblem(problem) ? problem : engineProblem(body));
}

export class Engine {
  private worker: Worker | undefined;
  private module: Promise<WebAssembly.Module> | undefined;
  private nextId = 1;
  private readonly pending = new Map<number, Pending>();

  /** Asks the core and resolves with the body; rejects with a ProblemError from status 400 on. */
  async ask(target: string, file: Blob, onStage: (stage: string) => void): Promise<string> {
    if (file.size > MAX_FILE_BYTES) throw new ProblemError(largeFileProblem(file.size));
    const worker = await this.start();
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject, onStage });
      this.post(worker, { kind: 'ask', id, target, file });
    });
  }

  /** Stops all work at once; the next question starts a fresh worker. */
  cancel(): void {
    this.drop(new CancelledError('Cancelled.'));
  }

  private async start(): Promise<Worker> {
    this.module ??= this.compile();
    const module = await this.module;
    if (this.worker) return this.worker;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      this.receive(data);
    };
    worker.onerror = (event) => {
      this.drop(new ProblemError(engineProblem(event.message || 'the worker ended')));
    };
    this.post(worker, { kind: 'load', module });
    this.worker = worker;
    return worker;
  }

  private async compile(): Promise<WebAssembly.Module> {
    try {
      const response = await fetch(wasmUrl);
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      return await WebAssembly.compile(await response.arrayBuffer());
    } catch (error) {
      this.module = undefined;
      throw new ProblemError(engineProblem(`${wasmUrl}: ${String(error)}`));
    }
  }

  private post(worker: Worker, message: ToWorker): void {
    worker.postMessage(message);
  }

  private receive(message: FromWorker): void {
    const asked = this.pending.get(message.id);
    if (!asked) return;
    if (message.kind === 'stage') {
      asked.onStage(message.stage);
      return;
    }
    this.pending.delete(message.id);
    if (message.kind === 'failure') {
      // A module that failed once is not asked again: its memory may be in any state.
      asked.reject(new ProblemError(engineProblem(message.reason)));
      this.cancel();
    } else if (message.status < 400) {
      asked.resolve(message.body);
    } else {
      asked.reject(refusal(message.body));
    }
  }

  private drop(reason: Error): void {
    this.worker?.terminate();
    this.worker = undefined;
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of waiting) reject(reason);
  }
}
