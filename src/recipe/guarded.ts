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
  const { goesOn, mayLeave } = executeBody(m, stmt, env);
  const handlers = m.unfollowed > before ? stmt.handlers.filter(({ body }) => !endsRaising(body)) : [];
  if (handlers.length === 0) return goesOn();
  const others = [...handlers.map(({ body }) => body), stmt.orelse];
  if (mayLeave || leaves(stmt.body, JUMPS) || others.some((body) => leaves(body, LEAVES))) {
    const what = textOf(env, stmt.body[0] ?? stmt);
    const isFine = m.decide(unknown("nothing is raised", m.nth(`nothing raised by ${what}`)));
    return isFine ? goesOn() : executeHandlers(m, { stmt, handlers }, env);
  }
  // What was not followed may have raised, nobody knows where in the body: both ways lead on from here.
  const completion = goesOn();
  for (const body of [stmt.body, ...others]) forgetRepeated(m, env, body, CAUGHT);
  return completion;
}

/** How a `try` goes on if what was not followed raises nothing. */
interface Followed {
  readonly goesOn: () => Completion;
  /** Whether that may be with an exception. */
  readonly mayLeave: boolean;
}

function executeBody(m: Machine, stmt: Try, env: Environment): Followed {
  try {
    const completion = m.execute(stmt.body, env);
    return { goesOn: () => completion ?? m.execute(stmt.orelse, env), mayLeave: false };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const handler = stmt.handlers.find((one) => catches(m, { handler: one, error }, env));
    if (handler) {
      const mayLeave = leaves(handler.body, LEAVES);
      return { goesOn: () => runHandler(m, { handler, error }, env), mayLeave };
    }
    const raise = (): never => {
      throw error;
    };
    return { goesOn: raise, mayLeave: true };
  }
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

/** One that raises in the end leaves nothing to run. */
function endsRaising(body: readonly Stmt[]): boolean {
  return body.at(-1)?.kind === "Raise";
}

const CAUGHT = "where an exception may have been caught";
const JUMPS: ReadonlySet<Stmt["kind"]> = new Set<Stmt["kind"]>(["Return", "Break", "Continue"]);
const LEAVES: ReadonlySet<Stmt["kind"]> = new Set<Stmt["kind"]>([...JUMPS, "Raise"]);

function leaves(body: readonly Stmt[], kinds: ReadonlySet<Stmt["kind"]>): boolean {
  return [...walkStatements(body)].some((one) => kinds.has(one.kind));
}

interface Guarded {
  readonly stmt: Try;
  /** Those that a call which was not followed may have led to. */
  readonly handlers: Try["handlers"];
}

/** The way on which something was raised, nobody knows where in the body, and one of the handlers ran. */
function executeHandlers(m: Machine, { stmt, handlers }: Guarded, env: Environment): Completion {
  forgetRepeated(m, env, stmt.body, CAUGHT);
  const ran = handlers.find(
    (one, index) =>
      index === handlers.length - 1 ||
      m.decide(unknown("which exception is raised", m.nth(`raised by ${textOf(env, one.body[0] ?? stmt)}`))),
  );
  if (!ran) return null;
  if (ran.name) bindName(m, env, ran.name, unknown("an exception", m.nth("an exception")));
  return m.execute(ran.body, env);
}
