import type { Stmt } from "../python/syntax.ts";
import { assign } from "./assignment.ts";
import { findMember } from "./classes.ts";
import { textOf } from "./expressions.ts";
import { forget, forgetEscaped, forgetRepeated } from "./forget.ts";
import { EvaluationLimit, PythonError, type Completion, type Machine } from "./machine.ts";
import { truth } from "./operators.ts";
import { NONE, unknown, type Environment, type ObjectValue, type Value } from "./value.ts";

type With = Extract<Stmt, { kind: "With" }>;

/** Runs a `with`: what a manager of the project's own does on entry and exit, and the body between. */
export function executeWith(m: Machine, stmt: With, env: Environment): Completion {
  const entered: ObjectValue[] = [];
  const hidden: Value[] = [];
  const before = m.unfollowed;
  const shown = `with ${stmt.items.map(({ value }) => textOf(env, value)).join(", ")}`;
  for (const { value, target } of stmt.items) {
    const held = m.evaluate(value, env);
    const manager = managerOf(held);
    if (manager) entered.push(manager);
    else hidden.push(held);
    const given = manager ? callMethod(m, manager, { name: "__enter__", args: [], shown }) : enteredOf(held);
    if (target) assign(m, { target, value: given, source: value }, env);
  }
  let completion: Completion;
  try {
    completion = m.execute(stmt.body, env);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    if (hidden.length > 0) throw new EvaluationLimit(`\`${shown}\` may suppress ${error.type}`);
    if (exit(m, entered, { shown, error })) return null;
    throw error;
  }
  if (m.unfollowed > before && /\bsuppress\(/.test(shown))
    forgetRepeated(m, env, stmt.body, "where an exception may have been suppressed");
  exit(m, entered, { shown, error: null });
  if (hidden.length > 0) forgetEscaped(m, `after \`${shown}\``);
  for (const value of hidden) forget(m, value, `after \`${shown}\``);
  return completion;
}

/** A context manager whose code is at hand. */
function managerOf(value: Value): ObjectValue | null {
  const isOwn = value.kind === "object" && findMember(value.type, "__enter__") !== null;
  return isOwn && findMember(value.type, "__exit__") ? value : null;
}

/** What `as` binds: a value that is known is not known to be what its `__enter__` gives. */
function enteredOf(held: Value): Value {
  return held.kind === "object"
    ? unknown("given by __enter__", `${held.type.path}#${held.id}.__enter__()`)
    : held;
}

/** Leaves the managers, the last first; whether one of them swallows the exception. */
function exit(
  m: Machine,
  entered: readonly ObjectValue[],
  { shown, error }: { shown: string; error: PythonError | null },
): boolean {
  let swallowed = false;
  for (const manager of [...entered].reverse()) {
    const isRaised = error !== null && !swallowed;
    const about = (part: string) =>
      isRaised ? unknown(`the exception's ${part}`, m.nth(`${shown} ${part}`)) : NONE;
    const args = [about("type"), about("value"), about("traceback")];
    const result = callMethod(m, manager, { name: "__exit__", args, shown });
    if (isRaised && truth(m, result)) swallowed = true;
  }
  return swallowed;
}

function callMethod(
  m: Machine,
  self: ObjectValue,
  { name, args, shown }: { name: string; args: readonly Value[]; shown: string },
): Value {
  const given = args.map((value) => ({ name: null, value, site: null }));
  return m.call(m.getAttribute(self, name), given, {
    scope: self.type.path,
    shown: `${name} of \`${shown}\``,
  });
}
