export { applyEdits, EditConflict, type Edit, type Span } from "./edit.ts";
export {
  defineCodemod,
  type Claim,
  type Codemod,
  type Finding,
  type Fix,
  type NamedCodemod,
  type RecipeFile,
} from "./codemod.ts";
export { overridesOf, type LaunchFile, type LaunchSetting } from "./launch/setting.ts";
export type { KnobSite, KnobUse } from "./sites.ts";
export type { Effective } from "./effects.ts";
export type { RaisedSite, RaisedUse } from "./raised.ts";
export {
  differenceText,
  isUpstreamPractice,
  userBuffersFor,
  type Difference,
  type Fit,
  type UserBuffers,
} from "./user-buffers.ts";
export { hasLatentAttention, hasVaryingLengths, trainsAdapters } from "./traits.ts";
export { isAtLeast, waysOf, type Way } from "./ways.ts";
export {
  identity,
  type ClassValue,
  type ObjectValue,
  type Site,
  type Value,
  type Write,
} from "./recipe/value.ts";
export { isConstant } from "./recipe/value.ts";
export { isContainer } from "./recipe/evaluate.ts";
export { gpuOf } from "./scenarios.ts";
export { runningRecipes, type RunningRecipe } from "./recipe-view.ts";
export { show } from "./recipe/operators.ts";
export type {
  Argument,
  Assign,
  Call,
  Dict,
  DictEntry,
  Expr,
  FunctionDef,
  Module,
  Stmt,
} from "./python/syntax.ts";
export * as blocks from "./python/blocks.ts";
export * as edits from "./python/edits/index.ts";
export * as imports from "./python/edits/imports.ts";
export * as walk from "./python/walk.ts";
export * as launch from "./bridge/launch-env.ts";
export * as writes from "./writes/index.ts";
