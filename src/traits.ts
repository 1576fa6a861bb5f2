import type { Span } from "./edit.ts";
import { knownModel, type KnownModel } from "./bridge/known-models.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import type { Value } from "./recipe/value.ts";
import type { Way } from "./ways.ts";

/** Names of functions that set up fine-tuning: a dataset that cannot be told may be theirs. */
const TUNING_NAME = /(?:^|_)(?:peft|lora|dora|finetune|finetuning|sft|vl)(?:_|$)/i;

/** Classes of datasets whose batches differ in length. */
const VARYING_DATASET = /SFT|Finetun|Conversation|Energon|VLM?|HFDataset/i;

/** The hidden size that the recipe sets, else that of the checkpoint that its model is made from; null if not known. */
export function hiddenSizeOf(way: Way): number | null {
  const value = way.effective.resolved("model.hidden_size")?.value ?? null;
  if (value?.kind === "const") return typeof value.value === "number" ? value.value : null;
  return modelBehind(way, value)?.hidden ?? null;
}

/** Whether the model has multi-latent attention; null if not known. */
export function hasLatentAttention(way: Pick<Way, "effective">): boolean | null {
  const value = way.effective.resolved("model.multi_latent_attention")?.value ?? null;
  if (value?.kind === "const") return value.value === true;
  return value === null ? false : (modelBehind(way, value)?.latent ?? null);
}

/** What is known of the checkpoint that leaves a value open. */
function modelBehind({ effective }: Pick<Way, "effective">, value: Value | null): KnownModel | null {
  if (value?.kind === "unknown" && !value.key.startsWith("checkpoint(")) return null;
  const checkpoint = effective.declared("model.hf_model_id");
  return checkpoint?.kind === "const" && typeof checkpoint.value === "string"
    ? knownModel(checkpoint.value)
    : null;
}

/** Whether only adapters are trained, as LoRA does; null if not known. */
export function trainsAdapters(way: Way): boolean | null {
  const peft = way.container.fields.get("peft")?.value;
  if (!peft) return way.container.open ? null : false;
  if (peft.kind === "const") return peft.value !== null;
  return peft.kind === "unknown" || peft.kind === "choice" ? null : true;
}

/** Whether batches may differ in their number of tokens: then buffers of a fixed size do not fit. */
export function hasVaryingLengths(way: Way): boolean {
  const varies = way.effective.resolved("model.variable_seq_lengths")?.value;
  if (varies?.kind === "const" && varies.value === true) return true;
  const dataset = way.container.fields.get("dataset")?.value;
  if (dataset?.kind === "object") return VARYING_DATASET.test(dataset.type.name);
  if (dataset?.kind === "unknown" && isClassPath(dataset.shown))
    return VARYING_DATASET.test(dataset.shown.slice(dataset.shown.lastIndexOf(".") + 1));
  return usesNames(way, TUNING_NAME);
}

/** Whether an unknown is an object of which a catalog keeps the class alone. */
function isClassPath(shown: string): boolean {
  return /^megatron\.bridge\.(?:\w+\.)+[A-Z]\w*$/.test(shown);
}

/** Whether a recipe, or a function of the project that it runs through, is named or calls something named like that. */
function usesNames({ recipe, effective }: Way, pattern: RegExp): boolean {
  const { called } = effective.world.machine;
  for (const module of recipe.touched) {
    if (!module.own) continue;
    const { body } = module.parsed().module;
    const isScript = recipe.candidate.name === null && recipe.candidate.module === module;
    const words = new Set<string>();
    for (const stmt of body) {
      const ran = stmt.kind === "FunctionDef" ? called.has(stmt) : isScript && stmt.kind !== "ImportFrom";
      if (ran) for (const word of wordsOf(module, stmt)) words.add(word);
    }
    if (words.size === 0) continue;
    for (const stmt of body) {
      if (stmt.kind !== "ImportFrom") continue;
      for (const { name, alias } of stmt.names) if (alias !== null && words.has(alias)) words.add(name);
    }
    if ([...words].some((word) => pattern.test(word))) return true;
  }
  return false;
}

const wordsIn = new WeakMap<Span, ReadonlySet<string>>();

function wordsOf({ text }: SourceModule, stmt: Span): ReadonlySet<string> {
  let words = wordsIn.get(stmt);
  if (!words) wordsIn.set(stmt, (words = new Set(text.slice(stmt.start, stmt.end).match(/\w+/g))));
  return words;
}
