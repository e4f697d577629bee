// Files of usage for the answers, from integers alone: the same bytes on every machine.
export const MONDAY = Date.UTC(2026, 5, 15) / 1000;  // 2026-06-15T00:00:00Z

const moment = (seconds) => new Date(seconds * 1000).toISOString().replace('.000', '');

// A triangle over the day plus something like noise: thousandths of a core.
function daily(second) {
  const noon = Math.abs((second % 86_400) - 43_200);
  return 160 - Math.trunc((noon * 120) / 43_200) + ((second / 60) * 7919) % 23;
}

// Lines of timestamp and `columns` (each a function of the second), `days` of `cadence` seconds up to
// `end`; `workloads` are tuples of what stands in the first columns, `names` their headers.
export function usage({days = 8, cadence = 300, end = MONDAY, columns, workloads = [[]], names = [], skip = () => false} = {}) {
  const given = columns ?? {cpu_mean_5m: cores(1), mem_mean_5m: bytes(1)};
  const lines = [[...names, 'timestamp', ...Object.keys(given)].join(',')];
  for (let second = end - Math.round(days * 86_400); second < end; second += cadence) {
    if (skip(second)) continue;
    for (const workload of workloads) {
      lines.push([...workload, moment(second), ...Object.values(given).map((value) => value(second, workload))].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

const decimal = (thousandths) => `${Math.trunc(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
export const cores = (level) => (second) => decimal(daily(second) * level);
export const millicores = (second) => `${daily(second)}m`;
export const bytes = (level) => (second) => String((600_000_000 + daily(second) * 1_000_000) * level);
export const constant = (text) => () => text;
// Up at whole hours of the day, down at the others: two values, and peaks that tie.
export const onOff = (low, high) => (second) => (second % 86_400 < 28_800 ? low : high);
// Another value each time, without a rhythm to learn.
export const noise = (second) => decimal(50 + (((second / 60) * 48_271) % 2_147_483_647) % 400);
export const growing = (second) => decimal(daily(second) + Math.trunc((second - MONDAY + 60 * 86_400) / 4000));
// Flat, then steep over the last `hours`: what a forecast extends beyond the history's range.
export const steep = (hours, step) => (second) =>
  decimal((step > 0 ? 200 : 2500) + Math.max(0, Math.trunc((second - (MONDAY - hours * 3600)) / 40)) * step);
// Grown to thrice its size over the last two days.
export const jump = (second) => decimal(daily(second) * (second >= MONDAY - 2 * 86_400 ? 3 : 1));
