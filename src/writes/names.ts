import type { Edit } from "../edit.ts";
import type { RecipeFile } from "../codemod.ts";
import { addImports, type ImportRequest } from "../python/edits/imports.ts";

/** Names that new code needs, under what the file calls them; they are imported where it does not have them. */
export interface Names {
  /** What the file calls a name of a module: `local("dataclasses", "replace")`. */
  local(from: string, name: string): string;
  /** The imports of all names asked for so far. */
  edits(): Edit[];
}

/** Collects the imports of one fix. */
export function namesFor({ text, source }: RecipeFile): Names {
  const { module } = source.parsed();
  const requests = new Map<string, ImportRequest>();
  return {
    local(from, name) {
      const request = { from, name };
      requests.set(`${from} ${name}`, request);
      return addImports(text, module, [request]).localNames[0] ?? name;
    },
    edits: () => addImports(text, module, [...requests.values()]).edits,
  };
}
