import { css } from 'lit';

export const plannerStyles = css`
  .page {
    max-width: 1240px;
    margin: 0 auto;
    padding: 20px 24px 32px;
    min-height: 100vh;
  }
  .page.dragging {
    outline: 3px dashed var(--accent);
    outline-offset: -10px;
    border-radius: 20px;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 14px;
    align-items: center;
    margin-bottom: 18px;
  }
  header svg {
    width: 40px;
    height: 40px;
    fill: none;
    stroke: var(--accent);
    stroke-width: 3;
  }
  h1 {
    margin: 0;
    font-size: 1.375rem;
    line-height: 1.15;
    letter-spacing: -0.02em;
  }
  .private {
    margin-left: auto;
    padding: 4px 12px;
    border-radius: 99px;
    background: var(--good-soft);
    color: var(--good);
    font-size: 0.875rem;
    font-weight: 550;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  .metric {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 340px;
    gap: 20px 28px;
  }
  .metric plimsoll-forecast-chart {
    order: -1;
  }
  .metric plimsoll-recommendation-card:only-child {
    grid-column: 1 / -1;
  }
  .window {
    padding: 0 4px;
    color: var(--muted);
  }
  .window strong {
    color: var(--ink);
    margin-right: 6px;
  }
  .stale {
    padding: 10px 14px;
    border-radius: 9px;
    background: var(--warn-soft);
    color: var(--warn);
  }
  .workload {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
    padding: 12px 20px;
    font-weight: 550;
  }
  select {
    min-height: 36px;
    max-width: 100%;
    padding: 4px 10px;
    border: 1px solid var(--strong-line);
    border-radius: 9px;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }
  .waiting {
    min-height: 480px;
    display: grid;
    place-items: center;
  }
  footer {
    margin-top: 20px;
    font-size: 0.8125rem;
  }
  @media (max-width: 900px) {
    .page {
      padding: 14px 14px 24px;
    }
    .metric {
      grid-template-columns: minmax(0, 1fr);
      padding: 16px;
    }
    .metric plimsoll-forecast-chart {
      order: 0;
    }
    .private {
      margin-left: 0;
    }
  }
`;
