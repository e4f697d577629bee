// The file the page opens on, and the template a user can fill in.
export const SAMPLE_NAME = 'sample.csv';

export const SAMPLE_ORIGIN =
  'Server machine_3_3 of the Server Machine Dataset (NetManAIOps/OmniAnomaly, MIT licence), its last 28 days. ' +
  'The dataset is normalised: CPU 0 to 1 is read as 0 to 1 core, memory 0 to 1 as 0 to 2 GiB. ' +
  'The dates are a relative clock, not calendar days.';

export async function fetchSample(): Promise<Blob> {
  const response = await fetch(`./${SAMPLE_NAME}`);
  if (!response.ok) throw new Error(`${response.url}: HTTP status ${response.status}`);
  return response.blob();
}

export const TEMPLATE =
  'timestamp,namespace,workload,container,cpu_mean_5m,mem_mean_5m,cpu_request,cpu_limit,memory_request,memory_limit\n' +
  '2026-01-05T00:00:00Z,shop,checkout,app,0.125,268435456,250m,500m,512Mi,1Gi\n' +
  '2026-01-05T00:05:00Z,shop,checkout,app,0.131,268697600,250m,500m,512Mi,1Gi\n';
