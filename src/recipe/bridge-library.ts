import { isLauncher, PATHS, PRECISION_TWINS, precisionFunction } from "../bridge/names.ts";
import { storeField } from "./attributes.ts";
import {
  ancestryOf,
  derivesFrom,
  fieldNamed,
  fieldsOf,
  findMember,
  isDataclass,
  newObject,
} from "./classes.ts";
import { isTame } from "./module-order.ts";
import type { CatalogValues } from "./catalog-values.ts";
import { CHECKPOINT_MODEL } from "./checkpoint-model.ts";
import { importModule } from "./import-calls.ts";
import { product } from "./iterators.ts";
import type { Library } from "./library.ts";
import { PythonError, type CallPlace, type Machine } from "./machine.ts";
import { moduleAttribute } from "./names.ts";
import {
  constant,
  FALSE,
  identity,
  isMutable,
  NONE,
  symbol,
  TRUE,
  unknown,
  type ArgumentValue,
  type ClassValue,
  type ListValue,
  type ObjectValue,
  type Value,
} from "./value.ts";

interface Call {
  readonly args: readonly ArgumentValue[];
  readonly place: CallPlace;
}

const AUTO_BRIDGE: ClassValue = { ...CHECKPOINT_MODEL, name: "AutoBridge", path: "bridgemod.AutoBridge" };

const HARMLESS =
  /^(os|sys|logging|warnings|math|json|re|time|datetime|random|pathlib|typing|typing_extensions|collections|itertools|functools|string|torch|numpy|transformers|packaging|platform|socket|uuid|hashlib|textwrap|dataclasses|importlib|inspect|argparse)(\.|$)/;

/** What we know of Bridge and of the libraries that recipes use, on top of a catalog's tables. */
export function bridgeLibrary(catalog: CatalogValues): Library {
  return {
    export: (module, name) => catalog.export(`${module}.${name}`),
    isNamed: (module, name) => module === PATHS.commOverlapModule && name.startsWith("userbuffers_"),
    call: (m, path, call) => callLibrary(m, path, call) ?? fromCatalog(catalog, m, { path, call }),
    isHarmless: (path) =>
      HARMLESS.test(path) || /\.(to_yaml|to_dict|print_yaml|log_non_default_values)$/.test(path),
    isTransparent: (path) => path === PATHS.registerPrecision,
    attribute: (_m, object, name) => attributeOf(catalog, object, name),
    hasAttribute: (object, name) => {
      if (object.type !== CHECKPOINT_MODEL || object.fields.has(name)) return null;
      return catalog.isModelField(name) ? true : null;
    },
    isModelField: (name) => catalog.isModelField(name),
    mayHave: (_object, name) => catalog.isModelField(name) || (catalog.mayBeModelField(name) ? null : false),
    models: (type) => isMereData(type) || isPrecision(type),
    isMereData,
    holdsSettings: (type) => !isMereData(type) || type.name === "TrainingConfig",
    afterFields,
    afterInit: (m, object) => {
      checkDdp(m, object);
    },
    twins: (type, field) => (isPrecision(type) ? twinsOf(type, field) : NO_TWINS),
  };
}

const NO_TWINS: readonly string[] = [];
const precisionClasses = new WeakMap<ClassValue, boolean>();

function isPrecision(type: ClassValue): boolean {
  let known = precisionClasses.get(type);
  if (known === undefined)
    precisionClasses.set(type, (known = derivesFrom(type, PATHS.mixedPrecision) === true));
  return known;
}

const knobClasses = new WeakMap<ClassValue, boolean>();

/** Datasets, loggers, checkpoints …: classes of Megatron that neither hold knobs nor decide any. */
function isMereData(type: ClassValue): boolean {
  if (!type.path.startsWith("megatron.")) return false;
  let known = knobClasses.get(type);
  if (known === undefined) {
    known = !mayHoldKnobs(type);
    knobClasses.set(type, known);
  }
  return known;
}

/** A base that is out of sight counts as one that holds knobs, unless it comes from where Megatron keeps settings. */
function mayHoldKnobs(type: ClassValue): boolean {
  const { classes, complete } = ancestryOf(type);
  if (classes.some((one) => (KNOB_CLASSES as readonly string[]).includes(one.path))) return true;
  if (complete) return false;
  const hidden = classes
    .flatMap((one) => one.bases)
    .filter((base) => base.kind === "symbol" || base.kind === "unknown");
  return hidden.some(
    (base) =>
      base.kind !== "symbol" || !/^(megatron\.training|torch|abc|typing|enum|collections)\./.test(base.path),
  );
}

const KNOB_CLASSES = [
  PATHS.container,
  PATHS.mixedPrecision,
  PATHS.commOverlap,
  PATHS.ddp,
  PATHS.optimizer,
  PATHS.modelParallel,
];

/** Whether a model came out of `AutoBridge`. */
export function isCheckpointModel(object: ObjectValue): boolean {
  return object.type === CHECKPOINT_MODEL;
}

type Modelled = (m: Machine, call: Call) => Value | null;

const FUNCTIONS: Readonly<Record<string, Modelled>> = {
  [PATHS.getMixedPrecision]: getMixedPrecision,
  "dataclasses.replace": replace,
  "dataclasses.fields": fieldObjects,
  "dataclasses.is_dataclass": isDataclassValue,
  "copy.copy": (m, { args: [original] }) => {
    if (original?.value.kind === "object") fillDefaults(m, original.value);
    return copyOf(original?.value);
  },
  "copy.deepcopy": (m, { args: [original] }) => (original ? deepCopy(m, original.value, new Map()) : null),
  "functools.partial": (_m, { args: [func, ...rest] }) =>
    func ? { kind: "partial", func: func.value, args: rest } : null,
  "itertools.product": (m, { args }) => product(m, args),
  "typing.cast": (_m, { args }) => args[1]?.value ?? null,
  "os.path.join": joinPath,
  "sys.exit": (_m, { place }) => {
    throw new PythonError("SystemExit", place.shown);
  },
  "importlib.import_module": (m, { args }) => importModule(m, args),
  // It reads every field there is, and changes none.
  "megatron.bridge.training.utils.omegaconf_utils.create_omegaconf_dict_config": (m, { place }) =>
    unknown(`made by ${place.shown}`, m.nth(place.shown)),
  "megatron.bridge.training.flex_dispatcher_backend.apply_flex_dispatcher_backend": applyFlexDispatcher,
  "bridgemod.AutoBridge.to_megatron_provider": toModel,
  "bridgemod.AutoBridge.get_model_config": toModel,
};

const modelled = new Map<string, Modelled | null>();

function callLibrary(m: Machine, path: string, call: Call): Value | null {
  let known = modelled.get(path);
  if (known === undefined) modelled.set(path, (known = modelOf(path)));
  return known ? known(m, call) : null;
}

function modelOf(path: string): Modelled | null {
  const known = FUNCTIONS[path];
  if (known) return known;
  if (isAutoBridge(path)) return (m, call) => makeAutoBridge(m, path, call);
  if (isLauncher(path)) return launch;
  if (path.endsWith(".provider_bridge")) return (m, call) => openModel(m, call);
  if (ONLY_TELLS.test(path)) return () => NONE;
  if (RANK.test(path)) return () => constant(0);
  if (FUSION.test(path)) return () => unknown("depends on what is installed", `${path}()`);
  return path.startsWith("logging.") ? () => symbol(`${path}()`) : null;
}

/** Functions whose source is at hand are followed instead. */
function fromCatalog(
  catalog: CatalogValues,
  m: Machine,
  { path, call }: { path: string; call: Call },
): Value | null {
  const module = path.slice(0, Math.max(0, path.lastIndexOf(".")));
  return m.session.host.find(module) ? null : catalog.call(m, path, call.args, call.place);
}

/** Functions of Megatron that print, log or warn and do nothing else. */
const ONLY_TELLS = /^megatron\.\w+\.(\w+\.)*_?(print|log|warn)_\w+$/;

/** A recipe is evaluated as on the first process: all processes must build the same configuration. */
const RANK = /^(megatron\.\w+\.(\w+\.)*|torch\.distributed\.)(safe_)?get_rank(_safe)?$/;

/** Whether a fusion can be had: Bridge looks for the packages, which may be there or not. */
const FUSION = /^megatron\.bridge\.utils\.fusions\.can_enable_\w+$/;

/** `AutoBridge.from_hf_pretrained` and its siblings, under whatever path it was imported. */
function isAutoBridge(path: string): boolean {
  return /^megatron\.bridge\.(\w+\.)*AutoBridge\.from_(hf_pretrained|hf_config|auto_config)$/.test(path);
}

function makeAutoBridge(m: Machine, path: string, { args }: Call): Value {
  const object = newObject(m, AUTO_BRIDGE);
  const named = args.filter((arg) => arg.value.kind !== "class");
  const source = named.find((arg) => arg.name === null || /^(path|hf_\w+|pretrained\w*)$/.test(arg.name));
  object.fields.set("hf", { value: source?.value ?? unknown(path), write: null });
  return object;
}

function toModel(m: Machine, { args: [self] }: Call): Value {
  const model = newObject(m, CHECKPOINT_MODEL);
  const hf = self?.value.kind === "object" ? self.value.fields.get("hf")?.value : null;
  model.fields.set("hf_model_id", { value: hf ?? unknown("the checkpoint"), write: null });
  return model;
}

/** A model bridge that a recipe calls by itself; its class may differ from all others. */
function openModel(m: Machine, { place }: Call): Value {
  const model = newObject(m, CHECKPOINT_MODEL);
  model.open = unknown(`decided by ${place.shown}`, m.nth(place.shown));
  return model;
}

/** Chooses the dispatcher of a mixture of experts by the GPU at hand, which we do not have. */
function applyFlexDispatcher(m: Machine, { args: [model, backend] }: Call): Value {
  if (model?.value.kind !== "object") return NONE;
  const experts = m.getAttribute(model.value, "num_moe_experts");
  if (experts.kind === "const" && (experts.value === null || experts.value === 0)) return NONE;
  const key = `flex(${identity(experts)}, ${backend ? identity(backend.value) : ""})`;
  for (const field of [
    "moe_token_dispatcher_type",
    "moe_flex_dispatcher_backend",
    "moe_shared_expert_overlap",
  ]) {
    const value = unknown(`${field}, chosen by the GPU`, `${key}.${field}`);
    model.value.fields.set(field, { value, write: null });
  }
  return NONE;
}

function attributeOf(catalog: CatalogValues, object: ObjectValue, name: string): Value | null {
  if (object.type === AUTO_BRIDGE) {
    const path = `bridgemod.AutoBridge.${name}`;
    return path in FUNCTIONS
      ? { kind: "method", func: symbol(path), self: object }
      : unknown(`AutoBridge.${name}`);
  }
  if (object.type !== CHECKPOINT_MODEL) return catalogMethod(object, name);
  const certain = catalog.modelDefault(name);
  if (certain) return certain;
  const source = object.fields.get("hf_model_id")?.value ?? NONE;
  const shown = source.kind === "const" ? String(source.value) : "a checkpoint";
  const value = unknown(`decided by ${shown}`, `checkpoint(${identity(source)}).${name}`);
  return { ...value, fromCheckpoint: SIZES.has(name) ? "size" : "data" };
}

/** What every model has at least one of; one without attention has no heads. */
const SIZES: ReadonlySet<string> = new Set(["num_layers", "hidden_size"]);

/** A method of a class whose source is not at hand: calling it may change the object. */
function catalogMethod(object: ObjectValue, name: string): Value | null {
  const owner = ancestryOf(object.type).classes.find((one) => one.table?.methods.has(name) === true);
  return owner ? { kind: "method", func: symbol(`${owner.path}.${name}`), self: object } : null;
}

/** Bridge resolves a name by its registry and hands an object back as it is. */
function getMixedPrecision(m: Machine, { args }: Call): Value | null {
  const [arg] = args;
  if (!arg) return null;
  const { value } = arg;
  if (value.kind === "object") return value;
  if (value.kind === "const" && typeof value.value === "string") return namedPrecision(m, value.value);
  if (value.kind === "choice") {
    const side = m.decide(unknown(value.condition)) ? value.then : value.otherwise;
    return getMixedPrecision(m, { args: [{ ...arg, value: side }], place: { scope: "", shown: "" } });
  }
  if (value.kind === "const")
    throw new PythonError("AttributeError", "'NoneType' object has no attribute 'replace'");
  return openPrecision(m, value);
}

/** Bridge's class of mixed precision; null where there is none. */
export function precisionClass(m: Machine): ClassValue | null {
  const module = m.session.host.find(PATHS.mixedPrecisionModule);
  const type = module
    ? moduleAttribute(m, module, "MixedPrecisionConfig")
    : m.session.library.export(PATHS.mixedPrecisionModule, "MixedPrecisionConfig");
  return type?.kind === "class" ? type : null;
}

/** A configuration of which nothing is known but that it is one; the same for every way to get it from a value. */
export function openPrecision(m: Machine, from: Value): Value {
  const type = precisionClass(m);
  const key = `precision(${identity(from)})`;
  if (!type) return unknown(key);
  const object = newObject(m, type);
  object.open = unknown(`of ${from.kind === "unknown" ? from.shown : "mixed_precision"}`, key);
  return object;
}

/** The configuration that Bridge makes of a precision name such as `bf16_mixed`. */
export function namedPrecision(m: Machine, name: string): Value {
  const module = m.session.host.find(PATHS.mixedPrecisionModule);
  const func = precisionFunction(name);
  const factory = module
    ? moduleAttribute(m, module, func)
    : m.session.library.export(PATHS.mixedPrecisionModule, func);
  if (!factory || factory.kind === "unknown") {
    throw new PythonError("ValueError", `Unknown mixed-precision recipe '${name}'`);
  }
  return m.call(factory, [], { scope: PATHS.mixedPrecisionModule, shown: `${func}()` });
}

function launch(m: Machine, { args }: Call): Value {
  const containers = args.flatMap(({ value }) => {
    return value.kind === "object" && derivesFrom(value.type, PATHS.container) === true ? [value] : [];
  });
  const [first] = args;
  const config = args.find(({ name }) => name === "config") ?? (first?.name === null ? first : undefined);
  if (containers.length > 0) m.launched.push(...containers);
  else if (config?.value.kind === "unknown") m.launched.push(config.value);
  return NONE;
}

function replace(m: Machine, { args: [original, ...changes] }: Call): Value | null {
  if (original?.value.kind === "object") fillDefaults(m, original.value);
  const copy = copyOf(original?.value);
  if (copy?.kind !== "object") return null;
  // The constructor gets the fields, and does with them what it does.
  if (findMember(copy.type, "__post_init__") && copy.type.source && !isTame(copy.type.source.module))
    return null;
  const made: ObjectValue = { ...copy, id: m.objects++ };
  for (const name of made.fields.keys())
    if (!fieldNamed(m, made.type, name) && copy.type.source) made.fields.delete(name);
  for (const { name, value, site } of changes) {
    if (name === null || name === "**") return null;
    storeField(m, made, { name, assigned: value, site });
  }
  m.session.library.afterInit(m, made);
  return made;
}

/** Only ever a yes: a decorator that we do not know may make a dataclass, too. */
function isDataclassValue(m: Machine, { args: [of] }: Call): Value | null {
  if (of?.value.kind === "const") return FALSE;
  const type = of?.value.kind === "object" ? of.value.type : of?.value;
  return type?.kind === "class" && ancestryOf(type).classes.some((one) => isDataclass(m, one)) ? TRUE : null;
}

const FIELD: ClassValue = { ...CHECKPOINT_MODEL, name: "Field", path: "dataclasses.Field" };

function fieldObjects(m: Machine, { args: [of] }: Call): Value | null {
  const type = of?.value.kind === "object" ? of.value.type : of?.value;
  if (type?.kind !== "class" || !ancestryOf(type).complete) return null;
  const items = fieldsOf(m, type).map(({ name }): Value => {
    const object = newObject(m, FIELD);
    object.fields.set("name", { value: constant(name), write: null });
    return object;
  });
  return { kind: "tuple", items, open: null };
}

/** Makes the defaults that nobody has looked at yet: a copy shares them with the original. */
function fillDefaults(m: Machine, object: ObjectValue): void {
  for (const { name } of fieldsOf(m, object.type)) if (!object.fields.has(name)) m.getAttribute(object, name);
}

/** Methods by which a class says itself how it is copied. */
const COPYING = ["__copy__", "__deepcopy__", "__replace__", "__reduce__", "__reduce_ex__", "__getstate__"];

function copyOf(value: Value | undefined): Value | null {
  if (!value || !isMutable(value)) return value ?? null;
  if (value.kind === "object" && COPYING.some((name) => findMember(value.type, name))) return null;
  if (value.kind === "object") return { ...value, id: -value.id, fields: new Map(value.fields) };
  if (value.kind === "dict") return { ...value, entries: new Map(value.entries) };
  return { ...value, items: [...value.items] };
}

/** A copy of a value and all that it holds; what it holds twice, the copy holds twice. Null where a class decides. */
function deepCopy(m: Machine, value: Value, made: Map<Value, Value>): Value | null {
  const known = made.get(value);
  if (known) return known;
  const copy = copyOf(value);
  if (!copy || copy === value) return value.kind === "tuple" ? copyTuple(m, value, made) : copy;
  const target = copy.kind === "object" ? { ...copy, id: m.objects++ } : copy;
  made.set(value, target);
  const inside = (part: Value) => deepCopy(m, part, made);
  if (target.kind === "object") {
    for (const [name, slot] of target.fields) {
      const held = inside(slot.value);
      if (!held) return null;
      target.fields.set(name, { ...slot, value: held });
    }
  } else if (target.kind === "dict") {
    for (const [key, slot] of target.entries)
      target.entries.set(key, { ...slot, value: inside(slot.value) ?? unknown("copied by its class") });
  } else if (target.kind === "list" || target.kind === "set")
    target.items = target.items.map((item) => inside(item) ?? unknown("copied by its class"));
  return target;
}

function copyTuple(m: Machine, value: ListValue, made: Map<Value, Value>): Value {
  const items = value.items.map((item) => deepCopy(m, item, made) ?? unknown("copied by its class"));
  return { kind: "tuple", items, open: value.open };
}

function joinPath(_m: Machine, { args }: Call): Value | null {
  const parts = args.map((arg) => arg.value);
  const known = parts.flatMap((part) =>
    part.kind === "const" && typeof part.value === "string" ? [part.value] : [],
  );
  if (known.length === parts.length) return constant(known.join("/"));
  return unknown(`os.path.join(${parts.map(identity).join(", ")})`);
}

function twinsOf(type: ClassValue, field: string): readonly string[] {
  for (const [param, gather] of PRECISION_TWINS) {
    const both = [param, gather] as readonly string[];
    if (both.includes(field) && hasField(type, gather)) return both.filter((name) => name !== field);
  }
  return [];
}

const fieldNames = new WeakMap<ClassValue, ReadonlySet<string>>();

function hasField(type: ClassValue, name: string): boolean {
  return fieldNames.get(type)?.has(name) ?? true;
}

/** The constructor assigns `fp8_param_gather` after `fp8_param`, so that the latter's argument is lost. */
function afterFields(m: Machine, object: ObjectValue, given: ReadonlySet<string>): void {
  if (!isPrecision(object.type)) return;
  if (!fieldNames.has(object.type)) {
    fieldNames.set(object.type, new Set(fieldsOf(m, object.type).map((field) => field.name)));
  }
  for (const [param, gather] of PRECISION_TWINS) {
    if (!hasField(object.type, gather)) continue;
    const slot = given.has(gather) ? object.fields.get(gather) : null;
    const kept = slot ?? { value: FALSE, write: null };
    object.fields.set(param, kept);
    object.fields.set(gather, kept);
  }
}

/** Megatron-Core's own check, for when its source is not at hand. */
function checkDdp(m: Machine, object: ObjectValue): void {
  if (!object.type.table || object.type.path !== PATHS.ddp) return;
  const reuse = m.getAttribute(object, "reuse_grad_buf_for_mxfp8_param_ag");
  const gather = m.getAttribute(object, "fp8_param_gather");
  if (reuse === TRUE && gather === FALSE) {
    throw new PythonError("AssertionError", "Reuse grad buffer only when keeping params in MXFP8.");
  }
}
