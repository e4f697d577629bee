import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { HORIZONS, type Horizon, type HorizonPlan } from '../engine/plan.js';
import { HORIZON_TITLES, windowDays } from '../format.js';
import { sharedStyles } from './shared-styles.js';

const KEYS: Record<string, (index: number) => number> = {
  ArrowRight: (index) => (index + 1) % HORIZONS.length,
  ArrowLeft: (index) => (index + HORIZONS.length - 1) % HORIZONS.length,
  Home: () => 0,
  End: () => HORIZONS.length - 1,
};

/** The four horizons as tabs, each with its dates. Fires `horizon-change` with the horizon. */
@customElement('plimsoll-horizon-tabs')
export class HorizonTabs extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      [role='tablist'] {
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        gap: 6px;
        padding: 6px;
        background: var(--surface);
        border: 1px solid var(--line);
        border-radius: 14px;
        box-shadow: var(--shadow);
      }
      button {
        flex-direction: column;
        align-items: flex-start;
        gap: 0;
        border: 1px solid transparent;
        background: none;
        padding: 8px 14px;
        text-align: left;
      }
      button[aria-selected='true'] {
        background: var(--accent-soft);
        border-color: var(--accent);
      }
      .dates {
        font-size: 0.8125rem;
        font-weight: 400;
        color: var(--muted);
      }
      @media (max-width: 640px) {
        [role='tablist'] {
          grid-template-columns: repeat(2, 1fr);
        }
        button {
          padding: 6px 10px;
        }
      }
    `,
  ];

  @property({ attribute: false }) horizons: Partial<Record<Horizon, HorizonPlan>> = {};
  @property() selected: Horizon = 'week';

  private select(horizon: Horizon): void {
    this.dispatchEvent(new CustomEvent<Horizon>('horizon-change', { detail: horizon }));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const next = KEYS[event.key]?.(HORIZONS.indexOf(this.selected));
    const horizon = next === undefined ? undefined : HORIZONS[next];
    if (horizon === undefined) return;
    event.preventDefault();
    this.select(horizon);
    this.renderRoot.querySelector<HTMLElement>(`[data-horizon=${horizon}]`)?.focus();
  };

  private tab(horizon: Horizon): unknown {
    const plan = this.horizons[horizon];
    const selected = horizon === this.selected;
    return html`
      <button
        role="tab"
        data-horizon=${horizon}
        aria-selected=${selected ? 'true' : 'false'}
        tabindex=${selected ? 0 : -1}
        @click=${() => { this.select(horizon); }}
      >
        <span>${HORIZON_TITLES[horizon]}</span>
        <span class="dates">${plan ? windowDays(plan.window) : 'no forecast'}</span>
      </button>
    `;
  }

  protected override render(): unknown {
    return html`
      <div role="tablist" aria-label="Forecast horizon" @keydown=${this.onKey}>
        ${HORIZONS.map((horizon) => this.tab(horizon))}
      </div>
    `;
  }
}
