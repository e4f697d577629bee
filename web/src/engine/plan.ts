// What /v1/plan answers: docs/schemas/plan.schema.json and its neighbours, as types. A test checks
// them against the schemas.

export const HORIZONS = ['day', 'week', 'weekend', 'month'] as const;
export type Horizon = (typeof HORIZONS)[number];

export const METRICS = ['cpu', 'memory'] as const;
export type MetricName = (typeof METRICS)[number];

export type Unit = 'cores' | 'bytes' | 'percent' | 'none';

export interface Span {
  start: string;
  end: string;
}

export interface Location {
  row: number | null;
  column: string | null;
  field: string | null;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  location: Location;
  found: string;
  expected: string;
  fix: string;
  workloads?: string[];
}

export interface Finding {
  severity: 'error' | 'warning' | 'info';
  code: string;
  title: string;
  message: string;
  location: Location;
  found: string;
  expected: string;
  fix: string;
  count: number;
  rows: number[];
  workload: string | null;
}

export interface ColumnSummary {
  role: string;
  column: string;
  unit: Unit;
  unit_source: 'declared' | 'header' | 'suffix' | 'default';
  values: number;
  missing_values: number;
  min: number | null;
  mean: number | null;
  max: number | null;
}

export interface WorkloadName {
  namespace: string;
  workload: string;
  container: string;
}

export interface WorkloadSummary extends WorkloadName {
  record_count: number;
  date_range: Span;
  cadence_seconds: number;
  gap_count: number;
  missing_rows: number;
}

export interface ValidationReport {
  validation_status: 'PASSED' | 'FAILED';
  record_count: number;
  date_range: Span | null;
  columns: string[];
  missing_columns: string[];
  missing_values: Record<string, number>;
  detected: {
    delimiter: ',' | ';' | '\t';
    byte_order_mark: boolean;
    timestamp_column: string;
    timestamp_format: 'iso8601' | 'epoch_seconds' | 'epoch_milliseconds';
    timezone: 'UTC' | 'offset' | 'assumed_utc';
  };
  column_summaries: ColumnSummary[];
  workloads: WorkloadSummary[];
  findings: Finding[];
}

export interface History {
  start: string;
  step_seconds: number;
  mean: (number | null)[];
  max: (number | null)[];
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
  yhat?: number[];
  yhat_lower?: number[];
  yhat_upper?: number[];
}

export interface ChainStep {
  target: 'request' | 'limit';
  step: string;
  value: number;
  detail: string;
}

export interface RecommendationWarning {
  code: 'samples_above_request' | 'samples_above_limit' | 'forecast_not_usable';
  detail: string;
  samples_above?: number;
  samples?: number;
}

export interface Recommendation {
  policy: string;
  parameters: { request_multiplier: number; limit_multiplier: number };
  request: string | null;
  limit: string | null;
  chain: ChainStep[];
  confidence: { level: 'high' | 'medium' | 'low'; reasons: string[] };
  warnings: RecommendationWarning[];
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
  candidates: { name: string; mae: number | null; recent_mae: number | null; rejected: string | null }[];
  training_records: number;
  history_start: string;
  history_end: string;
  cadence_seconds: number;
  backtest: {
    horizon_seconds: number;
    mae: number | null;
    smape: number | null;
    coverage: number | null;
    naive_mae: number | null;
  };
  warnings: string[];
}

export interface MetricPlan {
  status: 'ok' | 'not_enough_data' | 'failed_checks' | 'untrusted' | 'unset';
  reason: string | null;
  unit?: Unit;
  current?: { request: string | null; limit: string | null };
  history?: History;
  model?: ModelSummary;
  horizons?: Partial<Record<Horizon, HorizonPlan>>;
}

export interface WorkloadPlan extends WorkloadName {
  metrics: Record<MetricName, MetricPlan>;
}

export interface Plan {
  schema_version: 1;
  plimsoll_version: string;
  now: string;
  tz: string;
  preset: string;
  policy: string;
  report: ValidationReport;
  workloads: WorkloadPlan[];
  stale?: { gap_seconds: number };
}
