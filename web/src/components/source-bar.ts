import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { download } from '../download.js';
import { SAMPLE_ORIGIN, TEMPLATE } from '../sample.js';
import { sharedStyles } from './shared-styles.js';

/** Whose data is shown, and the ways to bring one's own. Fires `file-chosen` and `cancel`. */
@customElement('plimsoll-source-bar')
export class SourceBar extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      .panel {
        display: flex;
        flex-wrap: wrap;
        gap: 14px 24px;
        align-items: center;
        justify-content: space-between;
        padding: 14px 20px;
      }
      .name {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 10px;
        align-items: center;
      }
      .badge {
        padding: 2px 10px;
        border-radius: 99px;
        background: var(--accent-soft);
        color: var(--accent);
        font-size: 0.8125rem;
        font-weight: 650;
      }
      .file {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      details {
        font-size: 0.875rem;
        max-width: 68ch;
      }
      input {
        display: none;
      }
      .busy {
        display: flex;
        gap: 10px;
        align-items: center;
      }
      .spinner {
        width: 16px;
        height: 16px;
        border: 2px solid var(--line);
        border-top-color: var(--accent);
        border-radius: 50%;
        animation: turn 0.9s linear infinite;
      }
      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .spinner {
          animation-duration: 6s;
        }
      }
    `,
  ];

  @property() file = '';
  @property({ type: Boolean }) sample = false;
  @property() facts = '';
  @property() stage = '';
  @query('input') private readonly picker!: HTMLInputElement;

  private choose(): void {
    const file = this.picker.files?.[0];
    this.picker.value = '';
    if (file) this.dispatchEvent(new CustomEvent<File>('file-chosen', { detail: file }));
  }

  private busy(): unknown {
    return html`
      <span class="busy">
        <span class="spinner" aria-hidden="true"></span>
        <span role="status">Working: ${this.stage} …</span>
        <button @click=${() => this.dispatchEvent(new Event('cancel'))}>Cancel</button>
      </span>
    `;
  }

  protected override render(): unknown {
    return html`
      <div class="panel">
        <div>
          <div class="name">
            <span class="badge" title=${this.sample ? SAMPLE_ORIGIN : nothing}>${this.sample ? 'Sample data' : 'Your data'}</span>
            <span class="file">${this.file}</span>
            <span class="muted numeric">${this.facts}</span>
          </div>
          ${this.sample
            ? html`<details><summary>About this sample</summary>${SAMPLE_ORIGIN}</details>`
            : nothing}
        </div>
        ${this.stage === '' ? nothing : this.busy()}
        <div class="actions">
          <button class="primary" @click=${() => { this.picker.click(); }}>Use your CSV</button>
          <button @click=${() => { download('plimsoll-template.csv', 'text/csv', TEMPLATE); }}>Download template</button>
          <input type="file" accept=".csv,.tsv,.txt,text/csv" aria-label="CSV file" @change=${() => { this.choose(); }} />
        </div>
      </div>
    `;
  }
}
