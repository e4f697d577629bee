// From a metric's plan to what the chart draws.
import uPlot from 'uplot';
import type { Horizon, HorizonPlan, MetricPlan } from './engine/plan.js';
import { METRIC_TITLES, amount, offsetSeconds, quantityValue, shortMoment, toSeconds, zoneName } from './format.js';
import type { MetricName } from './engine/plan.js';

export interface LevelLine {
  label: string;
  value: number;
  color: '--request' | '--limit';
  current: boolean;
}

export interface ChartData {
  /** Seconds of wall-clock time in the plan's zone, history, forecast, upper, lower. */
  aligned: uPlot.AlignedData;
  /** Where the forecast begins, and what is visible at first. */
  forecastStart: number;
  from: number;
  to: number;
  levels: LevelLine[];
  bandName: string;
}

const DAY = 86_400;
const HISTORY_SHOWN: Record<Horizon, number> = { day: 3 * DAY, week: 10 * DAY, weekend: 10 * DAY, month: 28 * DAY };

const moments = (start: number, step: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => start + i * step);

function levelLines(metric: MetricPlan, plan: HorizonPlan): LevelLine[] {
  const lines: [string, string | null | undefined, LevelLine['color'], boolean][] = [
    ['Request', plan.recommendation.request, '--request', false],
    ['Limit', plan.recommendation.limit, '--limit', false],
    ['Current request', metric.current?.request, '--request', true],
    ['Current limit', metric.current?.limit, '--limit', true],
  ];
  return lines.flatMap(([label, quantity, color, current]) =>
    quantity ? [{ label: `${label} ${quantity}`, value: quantityValue(quantity), color, current }] : []);
}

export const bandName = (width: number): string => `${Math.round(width * 100)} %`;

export function chartData(metric: MetricPlan, plan: HorizonPlan, horizon: Horizon): ChartData | undefined {
  const { history } = metric;
  const { forecast, window } = plan;
  if (!history || !forecast.yhat || !forecast.yhat_lower || !forecast.yhat_upper) return undefined;
  const offset = offsetSeconds(window.start);
  const past = moments(toSeconds(history.start) + offset, history.step_seconds, history.mean.length);
  const start = toSeconds(window.start) + offset;
  const coming = moments(start, forecast.step_seconds, forecast.yhat.length);
  const aligned = uPlot.join([
    [past, history.mean],
    [coming, forecast.yhat, forecast.yhat_upper, forecast.yhat_lower],
  ]);
  const lastSeen = past.at(-1) ?? start;
  return {
    aligned,
    forecastStart: start,
    from: Math.max(past[0] ?? start, lastSeen - HISTORY_SHOWN[horizon]),
    to: toSeconds(window.end) + offset,
    levels: levelLines(metric, plan),
    bandName: bandName(forecast.interval_width),
  };
}

/** The chart in one sentence, for those who do not see it. */
export function chartSummary(name: MetricName, metric: MetricPlan, plan: HorizonPlan): string {
  const unit = metric.unit ?? 'none';
  const { forecast, window } = plan;
  return (
    `Forecast of ${METRIC_TITLES[name]} from ${shortMoment(window.start)} to ${shortMoment(window.end)} ` +
    `${zoneName(window.start)}: mean ${amount(forecast.mean, unit)}, ` +
    `peak ${amount(forecast.peak, unit)} at ${shortMoment(forecast.peak_at)}, ` +
    `${bandName(forecast.interval_width)} interval ${amount(forecast.lower, unit)} to ${amount(forecast.upper, unit)}.`
  );
}
