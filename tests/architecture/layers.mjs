// The include graph of the core: modules (a header and its source are one), the layers they lie in,
// the arrows that run up, and the circles.

// "data/table" of core/include/plimsoll/data/table.h, core/src/data/table.h and core/src/data/table.cc;
// undefined for other files.
export function module_of(path) {
  return path.match(/^core\/(?:include\/plimsoll|src)\/(.+)\.(?:h|cc)$/)?.[1];
}

// What an include names: "plimsoll/data/table.h" and "data/table.h" are the module "data/table".
function module_named(include) {
  return include.replace(/^plimsoll\//, "").replace(/\.h$/, "");
}

// `files` is a list of {path, includes}; gives module -> set of modules it includes.
export function include_graph(files) {
  const graph = new Map();
  for (const { path } of files) {
    const module = module_of(path);
    if (module) graph.set(module, new Set());
  }
  for (const { path, includes } of files) {
    const from = module_of(path);
    if (!from) continue;
    for (const include of includes) {
      const to = module_named(include);
      if (graph.has(to) && to !== from) graph.get(from).add(to);
    }
  }
  return graph;
}

export const layer_of = (module) => module.split("/")[0];

// Arrows from a layer to one above it, "data/table -> plan/plan"; `layers` are lowest first.
export function arrows_up(graph, layers) {
  const arrows = [];
  for (const [from, targets] of graph) {
    for (const to of targets) {
      if (layers.indexOf(layer_of(to)) > layers.indexOf(layer_of(from))) arrows.push(`${from} -> ${to}`);
    }
  }
  return arrows.sort();
}

// Modules that include each other, directly or through others: the strongly connected components of
// more than one module (Tarjan, "Depth-first search and linear graph algorithms", 1972).
export function circles(graph) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const found = [];
  const visit = (module) => {
    index.set(module, index.size);
    low.set(module, index.get(module));
    stack.push(module);
    for (const next of graph.get(module)) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(module, Math.min(low.get(module), low.get(next)));
    }
    if (low.get(module) !== index.get(module)) return;
    const component = stack.splice(stack.indexOf(module));
    if (component.length > 1) found.push(component.sort().join(", "));
  };
  for (const module of graph.keys()) if (!index.has(module)) visit(module);
  return found.sort();
}

// One line a layer: its modules and the layers they include.
export function describe(graph, layers) {
  return layers.map((layer) => {
    const modules = [...graph.keys()].filter((module) => layer_of(module) === layer);
    const below = new Set(modules.flatMap((module) => [...graph.get(module)].map(layer_of)));
    below.delete(layer);
    const uses = layers.filter((name) => below.has(name)).join(" ") || "nothing";
    return `${layer.padEnd(10)} ${String(modules.length).padStart(3)} modules, uses ${uses}`;
  });
}
