// Finds fields that the Kubernetes API does not know: each object becomes a TypeScript literal of
// its published type, where the compiler refuses what the type does not have.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const HERE = dirname(fileURLToPath(import.meta.url));
const FILE = join(HERE, "literal.ts");  // never written: it exists for the compiler only

// The compiler's complaints about `object`, in words; none when its type fits exactly.
export function type_complaints(object) {
  const { kind, apiVersion } = object;
  const source = `import type { I${kind} } from "kubernetes-models/${apiVersion}/${kind}";\n` +
    `export const literal: I${kind} = ${JSON.stringify(object, null, 1)};\n`;
  const options = { noEmit: true, strict: true, skipLibCheck: true, types: [],
    module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const read_from_disk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === FILE ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)
      : read_from_disk(name, ...rest);
  const exists_on_disk = host.fileExists.bind(host);
  host.fileExists = (name) => name === FILE || exists_on_disk(name);
  return ts.getPreEmitDiagnostics(ts.createProgram([FILE], options, host)).map((diagnostic) =>
    ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
}
