// Moments and amounts in words. The plan's moments carry their own offset; they are shown in it,
// never in the reader's zone.
import type { ColumnSummary, Horizon, MetricName, Span, Unit, WorkloadName } from './engine/plan.js';

export const HORIZON_TITLES: Record<Horizon, string> = {
  day: 'Day',
  week: 'Week',
  weekend: 'Weekend',
  month: 'Month',
};

export const METRIC_TITLES: Record<MetricName, string> = { cpu: 'CPU', memory: 'Memory' };

const OFFSET = /([+-])(\d{2}):(\d{2})$/;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds east of UTC, as written at the end of an ISO moment. */
export function offsetSeconds(iso: string): number {
  const match = OFFSET.exec(iso);
  if (!match) return 0;
  const seconds = Number(match[2]) * HOUR + Number(match[3]) * MINUTE;
  return match[1] === '-' ? -seconds : seconds;
}

export function zoneName(iso: string): string {
  const match = OFFSET.exec(iso);
  return match ? `UTC${match[0]}` : 'UTC';
}

export const toSeconds = (iso: string): number => Date.parse(iso) / 1000;

function formatter(options: Intl.DateTimeFormatOptions): (wallSeconds: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
  return (wallSeconds) => format.format(wallSeconds * 1000);
}

const shortDate = formatter({ weekday: 'short', day: 'numeric', month: 'short' });
const longDate = formatter({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' });
const clock = formatter({ hour: '2-digit', minute: '2-digit', hour12: false });
export const wallDate = formatter({ day: 'numeric', month: 'short' });
export const wallClock = clock;
export const wallMoment = (wallSeconds: number): string =>
  `${shortDate(wallSeconds)} ${clock(wallSeconds)}`;

const wall = (iso: string): number => toSeconds(iso) + offsetSeconds(iso);

/** "Mon 4 February 2019, 00:00". */
export const longMoment = (iso: string): string => `${longDate(wall(iso))}, ${clock(wall(iso))}`;

/** "Sun 3 Feb 14:20". */
export const shortMoment = (iso: string): string => wallMoment(wall(iso));

/** The days a window covers: "Sun 3 Feb" or "Sat 9 Feb – Sun 10 Feb". */
export function windowDays({ start, end }: Span): string {
  const first = shortDate(wall(start));
  const last = shortDate(wall(end) - 1);
  return first === last ? first : `${first} – ${last}`;
}

const plural = (count: number, word: string): string =>
  `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

export const counted = plural;

/** "5 minutes", "28 days". */
export function duration(seconds: number): string {
  if (seconds >= 2 * DAY || seconds === DAY) return plural(Math.round((seconds / DAY) * 10) / 10, 'day');
  if (seconds >= HOUR) return plural(Math.round((seconds / HOUR) * 10) / 10, 'hour');
  if (seconds >= MINUTE) return plural(Math.round((seconds / MINUTE) * 10) / 10, 'minute');
  return plural(seconds, 'second');
}

const digits = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });

/** An amount in a unit people read: "0.42 cores", "1.7 GiB". */
export function amount(value: number, unit: Unit): string {
  switch (unit) {
    case 'cores':
      return `${digits(value)} ${value === 1 ? 'core' : 'cores'}`;
    case 'percent':
      return `${digits(value)} %`;
    case 'none':
      return digits(value);
    case 'bytes':
      return byteAmount(value);
  }
}

function byteAmount(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const size = Math.abs(value);
  const power = size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(size) / 10));
  const scaled = value / 1024 ** power;
  return `${Math.abs(scaled) >= 1000 ? scaled.toFixed(0) : digits(scaled)} ${units[power] ?? ''}`;
}

/** A Kubernetes quantity of the plan ("69m", "983Mi") in canonical units. */
export function quantityValue(quantity: string): number {
  return quantity.endsWith('Mi') ? Number.parseInt(quantity, 10) * 2 ** 20 : Number.parseInt(quantity, 10) / 1000;
}

/** "−23 %", how far `to` lies from `from`. */
export function difference(from: string, to: string): string {
  const percent = Math.round((quantityValue(to) / quantityValue(from) - 1) * 100);
  if (!Number.isFinite(percent)) return 'new';
  if (percent === 0) return 'unchanged';
  return `${percent > 0 ? '+' : '−'}${Math.abs(percent).toLocaleString('en')} %`;
}

export function workloadTitle({ namespace, workload, container }: WorkloadName): string {
  return [namespace, workload, container].filter((part) => part !== '').join(' / ');
}

const UNIT_SOURCES: Record<ColumnSummary['unit_source'], string> = {
  declared: 'as declared',
  header: 'read from the header',
  suffix: 'read from the values',
  default: 'the default',
};

export const unitWords = ({ unit, unit_source: source }: ColumnSummary): string =>
  unit === 'none' ? `no unit (${UNIT_SOURCES[source]})` : `${unit} (${UNIT_SOURCES[source]})`;
