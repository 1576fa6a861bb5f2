import { defineCodemod, writes, type Finding, type RecipeFile } from "../../src/index.ts";
import { bucketSizesInBytes } from "./bucket-size.ts";
import { conflicts } from "./conflicts.ts";
import { brokenConstructors } from "./constructor.ts";
import { deferralsWithoutLimit } from "./deferral.ts";
import { GATE_KNOBS, isOverlapKnob, OVERLAP_KNOBS } from "./fields.ts";
import { overwrittenFlags } from "./flags.ts";
import { gatherOutOfSync } from "./gather.ts";
import { overriddenOverlap } from "./launch.ts";
import { missingObjects } from "./missing-object.ts";
import { lacksSequenceParallel } from "./sequence-parallel.ts";
import { tensorOverlapOnModel } from "./on-the-model.ts";
import { optimizerOutOfSync } from "./sync.ts";

export default defineCodemod({
  set: "recommended",
  remit: [...OVERLAP_KNOBS, ...GATE_KNOBS, "model.sequence_parallel"],
  find: (file) => writes.withoutUnusedImports(file, [...findAll(file)]),
  findInLaunch: overriddenOverlap,
});

function* findAll(file: RecipeFile): Generator<Finding> {
  yield* missingObjects(file);
  yield* brokenConstructors(file);
  yield* optimizerOutOfSync(file);
  yield* gatherOutOfSync(file);
  yield* overwrittenFlags(file);
  yield* lacksSequenceParallel(file);
  yield* tensorOverlapOnModel(file);
  yield* deferralsWithoutLimit(file);
  yield* conflicts(file);
  yield* bucketSizesInBytes(file);
  yield* writes.unheld(file, { by: "comm_overlap", writes: isOverlapKnob });
}
