import type { CrossValidationCase, FitCase } from '../support/reference.mjs';

export interface Input {
  name: string;
  target: string;
  body: Uint8Array;
}

export function isFit(reference: FitCase | CrossValidationCase): reference is FitCase;
/** A plan of each CSV file of a folder. */
export function seriesFiles(folder: string): Input[];
/** The reference cases of a folder; `csvOf` finds the samples of one. */
export function referenceRequests(
  folder: string,
  convert: (reference: FitCase | CrossValidationCase) => FitCase | CrossValidationCase,
  csvOf: (reference: FitCase) => string,
): Input[];
/** What needs nothing but this repository. */
export function ownInputs(): Input[];
