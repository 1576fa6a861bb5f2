import type { Catalog, Frozen, FrozenClass, FrozenFunction } from "../../src/bridge/catalog.ts";
import type { Project } from "../../src/project.ts";
import { bridgeLibrary } from "../../src/recipe/bridge-library.ts";
import { NO_CATALOG, type CatalogValues } from "../../src/recipe/catalog-values.ts";
import { ancestryOf, fieldsOf, isDataclass } from "../../src/recipe/classes.ts";
import { freeze } from "../../src/recipe/frozen.ts";
import { mayImport } from "../../src/recipe/import-paths.ts";
import { newMachine, DEFAULT_LIMITS } from "../../src/recipe/interpreter.ts";
import type { Machine, Session } from "../../src/recipe/machine.ts";
import { indexOf } from "../../src/recipe/module-index.ts";
import { moduleAttribute } from "../../src/recipe/names.ts";
import type { ClassValue, FunctionValue, Value } from "../../src/recipe/value.ts";
import { boundNames } from "./bound-names.ts";
import { exportsOf, type Exports } from "./exports.ts";
import { freezeFunction } from "./freeze-function.ts";
import { certainModelDefaults } from "./model-defaults.ts";
import { movesOf, type Before } from "./moves.ts";
import { moduleNames } from "./read-tree.ts";
import type { Source } from "./sources.ts";

const TRANSFORMER_MODULE = "megatron.core.transformer.transformer_config";

/** Modules whose names users import. */
function publicModules(trees: Source): string[] {
  return [
    "megatron.bridge",
    "megatron.bridge.training.config",
    "megatron.bridge.training.mixed_precision",
    "megatron.bridge.training.comm_overlap",
    "megatron.bridge.models",
    ...moduleNames(trees.bridge, "megatron.bridge.training"),
    // Packages too: recipes import a provider from where its package shows it.
    ...moduleNames(trees.bridge, "megatron.bridge.models").filter((name) =>
      /(provider|config|builder)s?$|^(\w+\.){3}\w+$/.test(name),
    ),
    ...moduleNames(trees.bridge, "megatron.bridge.recipes"),
    ...moduleNames(trees.bridge, "megatron.bridge.perf_recipes"),
    ...moduleNames(trees.bridge, "megatron.bridge.diffusion.recipes"),
    "megatron.core.distributed",
    "megatron.core.distributed.distributed_data_parallel_config",
    "megatron.core.optimizer",
    "megatron.core.optimizer.optimizer_config",
    TRANSFORMER_MODULE,
  ];
}

/** What is taken from the source of one version. */
export interface Extracted {
  readonly catalog: Catalog;
  /** What the next version's moves are told from. */
  readonly exports: Exports;
}

/**
 * Everything that the catalog of one version holds, read from its source by our own parser and evaluator; its moves are
 * from the version before, null for the oldest.
 */
export function extract(project: Project, trees: Source, before: Before | null): Extracted {
  const model = certainModelDefaults(project, trees.bridge);
  const values: CatalogValues = {
    ...NO_CATALOG,
    modelDefault: (field) => model.value(field),
    isModelField: (field) => model.fields.has(field),
  };
  const session: Session = {
    host: project.host,
    library: bridgeLibrary(values),
    globals: new Map(),
    memos: new Map(),
  };
  const found = collect(session, publicModules(trees));
  const m = newMachine(session, DEFAULT_LIMITS, new Map());
  const classes = Object.fromEntries(
    [...found.classes.values()].map((type) => [type.path, freezeClass(m, type)]),
  );
  const exports = exportsOf(session, moduleNames(trees.bridge, "megatron.bridge"));
  const after = {
    version: trees.version,
    exports,
    mayImport: (path: string) => mayImport(project.host, path),
  };
  const catalog: Catalog = {
    version: trees.version,
    core: trees.coreVersion,
    source: trees.name,
    aliases: sorted(found.aliases),
    classes: sorted(classes),
    functions: sorted(freezeFunctions(session, found.functions, new Set(Object.keys(classes)))),
    moves: before ? movesOf(before, after) : {},
    modelDefaults: sorted(Object.fromEntries(model.certain)),
    modelFields: [...model.fields].sort(),
    otherModelFields: model.others,
    presets: sorted(presetsOf(project)),
  };
  return { catalog, exports };
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Found {
  readonly aliases: Record<string, string>;
  readonly classes: Map<string, ClassValue>;
  readonly functions: FunctionValue[];
}

function collect(session: Session, modules: readonly string[]): Found {
  const found: Found = { aliases: {}, classes: new Map(), functions: [] };
  const m = newMachine(session, { ...DEFAULT_LIMITS, steps: Infinity }, new Map());
  for (const name of modules) {
    const module = session.host.find(name);
    if (!module) continue;
    addCoreImports(m, found, name);
    for (const bound of boundNames(session.host, name))
      addName(m, found, { path: `${name}.${bound}`, value: moduleAttribute(m, module, bound) });
  }
  return found;
}

/** Classes of Megatron-Core under the names by which Bridge imports them: what Bridge's own classes derive from. */
function addCoreImports(m: Machine, found: Found, moduleName: string): void {
  for (const stmt of m.session.host.find(moduleName)?.parsed().module.body ?? []) {
    if (stmt.kind !== "ImportFrom" || !/^megatron\.(core|training)\b/.test(stmt.module)) continue;
    for (const { name } of stmt.names) {
      const source = m.session.host.find(stmt.module);
      addName(m, found, {
        path: `${stmt.module}.${name}`,
        value: source ? moduleAttribute(m, source, name) : null,
      });
    }
  }
}

function addName(m: Machine, found: Found, { path, value }: { path: string; value: Value | null }): void {
  if (value?.kind === "class" && ancestryOf(value).classes.some((one) => isDataclass(m, one)))
    addClass(found, value);
  else if (
    value?.kind === "function" &&
    /^megatron\.bridge\.(\w+\.)*(recipes|perf_recipes|mixed_precision)\./.test(value.path)
  ) {
    if (!found.functions.some((one) => one.path === value.path)) found.functions.push(value);
  } else return;
  if (value.path !== path) found.aliases[path] = value.path;
}

function addClass(found: Found, type: ClassValue): void {
  if (found.classes.has(type.path)) return;
  found.classes.set(type.path, type);
  for (const base of type.bases) if (base.kind === "class") addClass(found, base);
}

function freezeClass(m: Machine, type: ClassValue): FrozenClass {
  const inherited = new Map(
    type.bases
      .flatMap((base) => (base.kind === "class" ? fieldsOf(m, base) : []))
      .map((field) => [field.name, field]),
  );
  const own = isDataclass(m, type)
    ? fieldsOf(m, type).filter((field) => inherited.get(field.name) !== field)
    : [];
  const fields = own.map((field) => ({
    name: field.name,
    ...annotationOf(type, field.name),
    ...(!field.required && { default: freeze(field.make(m)) }),
    ...(!field.init && { init: false as const }),
  }));
  const methods =
    type.source?.def.body.flatMap((stmt) => (stmt.kind === "FunctionDef" ? [stmt.name] : [])) ?? [];
  const bases = type.bases.flatMap((base) =>
    base.kind === "class" || base.kind === "symbol" ? [base.path] : [],
  );
  return {
    bases,
    fields,
    methods: [...new Set(methods)].filter((name) => !/^__(?!post_init__)/.test(name)).sort(),
  };
}

/** The type of a field as its class writes it, on one line. */
function annotationOf({ source }: ClassValue, name: string): { type?: string } {
  for (const stmt of source?.def.body ?? []) {
    const [target] = stmt.kind === "Assign" ? stmt.targets : [];
    if (stmt.kind !== "Assign" || target?.kind !== "Name" || target.id !== name || !stmt.annotation) continue;
    const text = source?.module.text.slice(stmt.annotation.start, stmt.annotation.end) ?? "";
    return { type: text.replace(/\s+/g, " ").trim() };
  }
  return {};
}

function freezeFunctions(
  session: Session,
  functions: readonly FunctionValue[],
  classes: ReadonlySet<string>,
): Record<string, FrozenFunction> {
  const frozen: Record<string, FrozenFunction> = {};
  for (const func of functions) {
    const summary = freezeFunction({ session, func, classes });
    if (summary) frozen[func.path] = summary;
  }
  return frozen;
}

/** The presets' own values; in recipes they stay names. */
export function presetsOf(project: Project): Record<string, Frozen & object> {
  const library = { ...bridgeLibrary(NO_CATALOG), isNamed: () => false };
  const session: Session = { host: project.host, library, globals: new Map(), memos: new Map() };
  const m = newMachine(session, DEFAULT_LIMITS, new Map());
  const module = project.host.find("megatron.bridge.training.comm_overlap");
  const presets: Record<string, Frozen & object> = {};
  for (const name of module ? indexOf(module).bindings.keys() : []) {
    const value = module && name.startsWith("userbuffers_") ? moduleAttribute(m, module, name) : null;
    const frozen = value ? freeze(value) : null;
    if (frozen !== null && typeof frozen === "object") presets[name] = frozen;
  }
  return presets;
}
