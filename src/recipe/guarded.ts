import { walkStatements, type Stmt, type Try } from "../python/syntax.ts";
import { catches } from "./exceptions.ts";
import { textOf } from "./expressions.ts";
import { forgetRepeated } from "./forget.ts";
import { PythonError, type Completion, type Machine } from "./machine.ts";
import { bindName } from "./names.ts";
import { unknown, type Environment } from "./value.ts";

/** Runs a `try` with its handlers, `else` and `finally`. */
export function executeTry(m: Machine, stmt: Try, env: Environment): Completion {
  let completion: Completion;
  try {
    completion = executeGuarded(m, stmt, env);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const instead = m.execute(stmt.finalizer, env);
    if (instead) return instead;
    throw error;
  }
  return m.execute(stmt.finalizer, env) ?? completion;
}

/** A `try` without its `finally`. */
function executeGuarded(m: Machine, stmt: Try, env: Environment): Completion {
  const before = m.unfollowed;
  let completion: Completion;
  try {
    completion = m.execute(stmt.body, env);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const handler = stmt.handlers.find((one) => catches(m, { handler: one, error }, env));
    if (!handler) throw error;
    return runHandler(m, { handler, error }, env);
  }
  const handlers = m.unfollowed > before ? stmt.handlers.filter(({ body }) => goesOn(body)) : [];
  return handlers.length > 0 && !followsThrough(m, { stmt, handlers }, env)
    ? executeHandlers(m, { stmt, handlers }, env)
    : (completion ?? m.execute(stmt.orelse, env));
}

/** Runs a handler; a bare `raise` in it raises the exception again, and its name is gone at the end. */
function runHandler(
  m: Machine,
  { handler, error }: { handler: Try["handlers"][number]; error: PythonError },
  env: Environment,
): Completion {
  const { name, body } = handler;
  const outer = m.handling;
  m.handling = error;
  if (name) bindName(m, env, name, unknown(`${error.type}: ${error.message}`));
  try {
    return m.execute(body, env);
  } finally {
    m.handling = outer;
    if (name)
      bindName(m, env, name, unknown(`${name}, gone after its handler`, m.nth(`${name} after its handler`)));
  }
}

/** Whether a handler lets the recipe go on: one that raises leaves nothing to run. */
function goesOn(body: readonly Stmt[]): boolean {
  return body.at(-1)?.kind !== "Raise";
}

interface Guarded {
  readonly stmt: Try;
  /** Those that a call which was not followed may have led to. */
  readonly handlers: Try["handlers"];
}

/** Whether the run takes it that nothing was raised; where that makes no other way, both are left possible. */
function followsThrough(m: Machine, { stmt, handlers }: Guarded, env: Environment): boolean {
  const jumps = handlers.some(({ body }) => [...walkStatements(body)].some((one) => JUMPS.has(one.kind)));
  if (jumps)
    return m.decide(
      unknown("nothing is raised", m.nth(`nothing raised by ${textOf(env, stmt.body[0] ?? stmt)}`)),
    );
  for (const body of [stmt.body, ...handlers.map((handler) => handler.body)])
    forgetRepeated(m, env, body, CAUGHT);
  return true;
}

const CAUGHT = "where an exception may have been caught";
const JUMPS: ReadonlySet<Stmt["kind"]> = new Set<Stmt["kind"]>(["Return", "Break", "Continue"]);

/** The way on which something was raised, nobody knows where in the body, and one of the handlers ran. */
function executeHandlers(m: Machine, { stmt, handlers }: Guarded, env: Environment): Completion {
  forgetRepeated(m, env, stmt.body, CAUGHT);
  const [first, ...others] = handlers;
  for (const { body } of others) forgetRepeated(m, env, body, CAUGHT);
  return first ? m.execute(first.body, env) : null;
}
