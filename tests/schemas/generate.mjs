// docs/schemas and web/src/engine/types.ts, made from the tables of members by which the core writes its
// documents. node tests/schemas/generate.mjs writes them; schemas.test.ts compares.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOP = resolve(fileURLToPath(import.meta.url), '../../..');
const PROGRAM = join(resolve(TOP, process.env.PLIMSOLL_BIN_DIR ?? 'build/native'), 'tests/schemas/plimsoll_describe');
// What the planner reads.
const TYPED = ['plan', 'validation', 'problem'];

const NAMED = /^urn:plimsoll:schema:(.*)$/;

// The document's own type: "ValidationReport" of validation.
const TYPES = { plan: 'Plan', validation: 'ValidationReport', problem: 'Problem' };

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.startsWith('#') ? schema.$ref.split('/').at(-1) : TYPES[NAMED.exec(schema.$ref)[1]];
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' | ');
  if ('const' in schema) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  switch (schema.type) {
    case 'array': {
      const items = typeOf(schema.items);
      return items.includes(' | ') ? `(${items})[]` : `${items}[]`;
    }
    case 'object':
      return schema.properties ? `{\n${fieldsOf(schema, '    ')}  }` : `Record<string, ${typeOf(schema.additionalProperties)}>`;
    case 'integer':
      return 'number';
    default:
      return schema.type;
  }
}

function literal(value) {
  return typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll('\'', '\\\'').replaceAll('\t', '\\t')}'` : String(value);
}

function fieldsOf({ properties, required = [] }, indent) {
  return Object.entries(properties).map(([name, schema]) => {
    const comment = schema.description ? `${indent}/** ${schema.description} */\n` : '';
    return `${comment}${indent}${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};\n`;
  }).join('');
}

function types(schemas) {
  const interfaces = new Map();
  const add = (name, schema) => {
    const text = `export interface ${name} {\n${fieldsOf(schema, '  ')}}\n`;
    if ((interfaces.get(name) ?? text) !== text) throw new Error(`two types are called ${name}`);
    interfaces.set(name, text);
  };
  for (const document of TYPED) {
    const { $defs = {}, ...schema } = schemas[document];
    add(TYPES[document], schema);
    for (const [name, part] of Object.entries($defs)) add(name, part);
  }
  return '// Made by tests/schemas/generate.mjs from the core\'s own tables: what /v1/plan answers, its report, and\n'
    + `// problems. Not edited by hand.\n\n${[...interfaces.values()].join('\n')}`;
}

/** Every generated file, by its path from the top of the repository. */
export function generated() {
  const schemas = JSON.parse(execFileSync(PROGRAM, { encoding: 'utf8', maxBuffer: 1 << 24 }));
  const files = Object.entries(schemas).map(([name, schema]) => [`docs/schemas/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`]);
  return new Map([...files, ['web/src/engine/types.ts', types(schemas)]]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of generated()) writeFileSync(join(TOP, path), text);
}
