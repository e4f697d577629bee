import { LitElement, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { CancelledError, Engine, ProblemError } from '../engine/client.js';
import { METRICS, type Horizon, type MetricName, type Plan, type Problem, type WorkloadPlan } from '../engine/plan.js';
import { engineProblem } from '../engine/problems.js';
import { HORIZON_TITLES, METRIC_TITLES, counted, duration, longMoment, toSeconds, workloadTitle, zoneName } from '../format.js';
import { SAMPLE_NAME, fetchSample } from '../sample.js';
import './forecast-chart.js';
import './horizon-tabs.js';
import './problem-alert.js';
import './recommendation-card.js';
import './run-details.js';
import './source-bar.js';
import './validation-report.js';
import './yaml-preview.js';
import { plannerStyles } from './planner-styles.js';
import { sharedStyles } from './shared-styles.js';

interface Source {
  name: string;
  sample: boolean;
  file: Blob;
}

interface Shown {
  source: Source;
  plan: Plan;
}

/** The planner: one file, its plan, and everything that shows it. */
@customElement('plimsoll-planner')
export class Planner extends LitElement {
  static override styles = [sharedStyles, plannerStyles];

  @state() private shown: Shown | undefined;
  @state() private problem: Problem | undefined;
  @state() private problemFile = '';
  @state() private stage = '';
  @state() private horizon: Horizon = 'week';
  @state() private workloadIndex = 0;
  @state() private yaml: string | undefined;
  @state() private dragging = false;

  private readonly engine = new Engine();
  private run = 0;
  private readonly patches = new Map<Horizon, string>();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.openSample();
  }

  private async openSample(): Promise<void> {
    try {
      await this.open({ name: SAMPLE_NAME, sample: true, file: await fetchSample() });
    } catch (error) {
      this.problem = engineProblem(String(error));
    }
  }

  private async open(source: Source): Promise<void> {
    const run = ++this.run;
    if (this.stage !== '') this.engine.cancel();
    this.stage = 'reading the file';
    this.problem = undefined;
    try {
      const body = await this.engine.ask('/v1/plan?tolerate_missing=true', source.file, (stage) => {
        if (run === this.run) this.stage = stage;
      });
      if (run !== this.run) return;
      this.shown = { source, plan: JSON.parse(body) as Plan };
      this.workloadIndex = 0;
      this.patches.clear();
      this.stage = '';
      await this.showPatch();
    } catch (error) {
      if (run === this.run) this.fail(error, source);
    } finally {
      if (run === this.run) this.stage = '';
    }
  }

  private fail(error: unknown, source: Source): void {
    if (error instanceof CancelledError) return;
    this.problem = error instanceof ProblemError ? error.problem : engineProblem(String(error));
    this.problemFile = source.sample ? '' : source.name;
  }

  /** The core writes the patch; it is asked once for each horizon of a file. */
  private async showPatch(): Promise<void> {
    const { run, horizon, shown } = this;
    if (!shown) return;
    this.yaml = this.patches.get(horizon);
    if (this.yaml !== undefined) return;
    const now = encodeURIComponent(shown.plan.now);
    const text = await this.engine.ask(
      `/v1/plan?format=yaml&horizon=${horizon}&now=${now}`, shown.source.file, () => undefined);
    if (run !== this.run) return;
    this.patches.set(horizon, text);
    if (this.horizon === horizon) this.yaml = text;
  }

  private async selectHorizon(horizon: Horizon): Promise<void> {
    this.horizon = horizon;
    try {
      await this.showPatch();
    } catch (error) {
      if (this.shown) this.fail(error, this.shown.source);
    }
  }

  private cancel(): void {
    this.run += 1;
    this.engine.cancel();
    this.stage = '';
  }

  private useFile(file: File | undefined): void {
    if (file) void this.open({ name: file.name, sample: false, file });
  }

  private readonly onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.dragging = false;
    this.useFile(event.dataTransfer?.files[0]);
  };

  private readonly onDrag = (event: DragEvent): void => {
    event.preventDefault();
    this.dragging = event.type === 'dragover';
  };

  private facts(plan: Plan): string {
    const { record_count: rows, date_range: range } = plan.report;
    const span = range ? `, ${duration(toSeconds(range.end) - toSeconds(range.start))}` : '';
    return `${counted(rows, 'row')}${span}`;
  }

  private metric(name: MetricName, workload: WorkloadPlan): unknown {
    const metric = workload.metrics[name];
    const plan = metric.horizons?.[this.horizon];
    return html`
      <section class="panel metric" aria-label=${METRIC_TITLES[name]}>
        <plimsoll-recommendation-card .name=${name} .metric=${metric} .plan=${plan}></plimsoll-recommendation-card>
        ${plan
          ? html`<plimsoll-forecast-chart .name=${name} .metric=${metric} .plan=${plan} .horizon=${this.horizon}></plimsoll-forecast-chart>`
          : nothing}
      </section>
    `;
  }

  private workloadPicker(plan: Plan): unknown {
    if (plan.workloads.length < 2) return nothing;
    return html`
      <label class="panel workload">
        <span>Workload <span class="muted">(${counted(plan.workloads.length, 'workload')} in the file)</span></span>
        <select @change=${(event: Event) => { this.workloadIndex = (event.target as HTMLSelectElement).selectedIndex; }}>
          ${plan.workloads.map((workload, i) => html`<option ?selected=${i === this.workloadIndex}>${workloadTitle(workload)}</option>`)}
        </select>
      </label>
    `;
  }

  private windowHeading(workload: WorkloadPlan): unknown {
    const plan = METRICS.map((name) => workload.metrics[name].horizons?.[this.horizon]).find(Boolean);
    if (!plan) return nothing;
    const { start, end } = plan.window;
    return html`
      <p class="window numeric">
        <strong>${HORIZON_TITLES[this.horizon]}</strong>
        ${longMoment(start)} to ${longMoment(end)} <span class="zone">${zoneName(start)}</span>
      </p>
    `;
  }

  private results({ plan }: Shown): unknown {
    const workload = plan.workloads[this.workloadIndex] ?? plan.workloads[0];
    if (!workload) return nothing;
    const horizons = METRICS.map((name) => workload.metrics[name].horizons).find(Boolean) ?? {};
    return html`
      ${this.workloadPicker(plan)}
      <plimsoll-horizon-tabs
        .horizons=${horizons}
        .selected=${this.horizon}
        @horizon-change=${(event: CustomEvent<Horizon>) => this.selectHorizon(event.detail)}
      ></plimsoll-horizon-tabs>
      <div role="tabpanel" aria-label="${HORIZON_TITLES[this.horizon]} forecast" class="stack">
        ${this.windowHeading(workload)}
        ${plan.stale
          ? html`<p class="stale">The data ends ${duration(plan.stale.gap_seconds)} before the moment this plan is for.</p>`
          : nothing}
        ${METRICS.map((name) => this.metric(name, workload))}
        <plimsoll-yaml-preview .yaml=${this.yaml} .horizon=${this.horizon}></plimsoll-yaml-preview>
        <plimsoll-run-details .plan=${plan} .workload=${workload} .horizon=${this.horizon}></plimsoll-run-details>
      </div>
    `;
  }

  protected override render(): unknown {
    const { shown } = this;
    const errors = shown?.plan.report.findings.filter((finding) => finding.severity === 'error') ?? [];
    return html`
      <div
        class="page ${this.dragging ? 'dragging' : ''}"
        @dragover=${this.onDrag} @dragleave=${this.onDrag} @drop=${this.onDrop}
      >
        <header>
          <svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="9.5"></circle><path d="M2 16h28"></path></svg>
          <div>
            <h1>Plimsoll</h1>
            <p class="muted">Requests and limits that your own usage supports</p>
          </div>
          <p class="private"><span aria-hidden="true">✓</span> Your data stays in this browser</p>
        </header>
        <main class="stack" aria-busy=${this.stage === '' ? 'false' : 'true'}>
          <plimsoll-source-bar
            .file=${shown?.source.name ?? ''}
            .sample=${shown?.source.sample ?? true}
            .facts=${shown ? this.facts(shown.plan) : ''}
            .stage=${this.stage}
            @file-chosen=${(event: CustomEvent<File>) => { this.useFile(event.detail); }}
            @cancel=${() => { this.cancel(); }}
          ></plimsoll-source-bar>
          ${this.problem || errors.length > 0
            ? html`<plimsoll-problem-alert .file=${this.problemFile} .problem=${this.problem} .findings=${errors}></plimsoll-problem-alert>`
            : nothing}
          ${shown ? this.results(shown) : html`<div class="panel waiting muted">Forecasting the sample …</div>`}
          <plimsoll-validation-report .report=${shown?.plan.report}></plimsoll-validation-report>
        </main>
        <footer class="muted">
          Drop a CSV anywhere on this page. Parsing, training and forecasting run here, in WebAssembly; the
          page asks for nothing after it has loaded.
        </footer>
      </div>
    `;
  }
}
