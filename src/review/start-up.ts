import type { Analysis } from "../analysis.ts";
import { effectiveOf } from "../effects.ts";
import { startUpFindings } from "../start-up-findings.ts";
import { lineAt } from "../python/source.ts";
import type { Evaluation } from "../recipe/evaluate.ts";
import { scenariosOf } from "../scenarios.ts";
import { codeOn, compareFindings, type OneSided, type OwnedFinding } from "./findings.ts";
import type { Pair } from "./pairs.ts";
import type { Both } from "./sides.ts";

/** What Bridge's start-up will newly say of the recipes that a change concerns, or no longer. */
export function startUpChanges({ before, after }: Both, pairs: readonly Pair[]): OneSided {
  const concerned = pairs.filter((pair) => pair.before !== pair.after);
  const renamed = concerned.flatMap((pair): [string, string][] =>
    pair.before && pair.after ? [[pair.before.name, pair.after.name]] : [],
  );
  return compareFindings(
    concerned.flatMap((pair) => (pair.before ? findingsOf(before, pair.before) : [])),
    concerned.flatMap((pair) => (pair.after ? findingsOf(after, pair.after) : [])),
    new Map(renamed),
  );
}

/** Under any of the circumstances asked for, each finding once. */
function findingsOf(analysis: Analysis, recipe: Evaluation): OwnedFinding[] {
  const { module, stmt } = recipe.candidate;
  const findings = scenariosOf(analysis, recipe).flatMap((scenario) => {
    const ways = recipe.worlds.map((world) => effectiveOf(world, scenario));
    return startUpFindings(recipe, ways).filter(({ severity }) => severity !== "info");
  });
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...distinct.values()].map((finding) => ({
    place: recipe.name,
    placeLine: lineAt(module.text, stmt.start),
    owner: recipe.name,
    code: codeOn(module.text, finding.line),
    finding: { ...finding, file: module.path },
  }));
}
