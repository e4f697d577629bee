// 200 CSV files, the same on every machine: integers only, from a seeded generator.

const EPOCH = 1_767_225_600; // 2026-01-01T00:00:00Z
const CADENCES = [60, 300, 300, 300, 900, 3600, 86_400];

// xorshift32: whole numbers below `bound`.
function generator(seed) {
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
  return (bound) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % bound;
  };
}

const decimal = (thousandths) =>
  `${Math.trunc(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
const iso = (seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

// A triangle over the day, in thousandths of a core: no transcendental function is needed.
function usage(kind, second, next) {
  const noon = Math.abs((second % 86_400) - 43_200);
  const daily = 400 - Math.trunc((noon * 350) / 43_200);
  if (kind === 'constant') return 250;
  if (kind === 'on_off') return second % 86_400 < 28_800 ? 2 : 700 + next(50);
  if (kind === 'spikes') return next(200) === 0 ? 4000 + next(1000) : daily + next(40);
  if (kind === 'growing') return daily + Math.trunc((second - EPOCH) / 3600) + next(60);
  return daily + next(120);
}

function cell(kind, value, next) {
  if (kind === 'missing' && next(50) === 0) return ['', 'NaN', 'nan', 'inf', '-1'][next(5)];
  if (kind === 'broken' && next(300) === 0) return ['abc', '1.2.3', '"', '1,5'][next(4)];
  return value;
}

const KINDS = ['plain', 'constant', 'on_off', 'spikes', 'growing', 'gaps', 'missing', 'broken', 'short', 'unsorted'];
const UNITS = ['cores', 'millicores', 'quantity'];

function inUnit(unit, thousandths) {
  if (unit === 'cores') return decimal(thousandths);
  return unit === 'millicores' ? String(thousandths) : `${thousandths}m`;
}

function timestamp(style, second) {
  if (style === 0) return String(second);
  if (style === 1) return iso(second).replace('T', ' ').replace('Z', '');
  return iso(second);
}

/** File `seed`: its name, its text and the target to ask for. */
export function generate(seed) {
  const next = generator(seed);
  const kind = KINDS[seed % KINDS.length];
  const cadence = CADENCES[next(CADENCES.length)];
  const unit = UNITS[next(UNITS.length)];
  const delimiter = [',', ',', ';', '\t'][next(4)];
  const style = next(4);
  const quoted = next(4) === 0;
  const workloads = next(4) === 0 ? 1 + next(3) : 0;
  const rows = kind === 'short' ? next(30) : 500 + next(1200);
  const mark = next(8) === 0 ? '\uFEFF' : '';
  const end = next(5) === 0 ? '\r\n' : '\n';
  const quote = (text) => (quoted ? `"${text.replaceAll('"', '""')}"` : text);
  const header = ['timestamp', 'cpu_mean_5m', 'mem_mean_5m'];
  if (workloads > 0) header.unshift('namespace', 'workload');
  const lines = [header.map(quote).join(delimiter)];
  for (let i = 0; i < rows; i++) {
    if (kind === 'gaps' && (next(40) === 0 || (i > 200 && i < 260))) continue;
    const second = EPOCH + i * cadence + (kind === 'unsorted' && next(20) === 0 ? -7 * cadence : 0);
    for (let w = 0; w < Math.max(1, workloads); w++) {
      const thousandths = usage(kind, second, next);
      const memory = 200_000_000 + thousandths * 150_000 + next(1_000_000);
      const cells = [
        timestamp(style, second),
        cell(kind, inUnit(unit, thousandths), next),
        cell(kind, String(memory), next),
      ];
      if (workloads > 0) cells.unshift('shop', `service-${w}`);
      lines.push(cells.map(quote).join(delimiter));
    }
  }
  const query = unit === 'millicores' ? '?unit.cpu=millicores' : '';
  return { name: `generated-${String(seed).padStart(3, '0')}-${kind}`, text: mark + lines.join(end) + end, target: `/v1/plan${query}` };
}
