import { dottedPath, type FunctionDef } from "../python/syntax.ts";
import {
  ancestryOf,
  classAttribute,
  classScope,
  decoratorPath,
  fieldNamed,
  findMember,
  hasDecorator,
  isDataclass,
  methodOf,
  type FoundMember,
} from "./classes.ts";
import { methodName } from "./builtin-methods.ts";
import { forget } from "./forget.ts";
import { refuseNamespace } from "./assignment.ts";
import { moduleHas } from "./import-calls.ts";
import { EvaluationLimit, PythonError, type Machine } from "./machine.ts";
import { isTame } from "./module-order.ts";
import { moduleAttribute, moduleScope } from "./names.ts";
import { isStrange } from "./strange-classes.ts";
import { derived, show } from "./operators.ts";
import {
  FALSE,
  identity,
  isMutable,
  symbol,
  TRUE,
  unknown,
  type ClassValue,
  type FunctionValue,
  type ObjectValue,
  type Site,
  type Value,
  type Write,
} from "./value.ts";

/** `value.name`. Raises Python's AttributeError where it is certain that there is no such attribute. */
export function getAttribute(m: Machine, value: Value, name: string): Value {
  switch (value.kind) {
    case "choice":
      return getAttribute(m, m.decide(unknown(value.condition)) ? value.then : value.otherwise, name);
    case "object":
      return objectAttribute(m, value, name);
    case "super":
      return superAttribute(m, value.self, { name, after: value.after });
    case "class":
      return patchOf(m, value, name) ?? ownAttribute(m, value, name) ?? derived(`$0.${name}`, value);
    case "module":
      return moduleAttribute(m, value.module, name) ?? unknown(`${value.module.name}.${name}`);
    case "symbol":
      return symbolAttribute(m, value.path, name);
    case "unknown":
      return {
        ...unknown(`${value.shown}.${name}`, `${value.key}.${name}`),
        ...(value.may && { may: value.may }),
      };
    default:
      return builtinAttribute(value, name);
  }
}

function ownAttribute(m: Machine, type: ClassValue, name: string): Value | null {
  if (isStrange(m, type)) return null;
  const value = classAttribute(m, type, name);
  return value && isDescriptor(value) ? null : value;
}

function symbolAttribute(m: Machine, path: string, name: string): Value {
  const module = m.session.host.find(`${path}.${name}`) ?? null;
  if (module) return { kind: "module", module };
  const parent = m.session.host.find(path);
  const found = parent ? moduleAttribute(m, parent, name) : null;
  const known = found ?? m.session.library.export(path, name);
  if (known) return known;
  // What hangs on a name of the project's own, such as a member of an enum, is not known by its path.
  const root = m.session.host.find(path.split(".")[0] ?? path);
  const isOwn = parent === null && root !== null && !isTame(root);
  if (isOwn) return unknown(`${path}.${name}`);
  return isOfMember(path, name) ? derived(`$0.${name}`, symbol(path)) : symbol(`${path}.${name}`);
}

/** An enum member's name or value: a text or a number, of which the path says nothing. */
function isOfMember(path: string, name: string): boolean {
  return (name === "name" || name === "value") && /\.[A-Z]\w*\.\w+$/.test(path);
}

function builtinAttribute(value: Value, name: string): Value {
  const method = methodName(value, name);
  if (method) return { kind: "method", func: { kind: "builtin", name: method }, self: value };
  if (value.kind === "const") {
    const type =
      typeof value.value === "string" ? "str" : value.value === null ? "NoneType" : typeof value.value;
    throw new PythonError("AttributeError", `'${type}' object has no attribute '${name}'`);
  }
  if (value.kind === "function" && !value.wrap && (name === "__name__" || name === "__qualname__")) {
    return { kind: "const", value: value.name };
  }
  return derived(`$0.${name}`, value);
}

function objectAttribute(m: Machine, object: ObjectValue, name: string): Value {
  if (isIntercepted(object, name))
    return unknown(`${object.type.name}.${name}`, `${object.type.path}#${object.id}.${name}`);
  const slot = object.fields.get(name);
  if (slot) return slot.value;
  if (object.open) {
    const { shown, key, may } = object.open;
    return { ...unknown(`${name} ${shown}`, `${key}.${name}`), ...(may && { may }) };
  }
  const special = specialAttribute(m, object, name);
  if (special) return special;
  const field = fieldNamed(m, object.type, name);
  if (field) return keepDefault(object, name, field.make(m));
  const patch = patchOf(m, object.type, name);
  if (patch) return patch.kind === "function" ? { kind: "method", func: patch, self: object } : patch;
  const found = findMember(object.type, name);
  if (found) return boundMember(m, object, found) ?? derived(`$0.${name}`, object);
  return missingAttribute(m, object, name);
}

const intercepting = new WeakMap<ClassValue, boolean>();

/** Whether the class's own code answers for every attribute. */
function isIntercepted({ type }: ObjectValue, name: string): boolean {
  if (name.startsWith("__")) return false;
  let known = intercepting.get(type);
  if (known === undefined) intercepting.set(type, (known = findMember(type, "__getattribute__") !== null));
  return known;
}

/** What this run has set on a class, or on the nearest of its bases. */
function patchOf(m: Machine, type: ClassValue, name: string): Value | null {
  if (m.classPatches.size === 0) return null;
  for (const { path } of ancestryOf(type).classes) {
    const patch = m.classPatches.get(`${path}.${name}`);
    if (patch) return patch;
  }
  return null;
}

function specialAttribute(m: Machine, object: ObjectValue, name: string): Value | null {
  if (name === "__class__") return object.type;
  if (name !== "__dict__") return m.session.library.attribute(m, object, name);
  forget(m, object, "after its __dict__ was taken");
  return unknown("__dict__");
}

/** A mutable default belongs to the object once it has been seen. */
function keepDefault(object: ObjectValue, name: string, value: Value): Value {
  if (isMutable(value)) object.fields.set(name, { value, write: null });
  return value;
}

function missingAttribute(m: Machine, object: ObjectValue, name: string): Value {
  const dynamic = findMember(object.type, "__getattr__");
  if (dynamic?.stmt.kind === "FunctionDef") {
    const method = methodOf(dynamic.owner, dynamic.stmt);
    if (method) return callMethod(m, object, { method, args: [{ kind: "const", value: name }] });
  }
  if (!ancestryOf(object.type).complete || dynamic) {
    return { ...unknown(`${object.type.name}.${name}`, `${object.type.path}.${name}`), may: [object] };
  }
  throw new PythonError("AttributeError", `'${object.type.name}' object has no attribute '${name}'`);
}

function boundMember(m: Machine, object: ObjectValue, found: FoundMember): Value | null {
  if (found.stmt.kind !== "FunctionDef") {
    const value = classAttribute(m, object.type, memberName(found));
    return value && isDescriptor(value) ? null : value;
  }
  const method = methodOf(found.owner, found.stmt);
  if (!method || !isPlainMethod(m, found.owner, found.stmt)) return null;
  if (hasDecorator(found.stmt, "property")) return callMethod(m, object, { method, args: [] });
  if (hasDecorator(found.stmt, "cached_property")) {
    const value = callMethod(m, object, { method, args: [] });
    object.fields.set(found.stmt.name, { value, write: null });
    return value;
  }
  if (hasDecorator(found.stmt, "staticmethod")) return method;
  const self: Value = hasDecorator(found.stmt, "classmethod") ? object.type : object;
  return { kind: "method", func: method, self };
}

const PLAIN_DECORATORS =
  /^(property|staticmethod|classmethod|functools\.cached_property|abc\.\w+|typing\.\w+|typing_extensions\.\w+)$/;

/** Whether a method of the project's own is what its text says, decorators included. */
function isPlainMethod(m: Machine, owner: ClassValue, def: FunctionDef): boolean {
  if (!owner.source || isTame(owner.source.module)) return true;
  const scope = classScope(m, owner);
  return def.decorators.every((one) => {
    if (one.kind === "Attribute" && /^(setter|getter|deleter)$/.test(one.attr)) return true;
    return scope !== null && PLAIN_DECORATORS.test(decoratorPath(m, scope, one) ?? "");
  });
}

function memberName(found: FoundMember): string {
  const { stmt } = found;
  if (stmt.kind === "ClassDef") return stmt.name;
  const target = stmt.kind === "Assign" ? stmt.targets[0] : null;
  return (target && dottedPath(target)) ?? "";
}

function callMethod(m: Machine, object: ObjectValue, call: { method: Value; args: readonly Value[] }): Value {
  const args = call.args.map((value) => ({ name: null, value, site: null }));
  const place = { scope: object.type.path, shown: show(call.method) };
  return m.call({ kind: "method", func: call.method, self: object }, args, place);
}

function superAttribute(m: Machine, object: ObjectValue, at: { name: string; after: ClassValue }): Value {
  const found = findMember(object.type, at.name, at.after);
  if (found) return boundMember(m, object, found) ?? derived(`super().${at.name}`, object);
  // A constructor that was generated for a class above.
  if (
    at.name === "__init__" &&
    ancestryOf(object.type).classes.some((one) => one !== at.after && isDataclass(m, one))
  )
    return {
      kind: "method",
      func: unknown("super().__init__", `${object.type.path}.super().__init__`),
      self: object,
    };
  return { kind: "method", func: { kind: "builtin", name: `object.${at.name}` }, self: object };
}

/** `hasattr(value, name)`; unknown where a class is out of sight. */
export function hasAttribute(m: Machine, value: Value, name: string): Value {
  if (value.kind === "choice") {
    return hasAttribute(m, m.decide(unknown(value.condition)) ? value.then : value.otherwise, name);
  }
  if (value.kind === "const") {
    // Every value has methods with underscores around, which are not listed here.
    if (name.startsWith("__")) return derived(`hasattr($0, "${name}")`, value);
    return methodName(value, name) ? TRUE : FALSE;
  }
  const has = value.kind === "module" ? moduleHas(m, value.module, name) : null;
  if (has) return has;
  if (value.kind !== "object") return derived(`hasattr($0, "${name}")`, value);
  if (value.fields.has(name) || fieldNamed(m, value.type, name)) return TRUE;
  if (findMember(value.type, name)) return TRUE;
  const known = m.session.library.hasAttribute(value, name);
  if (known !== null) return known ? TRUE : FALSE;
  const sure = ancestryOf(value.type).complete && !value.open && !findMember(value.type, "__getattr__");
  return sure
    ? FALSE
    : unknown(`hasattr(${value.type.name}, "${name}")`, `hasattr(${value.type.path}#${value.id},${name})`);
}

/** `value.name = assigned`, with the class's own `__setattr__` or property in between. */
export function setAttribute(
  m: Machine,
  value: Value,
  at: { name: string; assigned: Value; site: Site },
): void {
  if (value.kind === "choice") {
    setAttribute(m, m.decide(unknown(value.condition)) ? value.then : value.otherwise, at);
    return;
  }
  if (value.kind === "const") {
    const type =
      typeof value.value === "string" ? "str" : value.value === null ? "NoneType" : typeof value.value;
    throw new PythonError("AttributeError", `'${type}' object has no attribute '${at.name}'`);
  }
  if (value.kind === "module") {
    m.isPatched = true;
    moduleScope(m, value.module).vars.set(at.name, at.assigned);
  }
  if (value.kind === "class") patchClass(m, value, at);
  if (value.kind === "unknown") {
    refuseNamespace(value, `${show(value)}.${at.name}`);
    forget(m, value, `after ${at.name} was set`);
  }
  // A run in which Python's or Bridge's own names stand for something else is not the one that we follow.
  const isVital = value.kind === "symbol" && /^(builtins|megatron)\b/.test(value.path);
  if (isVital || (value.kind === "function" && /^__(code|defaults|kwdefaults|globals)__$/.test(at.name)))
    throw new EvaluationLimit(`${identity(value)}.${at.name} is replaced`);
  if (value.kind !== "object") return;
  if (at.name === "__dict__") {
    // From now on it shares its attributes with whoever has the dict.
    for (const one of [value, at.assigned]) forget(m, one, "after its __dict__ was replaced");
    return;
  }
  const custom = customSetter(m, value, at.name);
  if (isFrozen(value.type))
    throw new PythonError("FrozenInstanceError", `cannot assign to field '${at.name}'`);
  if (!custom && isManaged(m, value.type, at.name)) {
    forget(m, value, `after ${at.name} was set`);
    return;
  }
  if (!custom) {
    storeField(m, value, at);
    return;
  }
  const outer = m.writingFor;
  m.writingFor = at.site;
  const name: Value = { kind: "const", value: at.name };
  const isProperty = custom.name !== "__setattr__";
  callMethod(m, value, { method: custom, args: isProperty ? [at.assigned] : [name, at.assigned] });
  m.writingFor = outer;
}

/** Whether an object, as an attribute of a class, decides itself what reading or setting the attribute does. */
function isDescriptor(value: Value): boolean {
  return (
    value.kind === "object" && ["__get__", "__set__"].some((name) => findMember(value.type, name) !== null)
  );
}

/** Code runs by another class's rules once its special methods, or what makes attributes, are replaced. */
function patchClass(
  m: Machine,
  type: ClassValue,
  { name, assigned }: { name: string; assigned: Value },
): void {
  if (/^__\w+__$/.test(name) || isDescriptor(assigned))
    throw new EvaluationLimit(`${type.name}.${name} is replaced`);
  m.classPatches.set(`${type.path}.${name}`, assigned);
}

/** Whether a dataclass was declared frozen. */
function isFrozen(type: ClassValue): boolean {
  return ancestryOf(type).classes.some(({ source }) =>
    source?.def.decorators.some(
      (one) =>
        one.kind === "Call" &&
        one.args.some(
          ({ name, value }) => name === "frozen" && value.kind === "Constant" && value.value === true,
        ),
    ),
  );
}

/** Whether an attribute is `property(…)` or another object that decides what setting it does. */
function isManaged(m: Machine, type: ClassValue, name: string): boolean {
  const found = findMember(type, name);
  if (found?.stmt.kind !== "Assign" || found.stmt.value?.kind !== "Call" || fieldNamed(m, type, name))
    return false;
  const value = classAttribute(m, type, name);
  return value !== null && (value.kind === "unknown" || isDescriptor(value));
}

/** A property's setter or the class's own `__setattr__`, unless the library models the class. */
function customSetter(m: Machine, object: ObjectValue, name: string): FunctionValue | null {
  if (m.session.library.models(object.type)) return null;
  const found = findMember(object.type, `${name}=`) ?? findMember(object.type, "__setattr__");
  return found?.stmt.kind === "FunctionDef" ? methodOf(found.owner, found.stmt) : null;
}

/** Stores a field and records the write. Fields that the class keeps equal follow. */
export function storeField(
  m: Machine,
  object: ObjectValue,
  { name, assigned, site }: { name: string; assigned: Value; site: Site | null },
): void {
  const place = m.session.library.holdsSettings(object.type) ? (m.writingFor ?? site) : null;
  const previous = object.fields.get(name)?.value ?? null;
  const write: Write | null = place
    ? { order: m.writes.length, object, field: name, value: assigned, previous, site: place }
    : null;
  if (write) m.writes.push(write);
  object.fields.set(name, { value: assigned, write });
  for (const twin of m.session.library.twins(object.type, name)) {
    object.fields.set(twin, { value: assigned, write });
  }
}
