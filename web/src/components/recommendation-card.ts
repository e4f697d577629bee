import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ChainStep, HorizonPlan, MetricName, MetricPlan } from '../engine/plan.js';
import { METRIC_TITLES, amount, difference, shortMoment, zoneName } from '../format.js';
import { sharedStyles } from './shared-styles.js';

const LEVELS = {
  high: { words: 'High confidence', mark: '●●●' },
  medium: { words: 'Medium confidence', mark: '●●○' },
  low: { words: 'Low confidence', mark: '●○○' },
} as const;

const sentence = (words: string): string => {
  const text = words.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** What to request and limit for one metric in one horizon, and why. */
@customElement('plimsoll-recommendation-card')
export class RecommendationCard extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      section {
        display: flex;
        flex-direction: column;
        gap: 14px;
      }
      .values {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 10px;
      }
      .value {
        border: 1px solid var(--line);
        border-top: 3px solid var(--request);
        border-radius: 9px;
        padding: 10px 12px;
        background: var(--sunken);
      }
      .value.limit {
        border-top-color: var(--limit);
      }
      dt {
        font-size: 0.8125rem;
        color: var(--muted);
      }
      .quantity {
        font-size: 1.625rem;
        font-weight: 680;
        letter-spacing: -0.02em;
        line-height: 1.25;
      }
      .change {
        font-size: 0.8125rem;
        color: var(--muted);
      }
      .level {
        display: inline-flex;
        gap: 8px;
        align-items: center;
        padding: 2px 10px;
        border-radius: 99px;
        font-size: 0.8125rem;
        font-weight: 600;
        background: var(--good-soft);
        color: var(--good);
      }
      .level.medium {
        background: var(--warn-soft);
        color: var(--warn);
      }
      .level.low {
        background: var(--bad-soft);
        color: var(--bad);
      }
      .mark {
        letter-spacing: 2px;
        font-size: 0.625rem;
      }
      .reasons {
        margin-top: 8px;
        font-size: 0.875rem;
        color: var(--muted);
        display: grid;
        gap: 3px;
      }
      .reasons li {
        padding-left: 14px;
        position: relative;
      }
      .reasons li::before {
        content: '';
        position: absolute;
        left: 1px;
        top: 0.62em;
        width: 5px;
        height: 5px;
        border-radius: 50%;
        background: var(--strong-line);
      }
      .chain {
        margin-top: 8px;
        font-size: 0.8125rem;
      }
      h4 {
        font-size: 0.8125rem;
        margin: 8px 0 2px;
      }
      .chain li {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding: 4px 0;
        border-bottom: 1px solid var(--line);
      }
      .chain .detail {
        color: var(--muted);
      }
      .state {
        padding: 14px;
        border-radius: 9px;
        background: var(--sunken);
        border: 1px dashed var(--strong-line);
      }
      .state strong {
        display: block;
      }
    `,
  ];

  @property() name: MetricName = 'cpu';
  @property({ attribute: false }) metric: MetricPlan | undefined;
  @property({ attribute: false }) plan: HorizonPlan | undefined;

  private value(kind: 'request' | 'limit', quantity: string | null): unknown {
    const current = this.metric?.current?.[kind] ?? null;
    let change = 'not given';
    if (current !== null) {
      change = quantity === null ? `now ${current}` : `${current} → ${quantity} (${difference(current, quantity)})`;
    }
    return html`
      <div class="value ${kind}">
        <dt>${sentence(kind)}</dt>
        <dd class="quantity numeric">${quantity ?? 'Unset'}</dd>
        <dd class="change numeric">Current: ${change}</dd>
      </div>
    `;
  }

  private chainOf(target: ChainStep['target'], chain: ChainStep[]): unknown {
    const steps = chain.filter((step) => step.target === target);
    if (steps.length === 0) return nothing;
    const unit = this.metric?.unit ?? 'none';
    return html`
      <h4>${sentence(target)}</h4>
      <ol>
        ${steps.map((step) => html`
          <li>
            <span>${sentence(step.step)} <span class="detail">${step.detail}</span></span>
            <span class="numeric">${amount(step.value, unit)}</span>
          </li>
        `)}
      </ol>
    `;
  }

  private state(title: string, reason: string | null): unknown {
    return html`<div class="state"><strong>${title}</strong><span class="muted">${reason ?? ''}</span></div>`;
  }

  private body(): unknown {
    const { metric, plan } = this;
    if (!metric || metric.status === 'unset') return this.state('Unset', metric?.reason ?? null);
    if (metric.status === 'untrusted') return this.state('Not recommended from this data', metric.reason);
    if (metric.status === 'failed_checks') return this.state('No usable forecast', metric.reason);
    if (metric.status === 'not_enough_data' || !plan) return this.state('Not enough data', metric.reason);
    const { request, limit, chain, confidence, policy, warnings } = plan.recommendation;
    // That a request lies below some samples is its nature; that a limit does is not.
    const shown = warnings.filter(({ code }) => code !== 'samples_above_request');
    const unusable = warnings.find(({ code }) => code === 'forecast_not_usable');
    const level = LEVELS[confidence.level];
    const unit = metric.unit ?? 'none';
    const { forecast, window } = plan;
    return html`
      ${request === null && limit === null
        ? this.state('Unset', unusable?.detail ?? metric.reason ?? 'This series has no physical unit, so it gets a forecast and no quantities.')
        : html`<dl class="values">${this.value('request', request)}${this.value('limit', limit)}</dl>`}
      <p class="numeric">
        Expected: mean ${amount(forecast.mean, unit)}, peak ${amount(forecast.peak, unit)} at
        ${shortMoment(forecast.peak_at)} ${zoneName(window.start)}.
      </p>
      <div>
        <span class="level ${confidence.level}">
          <span class="mark" aria-hidden="true">${level.mark}</span>${level.words}
        </span>
        <ul class="reasons">
          ${confidence.reasons.map((reason) => html`<li>${sentence(reason)}</li>`)}
          ${shown.map(({ detail }) => html`<li>${detail}</li>`)}
        </ul>
      </div>
      <details>
        <summary>Where these numbers come from</summary>
        <div class="chain">
          <p class="muted">Policy ${policy}. Each step and its result:</p>
          ${this.chainOf('request', chain)} ${this.chainOf('limit', chain)}
        </div>
      </details>
    `;
  }

  protected override render(): unknown {
    return html`
      <section aria-label="${METRIC_TITLES[this.name]} recommendation">
        <h3>${METRIC_TITLES[this.name]} recommendation</h3>
        ${this.body()}
      </section>
    `;
  }
}
