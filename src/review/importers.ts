import { modulesBehind } from "../import-findings.ts";
import { isImportFinding } from "../review-judgements.ts";
import type { SourceModule } from "../recipe/source-module.ts";
import type { OwnedFinding } from "./findings.ts";
import type { Pair } from "./pairs.ts";
import type { Both } from "./sides.ts";

/** The names of the recipes that an import that raises at the top of a file keeps from running. */
export type Importers = (one: OwnedFinding, which: "new" | "gone") => readonly string[];

/** Where another Bridge breaks or mends imports, all recipes behind them are told; else the diff shows the line. */
export function importersIn({ before, after, shift }: Both, pairs: readonly Pair[]): Importers {
  if (shift === null) return () => [];
  const sides = { new: after, gone: before };
  const known = {
    new: new Map<SourceModule, ReadonlySet<string>>(),
    gone: new Map<SourceModule, ReadonlySet<string>>(),
  };
  const pathsOf = (module: SourceModule, which: "new" | "gone") => {
    let paths = known[which].get(module);
    if (!paths) {
      const behind = modulesBehind(sides[which].project, module);
      known[which].set(module, (paths = new Set([module, ...behind].map(({ path }) => path))));
    }
    return paths;
  };
  return ({ place, finding }, which) => {
    if (finding.cause === undefined || !isImportFinding(finding) || !place.startsWith("module.")) return [];
    return pairs.flatMap((pair) => {
      const recipe = which === "new" ? pair.after : pair.before;
      return recipe && pathsOf(recipe.candidate.module, which).has(finding.file) ? [recipe.name] : [];
    });
  };
}
