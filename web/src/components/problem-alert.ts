import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Finding, Location, Problem } from '../engine/plan.js';
import { counted } from '../format.js';
import { sharedStyles } from './shared-styles.js';

function place({ row, column, field }: Location): string {
  const parts = [row === null ? '' : `row ${row}`, column ? `column ${column}` : ''].filter(Boolean);
  if (parts.length > 0) return parts.join(', ');
  return field && field !== 'body' ? field : 'the file';
}

/** What keeps a file, or rows of it, from being used: where, what was found, expected, the fix. */
@customElement('plimsoll-problem-alert')
export class ProblemAlert extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      [role='alert'] {
        border: 1px solid var(--bad);
        border-left-width: 5px;
        background: var(--bad-soft);
        border-radius: 12px;
        padding: 14px 18px;
        overflow-wrap: anywhere;
      }
      h2 {
        color: var(--bad);
      }
      ul {
        display: grid;
        gap: 8px;
        margin-top: 8px;
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 2px 14px;
        margin-top: 8px;
      }
      dt {
        font-weight: 600;
      }
      p {
        margin-top: 6px;
      }
    `,
  ];

  @property() file = '';
  @property({ attribute: false }) problem: Problem | undefined;
  @property({ attribute: false }) findings: Finding[] = [];

  private refused(problem: Problem): unknown {
    return html`
      <div role="alert">
        <h2>${this.file === '' ? problem.title : `“${this.file}” was not used: ${problem.title.toLowerCase()}`}</h2>
        <p>${problem.detail}</p>
        <dl>
          <dt>Where</dt>
          <dd>${place(problem.location)}</dd>
          <dt>Found</dt>
          <dd>${problem.found}</dd>
          <dt>Expected</dt>
          <dd>${problem.expected}</dd>
          <dt>Fix</dt>
          <dd>${problem.fix}</dd>
        </dl>
        <p class="muted">What is shown below is unchanged.</p>
      </div>
    `;
  }

  private partly(): unknown {
    return html`
      <div role="alert">
        <h2>${counted(this.findings.length, 'error')} in the file; the forecast uses the rest</h2>
        <ul>
          ${this.findings.map((finding) => html`
            <li>
              ${finding.message}${finding.count > 1 ? ` (${counted(finding.count, 'time')})` : ''}
            </li>
          `)}
        </ul>
      </div>
    `;
  }

  protected override render(): unknown {
    return html`
      ${this.problem ? this.refused(this.problem) : nothing}
      ${this.problem === undefined && this.findings.length > 0 ? this.partly() : nothing}
    `;
  }
}
