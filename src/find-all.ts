import type { Analysis } from "./analysis.ts";
import type { NamedCodemod } from "./codemod.ts";
import type { Found } from "./file-state.ts";
import type { Intent } from "./policy.ts";
import { findingsIn } from "./recipe-file.ts";
import { heedComments } from "./suppression.ts";

/** What codemods find in a file, its comments heeded, in source order; or which one of them failed, and how. */
export function findAll(
  analysis: Analysis,
  path: string,
  { codemods, intent }: { readonly codemods: readonly NamedCodemod[]; readonly intent: Intent },
): readonly Found[] | { readonly failure: string } {
  const source = analysis.project.module(path);
  if (!source) return [];
  const found: Found[] = [];
  for (const codemod of codemods) {
    try {
      for (const finding of findingsIn(analysis, path, { codemod, intent }))
        found.push({ ...heedComments(source, codemod.name, finding), codemod });
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return { failure: `internal error in ${codemod.name}: ${said}` };
    }
  }
  return found.sort(bySource);
}

/** At one place by name: what comes of a run must not depend on the order that codemods are given in. */
function bySource(a: Found, b: Found): number {
  const apart = a.finding.span.start - b.finding.span.start;
  if (apart !== 0) return apart;
  return a.codemod.name < b.codemod.name ? -1 : Number(a.codemod.name > b.codemod.name);
}
