// Lists of mutants: FILE|OLD|NEW a line, `#` begins a comment. FILE is the end of the path of a file
// below core/src, with `#2` after it when the second occurrence of OLD is meant. `\|` is a `|` in
// OLD (and in NEW, which otherwise runs to the end of the line).
import {readFileSync} from 'node:fs';

// The parts of a line, `count` of them; the last runs to the end.
export function splitLine(line, count) {
  const parts = [''];
  for (let i = 0; i < line.length; ++i) {
    if (line[i] === '\\' && line[i + 1] === '|') {
      parts[parts.length - 1] += '|';
      ++i;
    } else if (line[i] === '|' && parts.length < count) {
      parts.push('');
    } else {
      parts[parts.length - 1] += line[i];
    }
  }
  return parts;
}

// With `reasons`, a fourth part says why no test can notice the mutant.
export function parseList(text, source, {reasons = false} = {}) {
  const mutants = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const [target, oldText, newText, reason] = splitLine(line, reasons ? 4 : 3);
    const where = `${source}:${index + 1}`;
    if (newText === undefined || oldText === '' || oldText === newText || (reasons && !reason)) {
      throw new Error(`${where}: expected FILE|OLD|NEW${reasons ? '|REASON' : ''}, found ${line}`);
    }
    const [, file, occurrence] = /^(.*?)(?:#(\d+))?$/.exec(target);
    mutants.push({
      source,
      where,
      file,
      occurrence: occurrence === undefined ? undefined : Number(occurrence),
      oldText,
      newText,
      reason,
      key: [target, oldText, newText].join('|'),
    });
  });
  return mutants;
}

export function readList(path, source, options) {
  return parseList(readFileSync(path, 'utf8'), source, options);
}

// The changed text and the line that changed; or why the mutant does not apply.
export function applyMutant(text, {oldText, newText, occurrence}) {
  const places = [];
  for (let at = text.indexOf(oldText); at >= 0; at = text.indexOf(oldText, at + 1)) places.push(at);
  if (places.length === 0) return {problem: 'the old text does not occur'};
  if (occurrence === undefined && places.length > 1) {
    return {problem: `the old text occurs ${places.length} times: say which with FILE#1`};
  }
  const at = places[(occurrence ?? 1) - 1];
  if (at === undefined) return {problem: `the old text occurs only ${places.length} times`};
  return {
    text: text.slice(0, at) + newText + text.slice(at + oldText.length),
    line: text.slice(0, at).split('\n').length,
  };
}

// {old name: [paths below core/src]}
export function parseMoves(text) {
  const moves = new Map();
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [old, ...paths] = line.trim().split(/\s+/);
    moves.set(old, paths);
  }
  return moves;
}

// The one of `sources` ({path below core/src: text}) that a mutant means: {path}, or the problem.
export function findFile(mutant, sources, moves) {
  const moved = moves.get(mutant.file);
  const candidates = [...sources.keys()].filter((path) =>
    moved ? moved.includes(path) : path === mutant.file || path.endsWith(`/${mutant.file}`));
  if (candidates.length === 0) return {problem: `no file ${mutant.file} below core/src`};
  const holding = candidates.filter((path) => sources.get(path).includes(mutant.oldText));
  if (holding.length === 1) return {path: holding[0]};
  if (holding.length === 0) return {problem: `the old text does not occur in ${candidates.join(', ')}`};
  return {problem: `the old text occurs in ${holding.join(' and in ')}`};
}
