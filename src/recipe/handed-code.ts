import { localNames } from "../python/locals.ts";
import { ancestryOf, methodOf } from "./classes.ts";
import type { Machine } from "./machine.ts";
import { indexOf } from "./module-index.ts";
import { isTame } from "./module-order.ts";
import { lookup, moduleScope } from "./names.ts";
import { changesThings, reachOf, type Reach } from "./reach.ts";
import type { SourceModule } from "./source-module.ts";
import {
  isMutable,
  unknown,
  type ClassValue,
  type Environment,
  type FunctionValue,
  type Value,
} from "./value.ts";

/** How whatever code can reach is forgotten. */
interface Forgetting {
  readonly reason: string;
  readonly seen: Set<object>;
  forget(value: Value): void;
}

/** Whoever has a function of the project may call it: what it reaches at the top of modules may be anything. */
export function forgetReached(m: Machine, func: FunctionValue, by: Forgetting): void {
  const { def, module, scope } = func;
  if (isTame(module) || by.seen.has(def) || !changesThings(def)) return;
  by.seen.add(def);
  const reach = reachOf(def);
  for (const name of reach.globals) setGlobal(m, module, { name, reason: by.reason });
  const own = def.kind === "FunctionDef" ? localNames(def) : new Set<string>();
  const params = new Set(def.params.map(({ name }) => name));
  const env = scope ?? moduleScope(m, module);
  for (const name of new Set([...reach.names, ...reach.stored.map(([root]) => root)])) {
    if (own.has(name) || params.has(name)) continue;
    const held = outerValue(m, env, name);
    if (held) forgetHeld(m, held, { ...by, name, reach });
  }
}

/** The value of a name around a function; what a module has not bound itself is nobody's to change. */
function outerValue(m: Machine, env: Environment, name: string): Value | null {
  for (let scope: Environment | null = env; scope; scope = scope.parent) {
    const value = scope.vars.get(name);
    if (value) return value;
  }
  return indexOf(env.module).bindings.has(name) ? lookup(m, moduleScope(m, env.module), name) : null;
}

function forgetHeld(m: Machine, held: Value, at: Forgetting & { name: string; reach: Reach }): void {
  const { reason, name, reach } = at;
  const stored = reach.stored.flatMap(([root, attribute]) => (root === name ? [attribute] : []));
  const read = reach.attributes.flatMap(([root, attribute]) => (root === name ? [attribute] : []));
  if (held.kind === "class" && held.source && !isTame(held.source.module)) {
    for (const attribute of stored) spoilClass(m, held, { attribute, reason });
    for (const attribute of read) forgetPart(m.getAttribute(held, attribute), at);
    forgetMethods(m, held, at);
  } else if (held.kind === "module" && !isTame(held.module)) {
    for (const attribute of stored) setGlobal(m, held.module, { name: attribute, reason });
    for (const attribute of read) forgetPart(m.getAttribute(held, attribute), at);
  } else at.forget(held);
}

function forgetPart(part: Value, by: Forgetting): void {
  if (isMutable(part) || part.kind === "function") by.forget(part);
}

function spoilClass(m: Machine, type: ClassValue, at: { attribute: string; reason: string }): void {
  const key = `${type.path}.${at.attribute}`;
  m.classPatches.set(key, unknown(`${type.name}.${at.attribute} ${at.reason}`, m.nth(key)));
}

function setGlobal(
  m: Machine,
  module: SourceModule,
  { name, reason }: { name: string; reason: string },
): void {
  m.isPatched = true;
  moduleScope(m, module).vars.set(name, unknown(`${name} ${reason}`, m.nth(`${module.name}.${name}`)));
}

/** Whoever has an object of the project's own may call its methods. */
export function forgetMethods(m: Machine, type: ClassValue, by: Forgetting): void {
  for (const owner of ancestryOf(type).classes) {
    if (!owner.source || isTame(owner.source.module) || by.seen.has(owner.source.def)) continue;
    by.seen.add(owner.source.def);
    for (const stmt of owner.source.def.body) {
      const method = stmt.kind === "FunctionDef" ? methodOf(owner, stmt) : null;
      if (method) forgetReached(m, method, by);
    }
  }
}

/** Whether a value, or something in it, is code that changes things when somebody calls it. */
export function isActing(value: Value): boolean {
  switch (value.kind) {
    case "function":
      return !isTame(value.module) && changesThings(value.def);
    case "class":
      return hasActingMethods(value);
    case "method":
      return isMutable(value.self) || isActing(value.func);
    case "partial":
      return isActing(value.func) || value.args.some((arg) => isActing(arg.value));
    case "builtin":
      return /^(setattr|delattr|exec|eval|object\.__(set|del)attr__)$/.test(value.name);
    case "list":
    case "tuple":
    case "set":
      return value.items.some(isActing);
    case "choice":
      return isActing(value.then) || isActing(value.otherwise);
    default:
      return false;
  }
}

function hasActingMethods({ source }: ClassValue): boolean {
  if (!source || isTame(source.module)) return false;
  return source.def.body.some((stmt) => stmt.kind === "FunctionDef" && changesThings(stmt));
}
