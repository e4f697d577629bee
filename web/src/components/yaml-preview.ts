import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { download } from '../download.js';
import type { Horizon } from '../engine/plan.js';
import { HORIZON_TITLES } from '../format.js';
import { sharedStyles } from './shared-styles.js';

/** The patch for the chosen horizon, as the core wrote it: preview, copy, download. */
@customElement('plimsoll-yaml-preview')
export class YamlPreview extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 10px;
        align-items: center;
        justify-content: space-between;
        margin-bottom: 12px;
      }
      .actions {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      pre {
        max-height: 420px;
        min-height: 120px;
      }
      p {
        margin-top: 10px;
        font-size: 0.875rem;
      }
      [role='status'] {
        font-size: 0.8125rem;
        color: var(--good);
      }
    `,
  ];

  @property() yaml: string | undefined;
  @property() horizon: Horizon = 'week';
  @state() private said = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('yaml')) this.said = '';
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.yaml ?? '');
      this.said = 'Copied.';
    } catch {
      this.said = 'The browser did not allow copying; use Download.';
    }
  }

  protected override render(): unknown {
    const { yaml } = this;
    return html`
      <section class="panel" aria-labelledby="title">
        <div class="head">
          <h2 id="title">Patch for the ${HORIZON_TITLES[this.horizon].toLowerCase()}</h2>
          <div class="actions">
            <span role="status">${this.said}</span>
            <button ?disabled=${yaml === undefined} @click=${() => this.copy()}>Copy YAML</button>
            <button
              ?disabled=${yaml === undefined}
              @click=${() => { download(`plimsoll-${this.horizon}.yaml`, 'application/yaml', yaml ?? ''); }}
            >Download YAML</button>
          </div>
        </div>
        <pre tabindex="0" role="region" aria-label="YAML patch"><code>${yaml ?? 'Preparing …'}</code></pre>
        ${yaml === undefined ? nothing : html`<p class="muted">Apply with <code>kubectl patch</code> or as a kustomize patch. A HorizontalPodAutoscaler that scales on utilisation measures against the request: changing it changes when replicas are added.</p>`}
      </section>
    `;
  }
}
