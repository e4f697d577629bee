// What several components share: panels, buttons, headings, focus.
import { css } from 'lit';

export const sharedStyles = css`
  :host {
    display: block;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
  }
  ul,
  ol {
    padding: 0;
    list-style: none;
  }
  h2 {
    font-size: 1.0625rem;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .panel {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 14px;
    box-shadow: var(--shadow);
    padding: 20px;
  }
  .muted {
    color: var(--muted);
  }
  .numeric {
    font-variant-numeric: tabular-nums;
  }
  button,
  .button {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 36px;
    padding: 6px 14px;
    border: 1px solid var(--strong-line);
    border-radius: 9px;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-weight: 550;
    cursor: pointer;
  }
  button:hover,
  .button:hover {
    background: var(--sunken);
  }
  button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--accent-ink);
  }
  button.primary:hover {
    filter: brightness(1.08);
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  summary {
    cursor: pointer;
    color: var(--accent);
    font-weight: 550;
    border-radius: 4px;
    width: fit-content;
  }
  pre,
  code {
    font-family: var(--mono);
    font-size: 0.8125rem;
  }
  pre {
    margin: 0;
    padding: 14px;
    overflow-x: auto;
    background: var(--sunken);
    border: 1px solid var(--line);
    border-radius: 9px;
    line-height: 1.55;
  }
`;
