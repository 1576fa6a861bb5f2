import { dottedPath, type ClassDef } from "../python/syntax.ts";
import { ancestryOf, decoratorPath, classScope } from "./classes.ts";
import type { Machine } from "./machine.ts";
import { isTame } from "./module-order.ts";
import type { ClassValue } from "./value.ts";

const known = new WeakMap<ClassValue, boolean>();

/**
 * Whether a class of the project is made, or makes its objects, in ways of its own: by a metaclass, by a decorator that
 * is not known to leave it alone, by code in its body. What it and its objects hold cannot be read off its text.
 */
export function isStrange(m: Machine, type: ClassValue): boolean {
  let strange = known.get(type);
  if (strange === undefined) {
    const [own, ...bases] = ancestryOf(type).classes.map((one) => ({ one, text: textOf(one) }));
    strange =
      (own !== undefined && isStrangeItself(m, own.one)) ||
      bases.some(({ one, text }) => /\b__init_subclass__\b/.test(text) || isStrangeItself(m, one));
    known.set(type, strange);
  }
  return strange;
}

function textOf({ source }: ClassValue): string {
  return source && !isTame(source.module) ? source.module.text.slice(source.def.start, source.def.end) : "";
}

const MAGIC = /\bdef\s+__(?:new|getattribute|class_getitem|set_name|prepare)__\b|\bInitVar\b/;

function isStrangeItself(m: Machine, type: ClassValue): boolean {
  const { source } = type;
  if (!source || isTame(source.module)) return false;
  const { def } = source;
  const keyword = def.bases.find((base) => base.kind !== "positional");
  if (keyword && !/^(ABCMeta|EnumMeta|EnumType)$/.test(dottedPath(keyword.value)?.split(".").at(-1) ?? ""))
    return true;
  if (MAGIC.test(textOf(type)) || !isRegular(def)) return true;
  const scope = classScope(m, type);
  return def.decorators.some((one) => !scope || !HARMLESS.test(decoratorPath(m, scope, one) ?? ""));
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
