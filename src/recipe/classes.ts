import { dottedPath, type ClassDef, type Expr, type FunctionDef, type Stmt } from "../python/syntax.ts";
import type { Machine } from "./machine.ts";
import { isTame } from "./module-order.ts";
import { lookup, moduleScope } from "./names.ts";
import {
  constant,
  symbol,
  unknown,
  type ClassValue,
  type Environment,
  type FieldEntry,
  type FunctionValue,
  type ObjectValue,
  type Value,
} from "./value.ts";

/** The classes of an object in the order of attribute look-up, and whether all of them are known. */
export interface Ancestry {
  readonly classes: readonly ClassValue[];
  readonly complete: boolean;
}

const ancestries = new WeakMap<ClassValue, Ancestry>();
const memberTables = new WeakMap<ClassDef, ReadonlyMap<string, Stmt>>();
const fieldTables = new WeakMap<ClassValue, readonly FieldEntry[]>();

/** Bases whose instances behave as plain objects. */
const PLAIN_BASES = new Set([
  "object",
  "abc.ABC",
  "typing.Generic",
  "typing.Protocol",
  "Generic",
  "Protocol",
]);

/** Depth first, each class once, at its last place: the order of Python for the hierarchies of configs. */
export function ancestryOf(type: ClassValue): Ancestry {
  const known = ancestries.get(type);
  if (known) return known;
  ancestries.set(type, { classes: [type], complete: false }); // a class that derives from itself
  const found: ClassValue[] = [type];
  let complete = type.source !== null || type.table !== null;
  for (const base of type.bases) {
    if (base.kind === "class") {
      const above = ancestryOf(base);
      complete &&= above.complete;
      found.push(...above.classes);
    } else if (!isPlainBase(base)) complete = false;
  }
  const classes = found.filter(
    (one, index) => found.findLastIndex((other) => other.path === one.path) === index,
  );
  const ancestry = { classes, complete };
  ancestries.set(type, ancestry);
  return ancestry;
}

function isPlainBase(base: Value): boolean {
  if (base.kind === "builtin") return PLAIN_BASES.has(base.name);
  return base.kind === "symbol" && (PLAIN_BASES.has(base.path) || base.path.startsWith("typing."));
}

/** Whether a class is, or derives from, one at an import path; null where a base is out of sight. */
export function derivesFrom(type: ClassValue, path: string): boolean | null {
  const { classes, complete } = ancestryOf(type);
  if (classes.some((one) => one.path === path)) return true;
  return complete ? false : null;
}

/** The statement of a class body that binds a member; the last one, as a property's setter shares the name. */
export function memberOf(type: ClassValue, name: string): Stmt | null {
  return type.source ? (membersOf(type.source.def).get(name) ?? null) : null;
}

function membersOf(def: ClassDef): ReadonlyMap<string, Stmt> {
  let table = memberTables.get(def);
  if (!table) {
    const found = new Map<string, Stmt>();
    for (const stmt of def.body) {
      if (stmt.kind === "FunctionDef" && isSetter(stmt)) found.set(`${stmt.name}=`, stmt);
      else if (stmt.kind === "FunctionDef" || stmt.kind === "ClassDef") found.set(stmt.name, stmt);
      else if (stmt.kind === "Assign") {
        for (const target of stmt.targets) if (target.kind === "Name") found.set(target.id, stmt);
      }
    }
    memberTables.set(def, (table = found));
  }
  return table;
}

function isSetter(def: FunctionDef): boolean {
  return def.decorators.some((one) => one.kind === "Attribute" && one.attr === "setter");
}

/** A member found along the ancestry, with the class that holds it. */
export interface FoundMember {
  readonly owner: ClassValue;
  readonly stmt: Stmt;
}

export function findMember(
  type: ClassValue,
  name: string,
  after: ClassValue | null = null,
): FoundMember | null {
  const { classes } = ancestryOf(type);
  const owners = after ? classes.slice(classes.findIndex((one) => one.path === after.path) + 1) : classes;
  for (const owner of owners) {
    const stmt = memberOf(owner, name);
    if (stmt) return { owner, stmt };
  }
  return null;
}

/** A method as a function value; binding it to an object is the caller's work. */
export function methodOf(owner: ClassValue, def: FunctionDef): FunctionValue | null {
  if (!owner.source) return null;
  const { module, scope } = owner.source;
  return { kind: "function", def, name: def.name, path: `${owner.path}.${def.name}`, module, scope, owner };
}

/** The environment in which a class body is evaluated. */
export function classScope(m: Machine, type: ClassValue): Environment | null {
  if (!type.source) return null;
  return type.source.scope ?? moduleScope(m, type.source.module);
}

/** Whether the class's own `@dataclass` generates its constructor. */
export function isDataclass(m: Machine, type: ClassValue): boolean {
  if (type.table) return true;
  const scope = classScope(m, type);
  if (!type.source || !scope) return false;
  return type.source.def.decorators.some((one) => decoratorPath(m, scope, one) === "dataclasses.dataclass");
}

/** The import path of a decorator, its arguments left out. */
export function decoratorPath(m: Machine, scope: Environment, decorator: Expr): string | null {
  const callee = decorator.kind === "Call" ? decorator.func : decorator;
  const path = dottedPath(callee);
  if (path === null) return null;
  const [root = "", ...rest] = path.split(".");
  const value = lookup(m, scope, root);
  if (value?.kind === "symbol") return [value.path, ...rest].join(".");
  if (value?.kind === "function") return value.path;
  return value?.kind === "builtin" ? path : null;
}

/** The fields that the generated constructor takes, base classes first. */
export function fieldsOf(m: Machine, type: ClassValue): readonly FieldEntry[] {
  const known = fieldTables.get(type);
  if (known) return known;
  const merged = new Map<string, FieldEntry>();
  for (const one of [...ancestryOf(type).classes].reverse()) {
    for (const field of ownFields(m, one)) merged.set(field.name, field);
  }
  const fields = [...merged.values()];
  fieldTables.set(type, fields);
  return fields;
}

const ownTables = new WeakMap<ClassValue, readonly FieldEntry[]>();

function ownFields(m: Machine, type: ClassValue): readonly FieldEntry[] {
  if (type.table) return type.table.fields;
  const known = ownTables.get(type);
  if (known) return known;
  const own = readFields(m, type);
  ownTables.set(type, own);
  return own;
}

const fieldsByName = new WeakMap<ClassValue, ReadonlyMap<string, FieldEntry>>();

/** A field of the generated constructor by its name. */
export function fieldNamed(m: Machine, type: ClassValue, name: string): FieldEntry | null {
  let byName = fieldsByName.get(type);
  if (!byName)
    fieldsByName.set(type, (byName = new Map(fieldsOf(m, type).map((field) => [field.name, field]))));
  return byName.get(name) ?? null;
}

function readFields(m: Machine, type: ClassValue): readonly FieldEntry[] {
  const { source } = type;
  if (!source || !isDataclass(m, type)) return [];
  return source.def.body.flatMap((stmt) => {
    const field = fieldOfStatement(m, type, stmt);
    return field ? [field] : [];
  });
}

function fieldOfStatement(m: Machine, type: ClassValue, stmt: Stmt): FieldEntry | null {
  if (stmt.kind !== "Assign" || !stmt.annotation || !type.source) return null;
  const [target] = stmt.targets;
  if (target?.kind !== "Name") return null;
  const annotation = type.source.module.text.slice(stmt.annotation.start, stmt.annotation.end);
  if (/^["']?(typing\.)?ClassVar\b/.test(annotation) || /\bKW_ONLY\b/.test(annotation)) return null;
  const { value } = stmt;
  const scope = classScope(m, type);
  const isSpec = value?.kind === "Call" && scope && decoratorPath(m, scope, value) === "dataclasses.field";
  const spec = isSpec ? value : null;
  if (!spec)
    return { name: target.id, required: value === null, init: true, make: (m) => valueIn(m, type, value) };
  const option = (name: string) => spec.args.find((arg) => arg.name === name)?.value ?? null;
  const factory = option("default_factory");
  const fallback = option("default");
  const init = option("init");
  return {
    name: target.id,
    required: !factory && !fallback,
    init: !(init?.kind === "Constant" && init.value === false),
    make: (m) => (factory ? makeWith(m, type, factory) : valueIn(m, type, fallback)),
  };
}

function valueIn(m: Machine, type: ClassValue, expr: Expr | null): Value {
  return expr ? attributeValue(m, type, expr) : unknown(`a required field of ${type.name}`);
}

function makeWith(m: Machine, type: ClassValue, factory: Expr): Value {
  const scope = classScope(m, type);
  if (!scope) return unknown(`a field of ${type.name}`);
  return m.call(m.evaluate(factory, scope), [], {
    scope: type.path,
    shown: dottedPath(factory) ?? "factory",
  });
}

export function newObject(m: Machine, type: ClassValue): ObjectValue {
  return { kind: "object", id: m.objects++, type, fields: new Map(), open: null };
}

/** An enum's members are known by their path; their values are not followed. */
export function isEnum(type: ClassValue): boolean {
  return basesOf(type).some((path) => /^enum\.\w*(Enum|Flag)$/.test(path));
}

/** Import paths of the library classes that a class derives from. */
function basesOf(type: ClassValue): string[] {
  const { classes } = ancestryOf(type);
  return classes.flatMap(({ bases }) =>
    bases.flatMap((base) =>
      base.kind === "symbol" ? [base.path] : base.kind === "builtin" ? [base.name] : [],
    ),
  );
}

/** The member of that name, if the class is an enum and has it. One that is a text or a number, too, equals others. */
export function enumMember(type: ClassValue, name: string): Value | null {
  if (!isEnum(type) || findMember(type, name)?.stmt.kind !== "Assign") return null;
  const isPlain = basesOf(type).every((path) => path === "enum.Enum" || path === "enum.Flag");
  const path = `${type.path}.${name}`;
  return isPlain ? symbol(path) : unknown(`${type.name}.${name}`, path);
}

/** A class attribute without an object around it. */
export function classAttribute(m: Machine, type: ClassValue, name: string): Value | null {
  if (name === "__name__" || name === "__qualname__") return constant(type.name);
  const member = enumMember(type, name);
  if (member) return member;
  const found = findMember(type, name);
  if (!found) return null;
  if (found.stmt.kind === "FunctionDef") return staticOrPlain(type, found);
  if (found.stmt.kind === "Assign" && found.stmt.value)
    return attributeValue(m, found.owner, found.stmt.value);
  return null;
}

const attributeValues = new WeakMap<Machine, Map<ClassValue, Map<Expr, Value>>>();

/** The value of an expression in a class body: computed once in a run, and shared by all who look. */
export function attributeValue(m: Machine, owner: ClassValue, expr: Expr): Value {
  const scope = classScope(m, owner);
  if (!scope) return unknown(`an attribute of ${owner.name}`);
  if (expr.kind === "Constant") return m.evaluate(expr, scope);
  let classes = attributeValues.get(m);
  if (!classes) attributeValues.set(m, (classes = new Map<ClassValue, Map<Expr, Value>>()));
  let values = classes.get(owner);
  if (!values) classes.set(owner, (values = new Map<Expr, Value>()));
  let value = values.get(expr);
  if (!value) values.set(expr, (value = m.evaluate(expr, scope)));
  return value;
}

function staticOrPlain(type: ClassValue, found: FoundMember): Value | null {
  if (found.stmt.kind !== "FunctionDef") return null;
  const method = methodOf(found.owner, found.stmt);
  const PLAIN = ["classmethod", "staticmethod", "abstractmethod"];
  const { source } = found.owner;
  const isOwn = source !== null && !isTame(source.module);
  if (isOwn && found.stmt.decorators.some((one) => !PLAIN.includes(dottedPath(one)?.split(".").at(-1) ?? "")))
    return null;
  const isClassMethod = hasDecorator(found.stmt, "classmethod");
  return method && isClassMethod ? { kind: "method", func: method, self: type } : method;
}

export function hasDecorator(def: FunctionDef, name: string): boolean {
  return def.decorators.some((one) => dottedPath(one)?.split(".").at(-1) === name);
}
