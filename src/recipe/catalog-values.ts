import type { Catalog, FrozenClass } from "../bridge/catalog.ts";
import { CHECKPOINT_MODEL } from "./checkpoint-model.ts";
import { callFrozen } from "./frozen-call.ts";
import { thaw, type Thawing } from "./frozen.ts";
import type { CallPlace, Machine } from "./machine.ts";
import {
  symbol,
  unknown,
  type ArgumentValue,
  type ClassValue,
  type FieldEntry,
  type Value,
} from "./value.ts";

/** A catalog's tables as values of the interpreter. */
export interface CatalogValues {
  /** What a public import path stands for; null if the catalog does not know it. */
  export(path: string): Value | null;
  /** What a function of the catalog returns for these arguments; null if it is not in there. */
  call(m: Machine, path: string, args: readonly ArgumentValue[], place: CallPlace): Value | null;
  /** The functions whose results were taken from the catalog so far. */
  readonly called: ReadonlySet<string>;
  /** The value that every model has in a field, whatever checkpoint it comes from; null if they differ. */
  modelDefault(field: string): Value | null;
  isModelField(field: string): boolean;
  /** Whether only some models have the field. */
  mayBeModelField(field: string): boolean;
}

/** Knows nothing: for extracting a catalog, where all source is at hand. */
export const NO_CATALOG: CatalogValues = {
  export: () => null,
  call: () => null,
  called: new Set(),
  modelDefault: () => null,
  isModelField: () => false,
  mayBeModelField: () => false,
};

/** Classes are made once per catalog: two look-ups of one path give the same class. */
export function catalogValues(catalog: Catalog): CatalogValues {
  const classes = new Map<string, ClassValue>();
  const called = new Set<string>();
  const modelFields = new Set(catalog.modelFields);
  const classAt = (path: string): ClassValue | null => {
    if (path === CHECKPOINT_MODEL.path) return CHECKPOINT_MODEL;
    const known = classes.get(path);
    if (known) return known;
    const frozen = catalog.classes[path];
    if (!frozen) return null;
    const made = makeClass(path, frozen, classAt);
    classes.set(path, made);
    return made;
  };
  const constants: Thawing = { scope: "catalog", newId: () => 0, classAt };
  return {
    export: (path) => exportOf(catalog, path, classAt),
    call: (m, path, args, place) => {
      const target = catalog.aliases[path] ?? path;
      const frozen = catalog.functions[target];
      if (frozen) called.add(target);
      const by = { scope: `${place.scope}:${place.shown}`, newId: () => m.objects++, classAt };
      return frozen ? callFrozen(m, frozen, { args, by }) : null;
    },
    called,
    modelDefault: (field) => {
      const frozen = catalog.modelDefaults[field];
      return frozen === undefined ? null : thaw(frozen, constants);
    },
    isModelField: (field) => modelFields.has(field),
    mayBeModelField: (field) => catalog.otherModelFields.includes(field),
  };
}

function exportOf(
  catalog: Catalog,
  path: string,
  classAt: (path: string) => ClassValue | null,
): Value | null {
  const target = catalog.aliases[path] ?? path;
  if (target in catalog.classes) return classAt(target);
  return target in catalog.functions || target !== path ? symbol(target) : null;
}

function makeClass(
  path: string,
  frozen: FrozenClass,
  classAt: (path: string) => ClassValue | null,
): ClassValue {
  const fields = frozen.fields.map((field): FieldEntry => {
    const { name, default: fallback, init } = field;
    return {
      name,
      required: fallback === undefined,
      init: init !== false,
      make: (m) => {
        const by = { scope: path, newId: () => m.objects++, classAt };
        return fallback === undefined ? unknown(`a required field of ${path}`) : thaw(fallback, by);
      },
    };
  });
  return {
    kind: "class",
    name: path.split(".").at(-1) ?? path,
    path,
    bases: frozen.bases.map((base) => classAt(base) ?? symbol(base)),
    source: null,
    table: { fields, methods: new Set(frozen.methods) },
  };
}

/** Whether the catalog was asked for a recipe of Bridge. */
export function callsRecipes({ called }: CatalogValues): boolean {
  return [...called].some((path) => /^megatron\.bridge\.(\w+\.)*(perf_)?recipes\./.test(path));
}
