import type { Expr } from "../python/syntax.ts";
import { itemsOf } from "./builtin-methods.ts";
import { forget } from "./forget.ts";
import { bindName } from "./names.ts";
import type { Machine } from "./machine.ts";
import { show } from "./operators.ts";
import { identity, unknown, type Environment, type Site, type Value } from "./value.ts";

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
      if (site) m.setAttribute(m.evaluate(target.value, env), target.attr, value, site);
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

function attributeSite(env: Environment, target: Expr, value: Expr | null): Site | null {
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
  if (container.kind === "dict" && index.kind === "const") {
    const site = source && env.stmt ? attributeSite(env, target, source) : null;
    const entry = site ? { ...site, form: "dictEntry" as const } : null;
    container.entries.set(identity(index), { key: index, value, site: entry });
  } else if (container.kind === "list" && index.kind === "const" && typeof index.value === "number") {
    container.items[index.value < 0 ? container.items.length + index.value : index.value] = value;
  } else forget(m, container, "after an item of a computed index was set");
}

function unpack(m: Machine, { target, value, source }: Assignment, env: Environment): void {
  if (target.kind !== "Tuple" && target.kind !== "List") return;
  const parts =
    value.kind === "choice" ? (m.decide(unknown(value.condition)) ? value.then : value.otherwise) : value;
  const items = itemsOf(parts);
  const sources = source?.kind === "Tuple" || source?.kind === "List" ? source.items : null;
  const star = target.items.findIndex((item) => item.kind === "Starred");
  target.items.forEach((item, index) => {
    const known = star < 0 ? items?.[index] : null;
    const part = known ?? unknown(`${show(value)}[${index}]`, `${identity(value)}[${index}]`);
    assign(m, { target: item, value: part, source: sources?.[index] ?? null }, env);
  });
}
