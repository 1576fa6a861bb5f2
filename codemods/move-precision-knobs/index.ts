import { defineCodemod, type Finding, type RecipeFile } from "../../src/index.ts";
import { isPrecisionKnob, PRECISION_KNOBS } from "./fields.ts";
import { findInFunction, type Judged } from "./function.ts";
import { judge } from "./judge.ts";
import { lostConstructorArguments } from "./lost-arguments.ts";
import { unprovenWrites } from "./unproven.ts";
import { computedNames, spreadArguments, unknownFields, unreachedWrites } from "./unreached.ts";
import { withoutUnusedImports } from "./unused-imports.ts";

export default defineCodemod({
  set: "recommended",
  remit: PRECISION_KNOBS,
  find: (file) => withoutUnusedImports(file, [...findWrites(file)]),
});

function* findWrites(file: RecipeFile): Generator<Finding> {
  const judged = file.sites
    .filter((site) => isPrecisionKnob(site.section, site.field))
    .map((site) => ({ site, judgement: judge(site) }));
  for (const group of byFunction(judged)) yield* findInFunction(file, group);
  yield* lostConstructorArguments(file);
  yield* unknownFields(file);
  yield* computedNames(file);
  yield* spreadArguments(file);
  yield* unprovenWrites(file);
  yield* unreachedWrites(file);
}

function byFunction(judged: readonly Judged[]): readonly (readonly Judged[])[] {
  const groups = new Map<unknown, Judged[]>();
  for (const one of judged) groups.set(one.site.site.func, [...(groups.get(one.site.site.func) ?? []), one]);
  return [...groups.values()];
}
