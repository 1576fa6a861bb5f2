import { defineCodemod, writes, type Finding, type RecipeFile } from "../../src/index.ts";
import { isPrecisionKnob, PRECISION_KNOBS } from "./fields.ts";
import { findInFunction } from "./function.ts";
import { overriddenPrecision } from "./launch.ts";
import { lostConstructorArguments } from "./lost-arguments.ts";
import { writesOnNames } from "./named-precision.ts";
import { unprovenWrites } from "./unproven.ts";
import { computedNames, spreadArguments, unknownFields } from "./unreached.ts";

export default defineCodemod({
  set: "recommended",
  remit: PRECISION_KNOBS,
  find: (file) => writes.withoutUnusedImports(file, [...findWrites(file)]),
  findInLaunch: overriddenPrecision,
});

function* findWrites(file: RecipeFile): Generator<Finding> {
  const judged = file.sites
    .filter((site) => isPrecisionKnob(site.section, site.field))
    .map((site) => ({ site, judgement: writes.judge(site, "mixed_precision") }));
  for (const group of writes.byFunction(judged)) yield* findInFunction(file, group);
  yield* writesOnNames(file);
  yield* lostConstructorArguments(file);
  yield* unknownFields(file);
  yield* computedNames(file);
  yield* spreadArguments(file);
  yield* unprovenWrites(file);
  yield* writes.unheld(file, { by: "mixed_precision", writes: isPrecisionKnob });
}
