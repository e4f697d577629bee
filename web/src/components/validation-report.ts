import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Finding, ValidationReport, WorkloadSummary } from '../engine/plan.js';
import { amount, counted, duration, longMoment, unitWords, zoneName } from '../format.js';
import { sharedStyles } from './shared-styles.js';

const GROUPS = [
  { severity: 'error', title: 'Errors' },
  { severity: 'warning', title: 'Warnings' },
  { severity: 'info', title: 'Remarks' },
] as const;
const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;
const ZONES = { UTC: 'UTC', offset: 'as written', assumed_utc: 'none written, taken as UTC' } as const;

/** What was read from the file, what was detected, and everything remarkable in it. */
@customElement('plimsoll-validation-report')
export class ValidationReportView extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 12px;
        align-items: center;
      }
      .status {
        padding: 1px 10px;
        border-radius: 99px;
        font-size: 0.8125rem;
        font-weight: 600;
        background: var(--good-soft);
        color: var(--good);
      }
      .status.failed {
        background: var(--bad-soft);
        color: var(--bad);
      }
      .facts {
        margin: 8px 0 16px;
        color: var(--muted);
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        font-size: 0.875rem;
      }
      th,
      td {
        text-align: left;
        padding: 6px 14px 6px 0;
        border-bottom: 1px solid var(--line);
        white-space: nowrap;
      }
      th {
        color: var(--muted);
        font-weight: 550;
      }
      h3 {
        font-size: 0.9375rem;
        margin: 18px 0 8px;
      }
      li {
        border-left: 4px solid var(--strong-line);
        padding: 6px 12px;
        background: var(--sunken);
        border-radius: 0 8px 8px 0;
        margin-bottom: 8px;
        overflow-wrap: anywhere;
      }
      li.error {
        border-color: var(--bad);
      }
      li.warning {
        border-color: var(--warn);
      }
      li strong {
        margin-right: 6px;
      }
      .rows {
        font-size: 0.8125rem;
        color: var(--muted);
      }
    `,
  ];

  @property({ attribute: false }) report: ValidationReport | undefined;

  private finding(finding: Finding): unknown {
    const others = finding.rows.length > 1 ? `Rows ${finding.rows.join(', ')}${finding.count > finding.rows.length ? ' …' : ''}` : '';
    return html`
      <li class=${finding.severity}>
        <strong>${finding.title}</strong>
        <span class="rows">${counted(finding.count, 'time')}${finding.workload ? `, ${finding.workload}` : ''}</span>
        <div>${finding.message}</div>
        ${others === '' ? nothing : html`<div class="rows numeric">${others}</div>`}
      </li>
    `;
  }

  private columns(report: ValidationReport): unknown {
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="Columns and units">
        <table>
          <thead>
            <tr><th>Meaning</th><th>Column</th><th>Unit</th><th>Values</th><th>Missing</th><th>Smallest</th><th>Mean</th><th>Largest</th></tr>
          </thead>
          <tbody class="numeric">
            <tr><td>timestamp</td><td>${report.detected.timestamp_column}</td><td>${report.detected.timestamp_format.replaceAll('_', ' ')}</td><td>${report.record_count.toLocaleString('en')}</td><td></td><td></td><td></td><td></td></tr>
            ${report.column_summaries.map((column) => html`
              <tr>
                <td>${column.role}</td>
                <td>${column.column}</td>
                <td>${unitWords(column)}</td>
                <td>${column.values.toLocaleString('en')}</td>
                <td>${column.missing_values.toLocaleString('en')}</td>
                ${[column.min, column.mean, column.max].map((value) => html`<td>${value === null ? '' : amount(value, column.unit)}</td>`)}
              </tr>
            `)}
          </tbody>
        </table>
      </div>
    `;
  }

  private cadence(workloads: WorkloadSummary[]): string {
    const steps = [...new Set(workloads.map((workload) => workload.cadence_seconds))];
    const gaps = workloads.reduce((sum, workload) => sum + workload.gap_count, 0);
    const step = steps.length === 1 && steps[0] ? `a row every ${duration(steps[0])}` : 'several cadences';
    return `${step}, ${gaps === 0 ? 'no gaps' : counted(gaps, 'gap')}`;
  }

  protected override render(): unknown {
    const { report } = this;
    if (!report) return nothing;
    const { detected, date_range: range } = report;
    const passed = report.validation_status === 'PASSED';
    return html`
      <section class="panel" aria-labelledby="title">
        <div class="head">
          <h2 id="title">Data check</h2>
          <span class="status ${passed ? '' : 'failed'}">${passed ? '✓ Passed' : '✕ Failed'}</span>
        </div>
        <p class="facts numeric">
          ${counted(report.record_count, 'row')}${range ? html`, ${longMoment(range.start)} to ${longMoment(range.end)} ${zoneName(range.start)}` : nothing};
          ${this.cadence(report.workloads)}; separated by ${DELIMITERS[detected.delimiter]}; timezone: ${ZONES[detected.timezone]}.
          ${report.missing_columns.length === 0 ? nothing : html`No column for ${report.missing_columns.join(', ')}.`}
        </p>
        ${this.columns(report)}
        ${GROUPS.map(({ severity, title }) => {
          const findings = report.findings.filter((finding) => finding.severity === severity);
          if (findings.length === 0) return severity === 'info' ? nothing : html`<h3>${title}: none</h3>`;
          return html`<h3>${title}: ${findings.length}</h3><ul>${findings.map((finding) => this.finding(finding))}</ul>`;
        })}
      </section>
    `;
  }
}
