import { LitElement, css, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import uPlot from 'uplot';
import uPlotStyles from 'uplot/dist/uPlot.min.css?inline';
import { chartData, chartSummary, type ChartData } from '../chart-data.js';
import { chartOptions } from '../chart-options.js';
import type { Horizon, HorizonPlan, MetricName, MetricPlan } from '../engine/plan.js';
import { amount, wallMoment } from '../format.js';
import { sharedStyles } from './shared-styles.js';

const NARROW = 600;
const heightFor = (width: number): number => (width < NARROW ? 240 : 340);

/** History and forecast of one metric, drawn by uPlot, with its legend and a reading of the cursor. */
@customElement('plimsoll-forecast-chart')
export class ForecastChart extends LitElement {
  static override styles = [
    sharedStyles,
    unsafeCSS(uPlotStyles),
    css`
      figure {
        min-width: 0;
      }
      .canvas {
        min-height: 240px;
        overflow: hidden;
        border-radius: 6px;
      }
      .u-select {
        background: var(--band);
      }
      .u-cursor-x {
        border-color: var(--strong-line);
      }
      figcaption {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 18px;
        align-items: center;
        font-size: 0.8125rem;
        color: var(--muted);
        margin-bottom: 8px;
      }
      .key {
        display: inline-flex;
        align-items: center;
        gap: 7px;
      }
      .key::before {
        content: '';
        width: 22px;
        border-top: 2px solid var(--history);
      }
      .key.forecast::before {
        border-top: 2px dashed var(--forecast);
      }
      .key.band::before {
        border: 0;
        height: 12px;
        background: var(--band);
        border-radius: 3px;
      }
      .key.current::before {
        border-top: 2px dotted var(--request);
      }
      .reading {
        min-height: 1.5em;
        margin-top: 6px;
        font-size: 0.8125rem;
        color: var(--muted);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) metric: MetricPlan | undefined;
  @property({ attribute: false }) plan: HorizonPlan | undefined;
  @property() name: MetricName = 'cpu';
  @property() horizon: Horizon = 'week';
  @query('.canvas') private readonly canvas!: HTMLElement;
  @state() private cursor: number | null = null;

  private plot: uPlot | undefined;
  private data: ChartData | undefined;
  private readonly theme = matchMedia('(prefers-color-scheme: dark)');
  private readonly redraw = (): void => {
    this.plot?.redraw(false, true);
  };
  private readonly resizes = new ResizeObserver(() => {
    const width = this.canvas.clientWidth;
    if (this.plot && width > 0 && width !== this.plot.width) this.plot.setSize({ width, height: heightFor(width) });
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.theme.addEventListener('change', this.redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.theme.removeEventListener('change', this.redraw);
    this.resizes.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('metric') && !changed.has('plan') && !changed.has('horizon')) return;
    this.data = this.metric && this.plan ? chartData(this.metric, this.plan, this.horizon) : undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('metric') && !changed.has('plan') && !changed.has('horizon')) return;
    this.plot?.destroy();
    this.plot = undefined;
    this.resizes.disconnect();
    if (!this.data) return;
    const style = getComputedStyle(this);
    const width = Math.max(200, this.canvas.clientWidth);
    const size = { width, height: heightFor(width) };
    const options = chartOptions(
      this.data, this.metric?.unit ?? 'none', size, (token) => style.getPropertyValue(token).trim(),
      (index) => {
        this.cursor = index;
      });
    this.plot = new uPlot(options, this.data.aligned, this.canvas);
    this.resizes.observe(this.canvas);
  }

  private reading(): string {
    if (!this.data || this.cursor === null) return 'Point at the chart to read values; drag to zoom, double-click to zoom out.';
    const unit = this.metric?.unit ?? 'none';
    const [xs, history, forecast, upper, lower] = this.data.aligned;
    const at = xs[this.cursor];
    if (at === undefined) return '';
    const expected = forecast?.[this.cursor];
    if (expected != null) {
      const low = lower?.[this.cursor] ?? expected;
      const high = upper?.[this.cursor] ?? expected;
      return `${wallMoment(at)}: forecast ${amount(expected, unit)}, ${this.data.bandName} between ${amount(low, unit)} and ${amount(high, unit)}`;
    }
    const seen = history?.[this.cursor];
    return `${wallMoment(at)}: ${seen == null ? 'no data' : `used ${amount(seen, unit)}`}`;
  }

  protected override render(): unknown {
    if (!this.metric || !this.plan || !this.data) return nothing;
    const hasCurrent = this.data.levels.some((level) => level.current);
    return html`
      <figure>
        <figcaption>
          <span class="key">History</span>
          <span class="key forecast">Forecast</span>
          <span class="key band">${this.data.bandName} interval</span>
          ${hasCurrent ? html`<span class="key current">Set now</span>` : nothing}
        </figcaption>
        <div class="canvas" role="img" aria-label=${chartSummary(this.name, this.metric, this.plan)}></div>
        <div class="reading" aria-hidden="true">${this.reading()}</div>
      </figure>
    `;
  }
}
