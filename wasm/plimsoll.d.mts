/** The WebAssembly build of Plimsoll's core: one request function, the same as the server's. */

export interface PlimsollRequest {
  /** Default "GET". */
  method?: string;
  /** Path and query: "/v1/plan?policy=seed". */
  target: string;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array | string;
  /** The host's clock, for answers from stored models. */
  now?: Date;
}

export interface PlimsollResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface Plimsoll {
  readonly version: string;
  /** Throws when memory runs out; the next request is answered by a fresh instance. */
  request(request: PlimsollRequest): PlimsollResponse;
  /** Adds the bytes of a model file; throws when they are not one. */
  addModel(bytes: Uint8Array): void;
  /** Forgets all models; `source` is what /health will name as their origin. */
  clearModels(source?: string): void;
  /** The module's memory as it stands. */
  memoryBytes(): number;
}

export interface PlimsollOptions {
  /** Hears each stage ("parse", "train", ...) as it begins. */
  onStage?: (stage: string) => void;
}

export function loadPlimsoll(
  source: BufferSource | WebAssembly.Module | Response | PromiseLike<Response>,
  options?: PlimsollOptions,
): Promise<Plimsoll>;
