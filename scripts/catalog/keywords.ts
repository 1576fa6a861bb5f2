import type { FunctionDef, Lambda } from "../../src/python/syntax.ts";
import { blockExpressions } from "../../src/python/walk.ts";
import { callWithUnknowns } from "./call-with-unknowns.ts";
import type { Trial } from "./freeze-function.ts";

/**
 * The keywords that a function with `**kwargs` takes: parameters of what it calls, and names that it looks up itself,
 * as far as calling it with them does not always raise.
 */
export function keywordsOf(trial: Trial, required: ReadonlySet<string>): string[] {
  const { func } = trial;
  const own = new Set(func.def.params.map((param) => param.name));
  const called = (callWithUnknowns(trial, required) ?? []).flatMap((outcome) => [...outcome.called]);
  const candidates = new Set([
    ...called.filter((def) => def !== func.def).flatMap(paramNames),
    ...textsIn(func.def),
  ]);
  return [...candidates].filter((name) => !own.has(name) && isTaken(trial, new Set([...required, name])));
}

function isTaken(trial: Trial, names: ReadonlySet<string>): boolean {
  const outcomes = callWithUnknowns(trial, names);
  return outcomes === null || outcomes.some(({ raised }) => !raised);
}

function paramNames(def: FunctionDef | Lambda): string[] {
  return def.params.filter((param) => param.form === "normal").map((param) => param.name);
}

function textsIn(def: FunctionDef | Lambda): string[] {
  if (def.kind === "Lambda") return [];
  return [...blockExpressions(def.body)].flatMap((expr) =>
    expr.kind === "Constant" && typeof expr.value === "string" && /^[a-z_]\w*$/i.test(expr.value)
      ? [expr.value]
      : [],
  );
}
