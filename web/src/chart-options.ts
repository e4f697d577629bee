// How the chart looks and moves. Colours are read from the page's tokens at each drawing, so that a
// change of theme needs a redraw only.
import type uPlot from 'uplot';
import type { ChartData, LevelLine } from './chart-data.js';
import type { Unit } from './engine/plan.js';
import { amount, wallClock, wallDate } from './format.js';

const DAY = 86_400;
const AXIS_FONT = '12px system-ui, sans-serif';
const DAY_STEPS = [1, 2, 7, 14, 28].map((days) => days * DAY);
const HOUR_STEPS = [1, 3, 6, 12].map((hours) => hours * 3600);

export type TokenReader = (token: string) => string;

function xTicks(plot: uPlot, _axis: number, from: number, to: number): number[] {
  const room = Math.max(2, Math.floor(plot.bbox.width / devicePixelRatio / 64));
  const steps = [...HOUR_STEPS, ...DAY_STEPS];
  const step = steps.find((candidate) => (to - from) / candidate <= room) ?? 56 * DAY;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** Binary steps for bytes: gridlines fall on whole MiB and GiB. */
function yTicks(unit: Unit, from: number, to: number): number[] {
  const rough = (to - from) / 5 || 1;
  const base = unit === 'bytes' ? 2 ** Math.floor(Math.log2(rough)) : 10 ** Math.floor(Math.log10(rough));
  const factors = unit === 'bytes' ? [1, 2] : [1, 2, 2.5, 5, 10];
  const step = base * (factors.find((factor) => factor * base >= rough) ?? 1);
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step); i * step <= to; i++) ticks.push(i * step);
  return ticks;
}

function drawLevel(plot: uPlot, level: LevelLine, token: TokenReader, color: string): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(level.value, 'y', true);
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  const pixel = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.lineWidth = (level.current ? 1 : 1.5) * pixel;
  ctx.setLineDash(level.current ? [2 * pixel, 3 * pixel] : []);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `600 ${12 * pixel}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  const width = ctx.measureText(level.label).width;
  const left = level.current ? bbox.left + bbox.width - width - 6 * pixel : bbox.left + 6 * pixel;
  ctx.globalAlpha = 0.85;
  ctx.fillStyle = token('--surface');
  ctx.fillRect(left - 3 * pixel, y - 18 * pixel, width + 6 * pixel, 16 * pixel);
  ctx.globalAlpha = 1;
  ctx.fillStyle = color;
  ctx.fillText(level.label, left, y - 3 * pixel);
  ctx.restore();
}

function drawForecastStart(plot: uPlot, at: number, token: TokenReader): void {
  const { ctx, bbox } = plot;
  const pixel = devicePixelRatio;
  const x = Math.round(plot.valToPos(at, 'x', true));
  ctx.save();
  ctx.strokeStyle = token('--strong-line');
  ctx.lineWidth = pixel;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.fillStyle = token('--muted');
  ctx.font = `${12 * pixel}px system-ui, sans-serif`;
  const roomy = x + 60 * pixel < bbox.left + bbox.width;
  ctx.textAlign = roomy ? 'left' : 'right';
  ctx.textBaseline = 'top';
  ctx.fillText('Forecast', x + (roomy ? 6 : -6) * pixel, bbox.top + 2 * pixel);
  ctx.restore();
}

/** From zero to a little above everything that is drawn. */
function topOf(data: ChartData): number {
  let top = 0;
  const [xs, ...series] = data.aligned;
  for (const values of series) {
    values.forEach((value, i) => {
      if (value != null && (xs[i] ?? 0) >= data.from) top = Math.max(top, value);
    });
  }
  for (const level of data.levels) {
    if (level.value <= 2.5 * top) top = Math.max(top, level.value);
  }
  return top === 0 ? 1 : top * 1.12;
}

export function chartOptions(
  data: ChartData, unit: Unit, size: { width: number; height: number }, token: TokenReader,
  onCursor: (index: number | null) => void,
): uPlot.Options {
  const axis: uPlot.Axis = {
    font: AXIS_FONT,
    stroke: () => token('--muted'),
    grid: { stroke: () => token('--line'), width: 1 },
    ticks: { show: false },
  };
  const top = topOf(data);
  return {
    ...size,
    padding: [6, 10, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: true, y: false }, points: { size: 7 }, y: false },
    scales: {
      x: { time: true, min: data.from, max: data.to },
      y: { range: [0, top] },
    },
    axes: [
      {
        ...axis,
        splits: xTicks,
        values: (_plot, ticks) => ticks.map((tick) => (tick % DAY === 0 ? wallDate(tick) : wallClock(tick))),
      },
      {
        ...axis,
        size: 74,
        splits: (_plot, _axis, from, to) => yTicks(unit, from, to),
        values: (_plot, ticks) => ticks.map((tick) => amount(tick, unit)),
      },
    ],
    series: [
      {},
      { label: 'History', stroke: () => token('--history'), width: 1.5, points: { show: false } },
      { label: 'Forecast', stroke: () => token('--forecast'), width: 2, dash: [7, 4], points: { show: false } },
      { label: 'Upper', stroke: 'transparent', width: 0, points: { show: false } },
      { label: 'Lower', stroke: 'transparent', width: 0, points: { show: false } },
    ],
    bands: [{ series: [3, 4], fill: () => token('--band') }],
    hooks: {
      draw: [
        (plot) => {
          drawForecastStart(plot, data.forecastStart, token);
          for (const level of data.levels) drawLevel(plot, level, token, token(level.color));
        },
      ],
      setCursor: [
        (plot) => {
          onCursor(plot.cursor.idx ?? null);
        },
      ],
    },
  };
}
