// What /v1/plan answers. The types are made from the core's own tables; their short names are here.
import type { MetricPlan, WorkloadPlan } from './types.js';

export type * from './types.js';

type Horizons = NonNullable<MetricPlan['horizons']>;
export const HORIZONS = ['day', 'week', 'weekend', 'month'] as const satisfies readonly (keyof Horizons)[];
export type Horizon = (typeof HORIZONS)[number];

export const METRICS = ['cpu', 'memory'] as const satisfies readonly (keyof WorkloadPlan['metrics'])[];
export type MetricName = (typeof METRICS)[number];

export type Unit = NonNullable<MetricPlan['unit']>;
export type WorkloadName = Pick<WorkloadPlan, 'namespace' | 'workload' | 'container'>;
