import type { Catalog, Frozen, FrozenField } from "./catalog.ts";
import { PATHS } from "./names.ts";

/** Fields by the object that start-up copies them to. */
export interface Copied {
  readonly model: readonly string[];
  readonly optimizer: readonly string[];
  readonly ddp: readonly string[];
}

/** What start-up overwrites on model, optimizer and ddp. */
export interface Overwrites {
  readonly precision: Copied;
  readonly overlap: Copied;
}

const known = new WeakMap<Catalog, Overwrites>();

/** The fields that `mixed_precision` and `comm_overlap` overwrite: those of the same name on both sides. */
export function overwritesOf(catalog: Catalog): Overwrites {
  let overwrites = known.get(catalog);
  if (!overwrites) {
    overwrites = {
      precision: sharedFields(catalog, PATHS.mixedPrecision),
      overlap: sharedFields(catalog, COPIED_OVERLAP),
    };
    known.set(catalog, overwrites);
  }
  return overwrites;
}

/** What `CommOverlapConfig` works out and then copies; its own fields are the wishes. */
const COPIED_OVERLAP = PATHS.commOverlap.replace(/\w+$/, "_$&");

/** What most models are made as; it declares fields that Megatron-Core's own class does not have. */
const MODEL = "megatron.bridge.models.gpt_provider.GPTModelProvider";

function sharedFields(catalog: Catalog, source: string): Copied {
  const names = fieldTable(catalog, source).map(({ name }) => name);
  const shared = (fields: Iterable<string>) => {
    const there = new Set(fields);
    return names.filter((name) => there.has(name));
  };
  return {
    model: shared([...catalog.modelFields, ...fieldTable(catalog, MODEL).map(({ name }) => name)]),
    optimizer: shared(fieldTable(catalog, PATHS.optimizer).map(({ name }) => name)),
    ddp: shared(fieldTable(catalog, PATHS.ddp).map(({ name }) => name)),
  };
}

/** The fields of a class with types and defaults, those of its bases first; empty for a class that is not there. */
export function fieldTable(catalog: Catalog, path: string): readonly FrozenField[] {
  const type = catalog.classes[catalog.aliases[path] ?? path];
  if (!type) return [];
  const merged = new Map<string, FrozenField>();
  for (const base of type.bases) for (const field of fieldTable(catalog, base)) merged.set(field.name, field);
  for (const field of type.fields) merged.set(field.name, field);
  return [...merged.values()];
}

/** The names that `mixed_precision` may have in a version, each with the values that it stands for. */
export function precisionRecipes(
  catalog: Catalog,
): Readonly<Record<string, Readonly<Record<string, Frozen>>>> {
  const recipes = Object.entries(catalog.functions).flatMap(([path, { params, result }]) => {
    const isRecipe = path.startsWith(`${PATHS.mixedPrecisionModule}.`) && params.length === 0;
    const values = isRecipe ? valuesOf(catalog, result) : null;
    return values ? [[path.slice(PATHS.mixedPrecisionModule.length + 1), values] as const] : [];
  });
  return Object.fromEntries(recipes);
}

/** Every field of a frozen object of Bridge, defaults included; null for anything else. */
export function valuesOf(catalog: Catalog, frozen: Frozen): Readonly<Record<string, Frozen>> | null {
  if (frozen === null || typeof frozen !== "object" || !("class" in frozen)) return null;
  const defaults = fieldTable(catalog, frozen.class).flatMap((field) =>
    field.default === undefined ? [] : [[field.name, field.default] as const],
  );
  return { ...Object.fromEntries(defaults), ...frozen.fields };
}

/** How a version gets a recipe's environment variables into the processes. */
export function environmentMechanism(catalog: Catalog): "env_vars" | "launch plugin" {
  return fieldTable(catalog, PATHS.container).some(({ name }) => name === "env_vars")
    ? "env_vars"
    : "launch plugin";
}
