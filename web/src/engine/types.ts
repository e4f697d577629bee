// Made by tests/schemas/generate.mjs from the core's own tables: what /v1/plan answers, its report, and
// problems. Not edited by hand.

export interface Plan {
  schema_version: 1;
  plimsoll_version: string;
  now: string;
  tz: string;
  preset: string;
  policy: string;
  /** Where now lies far past the data. */
  stale?: Stale;
  report: ValidationReport;
  workloads: WorkloadPlan[];
}

export interface Stale {
  gap_seconds: number;
}

export interface WorkloadPlan {
  namespace: string;
  workload: string;
  container: string;
  metrics: {
    cpu: MetricPlan;
    memory: MetricPlan;
  };
}

export interface MetricPlan {
  status: 'ok' | 'not_enough_data' | 'failed_checks' | 'untrusted' | 'unset';
  /** Why there is no value. */
  reason: string | null;
  unit?: 'cores' | 'bytes' | 'percent' | 'none';
  current?: CurrentQuantities;
  history?: History;
  model?: ModelSummary;
  horizons?: {
    day?: HorizonPlan;
    week?: HorizonPlan;
    weekend?: HorizonPlan;
    month?: HorizonPlan;
  };
}

export interface CurrentQuantities {
  request: string | null;
  limit: string | null;
}

export interface History {
  start: string;
  step_seconds: number;
  /** Bucket means, null in gaps; at most 2,016 buckets. */
  mean: (number | null)[];
  max: (number | null)[];
}

export interface HorizonPlan {
  window: Span;
  forecast: WindowForecast;
  recommendation: Recommendation;
}

export interface ModelSummary {
  model_version: string;
  preset: string;
  chosen: string;
  candidates: Candidate[];
  training_records: number;
  history_start: string;
  history_end: string;
  cadence_seconds: number;
  growth: 'linear' | 'logistic' | 'flat';
  seasonalities: Seasonality[];
  /** Those where the trend changes. */
  changepoints: Changepoint[];
  log_posterior: number | null;
  kkt_relative: number | null;
  backtest: Backtest;
  present?: PresentLevel;
  warnings: string[];
}

export interface Backtest {
  horizon_seconds: number;
  /** Oldest first; empty when the history is too short. */
  folds: Fold[];
  mae: number | null;
  /** Mean of the folds' errors, each counting half as much as the next later one. */
  recent_mae: number | null;
  rmse: number | null;
  smape: number | null;
  coverage: number | null;
  interval_width: number;
  /** Calibrated half-widths are the model's times this. */
  interval_scale: number;
  /** Of repeating the last day or week. */
  naive_mae: number | null;
}

export interface Candidate {
  name: string;
  /** In the backtest; null without one. */
  mae: number | null;
  /** What candidates are compared by. */
  recent_mae: number | null;
  /** The check that its forecast does not pass. */
  rejected: string | null;
}

export interface Changepoint {
  ds: string;
  delta: number;
}

export interface Fold {
  /** Trained on ds <= cutoff. */
  cutoff: string;
  /** Samples it was scored on. */
  scored: number;
  /** Mean absolute error, in the units of y. */
  mae: number;
  rmse: number;
  /** Share of the samples within the model's own interval; null where all are of a constant past that went on. */
  coverage: number | null;
}

export interface PresentLevel {
  since: string;
  /** The level is another than before since. */
  shifted: boolean;
  /** Of the means of its blocks. */
  low: number;
  high: number;
  block_seconds: number;
}

export interface Recommendation {
  policy: string;
  /** The policy's own, by name. */
  parameters: Record<string, number>;
  request: string | null;
  limit: string | null;
  chain: ChainStep[];
  confidence: Confidence;
  warnings: RecommendationWarning[];
}

export interface ChainStep {
  target: 'request' | 'limit';
  step: string;
  /** In canonical units, after the step. */
  value: number;
  detail: string;
}

export interface Confidence {
  level: 'high' | 'medium' | 'low';
  reasons: string[];
}

export interface RecommendationWarning {
  code: 'samples_above_request' | 'samples_above_limit' | 'forecast_not_usable';
  detail: string;
  samples_above?: number;
  samples?: number;
}

export interface Seasonality {
  name: string;
  /** Days. */
  period: number;
  fourier_order: number;
  prior_scale: number;
  mode: 'additive' | 'multiplicative';
  condition_name: string | null;
}

export interface Span {
  start: string;
  end: string;
}

export interface WindowForecast {
  mean: number;
  lower: number;
  upper: number;
  peak: number;
  peak_at: string;
  interval_width: number;
  step_seconds: number;
  points: number;
  /** Point i lies at window.start + i * step_seconds. The three arrays are absent with points=0. */
  yhat?: number[];
  yhat_lower?: number[];
  yhat_upper?: number[];
}

export interface ValidationReport {
  validation_status: 'PASSED' | 'FAILED';
  record_count: number;
  date_range: Span | null;
  /** The file's headers. */
  columns: string[];
  /** Roles without a column. */
  missing_columns: string[];
  /** Missing values by column header. */
  missing_values: Record<string, number>;
  detected: Detection;
  column_summaries: ColumnSummary[];
  workloads: WorkloadSummary[];
  /** Errors first, then warnings, then remarks. */
  findings: Finding[];
}

export interface ColumnSummary {
  role: string;
  /** The header. */
  column: string;
  unit: 'cores' | 'bytes' | 'percent' | 'none';
  unit_source: 'declared' | 'header' | 'suffix' | 'default';
  /** Usable cells. */
  values: number;
  /** Empty or unusable cells. */
  missing_values: number;
  min: number | null;
  mean: number | null;
  max: number | null;
}

export interface Detection {
  delimiter: ',' | ';' | '\t';
  byte_order_mark: boolean;
  timestamp_column: string;
  timestamp_format: 'iso8601' | 'epoch_seconds' | 'epoch_milliseconds';
  timezone: 'UTC' | 'offset' | 'assumed_utc';
}

export interface Finding {
  severity: 'info' | 'warning' | 'error';
  code: string;
  title: string;
  /** One sentence with location, found, expected and fix of the first occurrence. */
  message: string;
  location: Location;
  found: string;
  expected: string;
  fix: string;
  /** Occurrences in all. */
  count: number;
  /** Spreadsheet rows of the first few, at most 20. */
  rows: number[];
  /** null where it concerns the whole file. */
  workload: string | null;
}

export interface Location {
  /** Spreadsheet row; the header is row 1. */
  row: number | null;
  column: string | null;
  /** Query parameter, header or JSON path. */
  field: string | null;
}

export interface WorkloadSummary {
  namespace: string;
  workload: string;
  container: string;
  record_count: number;
  date_range: Span;
  /** The most frequent step; 0 for a single row. */
  cadence_seconds: number;
  /** Steps of more than 1.5 cadences. */
  gap_count: number;
  /** Samples that the gaps would have held. */
  missing_rows: number;
}

export interface Problem {
  /** Stable identifier of the kind of problem. */
  type: string;
  title: string;
  status: number;
  /** One sentence for people. */
  detail: string;
  /** The stable code, last part of type. */
  code: string;
  location: Location;
  found: string;
  expected: string;
  fix: string;
}
