import { dottedPath, type ClassDef, type Expr } from "../python/syntax.ts";
import { ancestryOf, decoratorPath, classScope } from "./classes.ts";
import type { Machine } from "./machine.ts";
import { isTame } from "./module-order.ts";
import type { ClassValue, Environment, Value } from "./value.ts";

const known = new WeakMap<ClassValue, boolean>();

/** Code beside a class's own that has been run when it was made, and what that did is known. */
type Followed = "decorators" | "bases";
const followed = new WeakMap<ClassValue, Set<Followed>>();

/** Notes that the code of a class's decorators, or the `__init_subclass__` of its bases, is followed in this run. */
export function followClass(type: ClassValue, what: Followed): void {
  known.delete(type);
  const others = followed.get(type);
  if (others) others.add(what);
  else followed.set(type, new Set([what]));
}

const making = new WeakSet<ClassValue>();

/** Runs the code that hears of a class when it is made. */
export function whileMaking<T>(type: ClassValue, part: () => T): T {
  making.add(type);
  try {
    return part();
  } finally {
    making.delete(type);
  }
}

/** Notes that a class was handed to code out of sight, which may change it while it is being made. */
export function handOut(value: Value): void {
  if (value.kind === "class" && making.has(value)) loseClass(value);
}

/** Notes that something happened to a class that nobody can tell. */
export function loseClass(type: ClassValue): void {
  followed.delete(type);
  known.set(type, true);
}

/**
 * Whether a class of the project is made, or makes its objects, in ways of its own: by a metaclass, by a decorator that
 * is not known to leave it alone, by code in its body. What it and its objects hold cannot be read off its text.
 */
export function isStrange(m: Machine, type: ClassValue): boolean {
  let strange = known.get(type);
  if (strange === undefined) {
    const isFollowed = followed.get(type)?.has("bases") === true;
    const [own, ...bases] = ancestryOf(type).classes.map((one) => ({ one, text: textOf(one) }));
    strange =
      (own !== undefined && isStrangeItself(m, own.one)) ||
      bases.some(
        ({ one, text }) => (!isFollowed && /\b__init_subclass__\b/.test(text)) || isStrangeItself(m, one),
      );
    known.set(type, strange);
  }
  return strange;
}

function textOf({ source }: ClassValue): string {
  return source && !isTame(source.module) ? source.module.text.slice(source.def.start, source.def.end) : "";
}

const MAGIC = /\bdef\s+__(?:new|getattribute|class_getitem|prepare)__\b|\bInitVar\b/;

function isStrangeItself(m: Machine, type: ClassValue): boolean {
  const { source } = type;
  if (!source || isTame(source.module)) return false;
  const { def } = source;
  const keyword = def.bases.find((base) => base.kind !== "positional");
  const isTold =
    keyword?.kind === "keyword" && keyword.name !== "metaclass" && followed.get(type)?.has("bases");
  if (
    keyword &&
    isTold !== true &&
    !/^(ABCMeta|EnumMeta|EnumType)$/.test(dottedPath(keyword.value)?.split(".").at(-1) ?? "")
  )
    return true;
  if (MAGIC.test(textOf(type)) || !isRegular(def)) return true;
  if (followed.get(type)?.has("decorators") === true) return false;
  const scope = classScope(m, type);
  return def.decorators.some((one) => !scope || !isHarmlessDecorator(m, scope, one));
}

/** Whether a decorator leaves a class as its text says. */
export function isHarmlessDecorator(m: Machine, scope: Environment, decorator: Expr): boolean {
  return HARMLESS.test(decoratorPath(m, scope, decorator) ?? "");
}

const HARMLESS =
  /^(dataclasses\.dataclass|functools\.total_ordering|typing\.\w+|typing_extensions\.\w+|enum\.unique)$/;

/** Whether a body does nothing but bind each of its names once. */
function isRegular(def: ClassDef): boolean {
  const names = new Set<string>();
  return def.body.every((stmt) => {
    if (stmt.kind === "Pass" || (stmt.kind === "ExprStmt" && stmt.value.kind === "Constant")) return true;
    // A property and its setter share a name.
    if (stmt.kind === "FunctionDef" && stmt.decorators.length > 0) return true;
    const [target] = stmt.kind === "Assign" ? stmt.targets : [];
    const isPlain = stmt.kind === "Assign" && stmt.targets.length === 1 && target?.kind === "Name";
    const name = isPlain
      ? target.id
      : stmt.kind === "FunctionDef" || stmt.kind === "ClassDef"
        ? stmt.name
        : null;
    if (name === null || names.has(name)) return false;
    names.add(name);
    return true;
  });
}
