// The messages between the page and its worker. Each answer carries the id of its question.

export interface LoadMessage {
  kind: 'load';
  module: WebAssembly.Module;
}

export interface AskMessage {
  kind: 'ask';
  id: number;
  target: string;
  file: Blob;
}

export type ToWorker = LoadMessage | AskMessage;

export interface StageMessage {
  kind: 'stage';
  id: number;
  stage: string;
}

export interface AnswerMessage {
  kind: 'answer';
  id: number;
  status: number;
  body: string;
}

export interface FailureMessage {
  kind: 'failure';
  id: number;
  reason: string;
}

export type FromWorker = StageMessage | AnswerMessage | FailureMessage;
