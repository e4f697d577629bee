// Requests as answers: `plimsoll request` over a file or a store.

// The body stands in a file whose ending says what it is.
export function request(name, method, target, {body, flags = []} = {}) {
  if (body === undefined) return {name, runs: [['request', '--method', method, '--path', target, ...flags]]};
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const file = bytes.subarray(0, 1).toString() === '{' ? 'in.json' : 'in.csv';
  return {name, runs: [['request', '--method', method, '--path', target, '--body', file, ...flags]], files: {[file]: bytes}};
}

export const post = (name, target, body, flags = []) =>
  request(name, 'POST', target, {body: typeof body === 'object' && !ArrayBuffer.isView(body) ? JSON.stringify(body) : body, flags});

// GET of each target, as one answer.
export const gets = (name, targets, flags = []) =>
  ({name, runs: targets.map((target) => ['request', '--path', target, ...flags])});
