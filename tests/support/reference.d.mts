export interface FitCase {
  case: string;
  input_csv: string;
  config: Record<string, unknown>;
  ds: string[];
  inputs: Record<string, (number | boolean)[]>;
}

export interface CrossValidationCase {
  case: string;
  base_case: string;
  settings: {
    initial: number | null;
    period: number | null;
    horizon: number;
    units: string;
    explicit_cutoffs: string[] | null;
  };
}

export function fitCase(reference: unknown, most?: number): FitCase;
export function crossValidationCase(reference: unknown, most?: number): CrossValidationCase;
export function isCrossValidation(name: string): boolean;
export function readCases(folder: string): (FitCase | CrossValidationCase)[];
