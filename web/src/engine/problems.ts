// Problems that the page finds itself, in the shape the core uses.
import type { Problem } from './plan.js';

export const MAX_FILE_BYTES = 64 * 1024 * 1024;

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'detail' in value && 'location' in value;
}

export function largeFileProblem(bytes: number): Problem {
  return {
    type: 'urn:plimsoll:problem:too_large',
    title: 'Too large',
    status: 413,
    detail: `The file holds ${bytes} bytes, at most ${MAX_FILE_BYTES} are read.`,
    code: 'too_large',
    location: { row: null, column: null, field: 'body' },
    found: `${bytes} bytes`,
    expected: `at most ${MAX_FILE_BYTES} bytes`,
    fix: 'Split the file by workload, or export a coarser step.',
  };
}

export function engineProblem(reason: string): Problem {
  return {
    type: 'urn:plimsoll:problem:internal',
    title: 'The engine failed',
    status: 500,
    detail: `The forecasting engine could not answer (${reason}).`,
    code: 'internal',
    location: { row: null, column: null, field: null },
    found: reason,
    expected: 'an answer',
    fix: 'Try the file again, or reload the page.',
  };
}
