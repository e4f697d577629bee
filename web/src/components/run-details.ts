import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { METRICS, type Horizon, type MetricPlan, type Plan, type WorkloadPlan } from '../engine/plan.js';
import { METRIC_TITLES, amount, counted, duration, longMoment, zoneName } from '../format.js';
import { sharedStyles } from './shared-styles.js';

/** The moment the plan is for, the models behind it, and how to ask a server the same. */
@customElement('plimsoll-run-details')
export class RunDetails extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      p,
      dl {
        margin-top: 8px;
      }
      dt {
        font-weight: 600;
        margin-top: 8px;
      }
      dd {
        color: var(--muted);
      }
      pre {
        margin-top: 10px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) plan: Plan | undefined;
  @property({ attribute: false }) workload: WorkloadPlan | undefined;
  @property() horizon: Horizon = 'week';

  private curl(plan: Plan): string {
    const origin = location.protocol.startsWith('http') ? location.origin : 'http://localhost:8003';
    const parameters = new URLSearchParams({ policy: plan.policy, now: plan.now });
    if (plan.tz !== 'UTC') parameters.set('tz', plan.tz);
    if (plan.workloads.length > 1 && this.workload) {
      const { namespace, workload, container } = this.workload;
      for (const [name, value] of Object.entries({ namespace, workload, container })) {
        if (value !== '') parameters.set(name, value);
      }
    }
    const query = parameters.toString().replaceAll('%3A', ':').replaceAll("'", '%27');
    return `curl '${origin}/next_${this.horizon}?${query}'`;
  }

  private model(metric: MetricPlan): unknown {
    const { model } = metric;
    if (!model) return nothing;
    const unit = metric.unit ?? 'none';
    const { mae, naive_mae: naive, coverage } = model.backtest;
    const tested = mae === null
      ? 'too short a history for a backtest'
      : `backtest error ${amount(mae, unit)} on average` +
        (naive === null ? '' : ` (repeating last season: ${amount(naive, unit)})`) +
        (coverage === null ? '' : `, ${Math.round(coverage * 100)} % of points inside the interval`);
    return html`
      <dd>
        Model ${model.model_version}, preset ${model.preset} chose ${model.chosen},
        ${counted(model.training_records, 'record')} every ${duration(model.cadence_seconds)}; ${tested}.
        ${model.warnings.map((warning) => html`<br />${warning}`)}
      </dd>
    `;
  }

  protected override render(): unknown {
    const { plan, workload } = this;
    if (!plan || !workload) return nothing;
    return html`
      <section class="panel" aria-labelledby="title">
        <h2 id="title">How this was computed</h2>
        <p>
          Seen from <code>${plan.now}</code> (${longMoment(plan.now)} ${zoneName(plan.now)}), with Plimsoll
          ${plan.plimsoll_version} in this browser. A server with a model of the same data answers this:
        </p>
        <pre tabindex="0" role="region" aria-label="curl command"><code>${this.curl(plan)}</code></pre>
        <dl>
          ${METRICS.map((name) => workload.metrics[name].model
            ? html`<dt>${METRIC_TITLES[name]}</dt>${this.model(workload.metrics[name])}`
            : nothing)}
        </dl>
      </section>
    `;
  }
}
