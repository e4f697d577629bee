// Runs the request function off the page's thread.
import { loadPlimsoll, type Plimsoll } from '../../../wasm/plimsoll.mjs';
import type { AskMessage, FromWorker, ToWorker } from './protocol.js';

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = self as unknown as WorkerScope;
let current = 0;
let plimsoll: Promise<Plimsoll> = Promise.reject(new Error('The module has not arrived.'));
plimsoll.catch(() => undefined);

async function answer({ id, target, file }: AskMessage): Promise<void> {
  try {
    const engine = await plimsoll;
    const body = new Uint8Array(await file.arrayBuffer());
    current = id;
    const response = engine.request({
      method: 'POST',
      target,
      headers: { 'Content-Type': 'text/csv' },
      body,
    });
    const text = new TextDecoder().decode(response.body);
    scope.postMessage({ kind: 'answer', id, status: response.status, body: text });
  } catch (error) {
    scope.postMessage({ kind: 'failure', id, reason: String(error) });
  }
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'load') {
    plimsoll = loadPlimsoll(data.module, {
      onStage: (stage) => {
        scope.postMessage({ kind: 'stage', id: current, stage });
      },
    });
    plimsoll.catch(() => undefined);
  } else {
    void answer(data);
  }
};
