import { walkStatements, type For, type Stmt } from "../python/syntax.ts";
import { assign } from "./assignment.ts";
import { endOf, itemsOf } from "./builtin-methods.ts";
import { textOf } from "./expressions.ts";
import { forget, forgetRepeated } from "./forget.ts";
import { PythonError, type Completion, type Machine } from "./machine.ts";
import { truth } from "./operators.ts";
import { NONE, unknown, type Environment, type Value } from "./value.ts";

/** Runs the body once for each item, or goes past it where the items cannot be told. */
export function executeFor(m: Machine, stmt: For, env: Environment): Completion {
  const iter = m.evaluate(stmt.iter, env);
  const shown = `loop over ${textOf(env, stmt.iter)}`;
  if (iter.kind === "const" && typeof iter.value !== "string")
    throw new PythonError("TypeError", `${String(iter.value)} is not iterable`);
  const next = walk(iter);
  if (!next) {
    // Whatever gives the items may do anything on the way.
    forget(m, iter, `after the ${shown}`);
    return passLoop(m, { stmt, shown }, env);
  }
  for (let item = next(); item; item = next()) {
    if (item === "lost") return passLoop(m, { stmt, shown }, env);
    assign(m, { target: stmt.target, value: item, source: stmt.iter }, env);
    const completion = m.execute(stmt.body, env);
    if (completion === "break") return null;
    if (completion && completion !== "continue") return completion;
  }
  return m.execute(stmt.orelse, env);
}

/** Gives one item after the other as the loop's body leaves them; null where they cannot be told. */
function walk(value: Value): (() => Value | "lost" | null) | null {
  if (value.kind === "list" && !value.open && value.as !== "view") {
    let index = 0;
    const isUsedUp = value.as === "iterator";
    return () =>
      value.open ? "lost" : ((isUsedUp ? value.items.shift() : value.items[index++]) ?? endOf(value));
  }
  const items = itemsOf(value);
  if (!items) return null;
  const rest = [...items];
  const size = () => (value.kind === "dict" ? value.entries.size : rest.length);
  const before = size();
  return () => {
    if (value.kind === "dict" && value.open) return "lost";
    if (value.kind === "dict" && size() !== before)
      throw new PythonError("RuntimeError", "dictionary changed size during iteration");
    return rest.shift() ?? null;
  };
}

/** Goes past a loop that runs nobody knows how often: to its end, or to one of the places that return from it. */
function passLoop(m: Machine, { stmt, shown }: { stmt: Stmt; shown: string }, env: Environment): Completion {
  forgetRepeated(m, env, [stmt], `after the ${shown}`);
  for (const inner of walkStatements([stmt])) {
    if (inner.kind !== "Return") continue;
    if (m.decide(unknown(`the ${shown} ends by itself`, m.nth(`end of the ${shown}`)))) continue;
    return { type: "return", value: inner.value ? m.evaluate(inner.value, env) : NONE };
  }
  return null;
}

/** Runs the body as long as the test holds, or goes past it where that cannot be told. */
export function executeWhile(
  m: Machine,
  stmt: Extract<Stmt, { kind: "While" }>,
  env: Environment,
): Completion {
  for (;;) {
    const test = m.evaluate(stmt.test, env);
    if (test.kind === "unknown" || test.kind === "choice")
      return passLoop(m, { stmt, shown: `loop while ${textOf(env, stmt.test)}` }, env);
    if (!truth(m, test)) return m.execute(stmt.orelse, env);
    const completion = m.execute(stmt.body, env);
    if (completion === "break") return null;
    if (completion && completion !== "continue") return completion;
  }
}
