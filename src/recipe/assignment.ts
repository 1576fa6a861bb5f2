import { attributeName, bindName } from "./names.ts";
import type { Expr } from "../python/syntax.ts";
import { itemsOf } from "./builtin-methods.ts";
import { forget } from "./forget.ts";
import { callHook, stir } from "./hooks.ts";
import { EvaluationLimit, PythonError, type Machine } from "./machine.ts";
import { integerOf } from "./numbers.ts";
import { show } from "./operators.ts";
import { dictKey, identity, isOpenKey, unknown, type Environment, type Site, type Value } from "./value.ts";

/** One assignment: the target, the value, and the expression that the value came from. */
export interface Assignment {
  readonly target: Expr;
  readonly value: Value;
  readonly source: Expr | null;
}

/** Assigns to a name, attribute, item, or to the parts of a tuple. */
export function assign(m: Machine, { target, value, source }: Assignment, env: Environment): void {
  switch (target.kind) {
    case "Name":
      bindName(m, env, target.id, value);
      return;
    case "Attribute": {
      const site = attributeSite(env, target, source);
      if (site) m.setAttribute(m.evaluate(target.value, env), attributeName(env, target.attr), value, site);
      return;
    }
    case "Subscript":
      assignItem(m, { target, value, source }, env);
      return;
    case "Tuple":
    case "List":
      unpack(m, { target, value, source }, env);
      return;
    case "Starred":
      assign(m, { target: target.value, value, source }, env);
      return;
    default:
      return;
  }
}

/** The place of an assignment to an attribute; null outside any statement. */
export function attributeSite(env: Environment, target: Expr, value: Expr | null): Site | null {
  if (!env.stmt) return null;
  const { start, end } = target;
  const func = env.func?.def ?? null;
  return {
    module: env.module,
    stmt: env.stmt,
    form: "attribute",
    value,
    target,
    call: null,
    func,
    scope: env,
    start,
    end,
  };
}

function assignItem(m: Machine, { target, value, source }: Assignment, env: Environment): void {
  if (target.kind !== "Subscript") return;
  const container = m.evaluate(target.value, env);
  const index = m.evaluate(target.index, env);
  const at = integerOf(index);
  if (callHook(m, container, { name: "__setitem__", args: [index, value] })) return;
  stir(m, container, index);
  if (container.kind === "dict" && !isOpenKey(index)) {
    const site = source && env.stmt ? attributeSite(env, target, source) : null;
    const entry = site ? { ...site, form: "dictEntry" as const } : null;
    container.entries.set(dictKey(index), { key: index, value, site: entry });
  } else if (container.kind === "list" && at !== null && !container.open) {
    const place = at < 0 ? container.items.length + at : at;
    if (!(place in container.items))
      throw new PythonError("IndexError", "list assignment index out of range");
    container.items[place] = value;
  } else {
    refuseNamespace(container, `${show(container)}[${show(index)}]`);
    forget(m, container, "after an item of a computed index was set");
  }
}

/** Ends a run that writes to the names of a module by way of what nobody follows. */
export function refuseNamespace(value: Value, shown: string): void {
  if (value.kind === "unknown" && /\b(?:globals|locals|vars)\(\)|\bsys\.modules\b/.test(value.key))
    throw new EvaluationLimit(`${shown} is set, which changes names out of sight`);
}

function unpack(m: Machine, { target, value, source }: Assignment, env: Environment): void {
  if (target.kind !== "Tuple" && target.kind !== "List") return;
  const parts =
    value.kind === "choice" ? (m.decide(unknown(value.condition)) ? value.then : value.otherwise) : value;
  const items = itemsOf(parts);
  const sources = source?.kind === "Tuple" || source?.kind === "List" ? source.items : null;
  if (!items) forget(m, parts, "after it was taken apart");
  const known = items ? deal(target.items, items) : null;
  target.items.forEach((item, index) => {
    const part = known?.[index] ?? unknown(`${show(value)}[${index}]`, `${identity(value)}[${index}]`);
    assign(m, { target: item, value: part, source: sources?.[index] ?? null }, env);
  });
}

/** What each target gets; a starred one takes what the others leave. */
function deal(targets: readonly Expr[], items: readonly Value[]): Value[] {
  const star = targets.findIndex((item) => item.kind === "Starred");
  const [least, most] = [
    star < 0 ? targets.length : targets.length - 1,
    star < 0 ? targets.length : Infinity,
  ];
  if (items.length > most)
    throw new PythonError("ValueError", `too many values to unpack (expected ${most})`);
  if (items.length < least)
    throw new PythonError(
      "ValueError",
      `not enough values to unpack (expected ${least}, got ${items.length})`,
    );
  if (star < 0) return [...items];
  const behind = targets.length - star - 1;
  const middle = items.slice(star, items.length - behind);
  return [
    ...items.slice(0, star),
    { kind: "list", items: middle, open: null },
    ...items.slice(items.length - behind),
  ];
}
