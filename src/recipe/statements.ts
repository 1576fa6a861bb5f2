import type { dottedPath } from "../python/syntax.ts";
import { walkStatements, type For, type If, type Stmt, type Try } from "../python/syntax.ts";
import { assign } from "./assignment.ts";
import { itemsOf } from "./builtin-methods.ts";
import { catches, raised } from "./exceptions.ts";
import { assignEither } from "./either.ts";
import { forget, forgetRepeated } from "./forget.ts";
import { EvaluationLimit, PythonError, type Completion, type Machine } from "./machine.ts";
import { functionOf, importFromName, importName, lookup, moduleAttribute, absoluteName } from "./names.ts";
import { binary, truth } from "./operators.ts";
import { scopeOf, textOf } from "./expressions.ts";
import { indexOf } from "./module-index.ts";
import { NONE, symbol, unknown, type ClassValue, type Environment, type Value } from "./value.ts";

/** Runs the statements of a block in order; an exception learns its place on the way up. */
export function execute(m: Machine, block: readonly Stmt[], env: Environment): Completion {
  try {
    return executeAll(m, block, env);
  } catch (error) {
    if (error instanceof PythonError && env.stmt && env.module.own)
      error.place ??= { stmt: env.stmt, scope: env };
    throw error;
  }
}

function executeAll(m: Machine, block: readonly Stmt[], env: Environment): Completion {
  for (const stmt of block) {
    m.steps += 1;
    if (m.steps > m.limits.steps) throw new EvaluationLimit(`more than ${m.limits.steps} statements`);
    env.stmt = stmt;
    const completion = executeStatement(m, stmt, env);
    if (completion) return completion;
  }
  return null;
}

function executeStatement(m: Machine, stmt: Stmt, env: Environment): Completion {
  switch (stmt.kind) {
    case "ExprStmt":
      if (stmt.value.kind !== "Constant") m.evaluate(stmt.value, env);
      return null;
    case "Assign":
      if (stmt.value) {
        const value = m.evaluate(stmt.value, env);
        for (const target of stmt.targets) assign(m, { target, value, source: stmt.value }, env);
      }
      return null;
    case "AugAssign": {
      const value = binary(stmt.op, m.evaluate(stmt.target, env), m.evaluate(stmt.value, env));
      assign(m, { target: stmt.target, value, source: stmt.value }, env);
      return null;
    }
    case "Return":
      return { type: "return", value: stmt.value ? m.evaluate(stmt.value, env) : NONE };
    case "If":
      return executeIf(m, stmt, env);
    case "For":
      return executeFor(m, stmt, env);
    case "While":
      return executeWhile(m, stmt, env);
    case "With":
      return executeWith(m, stmt, env);
    case "Try":
      return executeTry(m, stmt, env);
    case "Break":
      return "break";
    case "Continue":
      return "continue";
    default:
      executeDefinition(m, stmt, env);
      return null;
  }
}

function executeDefinition(m: Machine, stmt: Stmt, env: Environment): void {
  switch (stmt.kind) {
    case "FunctionDef": {
      let made = functionOf(env, stmt);
      for (const decorator of [...stmt.decorators].reverse()) made = decorate(m, { decorator, made }, env);
      env.vars.set(stmt.name, made);
      return;
    }
    case "ClassDef":
      env.vars.set(stmt.name, makeClass(m, stmt, env));
      return;
    case "Import":
      for (const { name, alias } of stmt.names) {
        const bound = alias ?? name.split(".")[0] ?? name;
        env.vars.set(bound, importName(m, stmt, bound) ?? symbol(name));
      }
      return;
    case "ImportFrom":
      importFrom(m, stmt, env);
      return;
    case "Raise":
      throw raised(stmt.value ? m.evaluate(stmt.value, env) : null, stmt.value);
    case "Assert": {
      const held = m.evaluate(stmt.test, env);
      if (held.kind !== "unknown" && held.kind !== "choice" && !truth(m, held)) {
        throw new PythonError("AssertionError", textOf(env, stmt.test));
      }
      return;
    }
    case "Delete":
      for (const target of stmt.targets) deleteTarget(m, target, env);
      return;
    case "Scope":
      if (stmt.form === "global") env.globals = new Set([...(env.globals ?? []), ...stmt.names]);
      else env.nonlocals = new Set([...(env.nonlocals ?? []), ...stmt.names]);
      return;
    case "OpaqueStmt":
      forgetMentioned(m, stmt, env);
      return;
    default:
      return;
  }
}

function importFrom(m: Machine, stmt: Extract<Stmt, { kind: "ImportFrom" }>, env: Environment): void {
  for (const { name, alias } of stmt.names) {
    const bound = alias ?? name;
    env.vars.set(
      bound,
      importFromName(m, env.module, { stmt, name: bound }) ?? symbol(`${stmt.module}.${name}`),
    );
  }
  if (stmt.names.length > 0 || env.isModule) return;
  const source = m.session.host.find(absoluteName(env.module, stmt));
  for (const name of source ? indexOf(source).bindings.keys() : []) {
    const value = source && !name.startsWith("_") ? moduleAttribute(m, source, name) : null;
    if (value) env.vars.set(name, value);
  }
}

const TRANSPARENT =
  /^(functools\.(wraps|lru_cache|cache)|typing\.\w+|typing_extensions\.\w+|staticmethod|classmethod|property)$/;

function decorate(
  m: Machine,
  { decorator, made }: { decorator: Parameters<typeof dottedPath>[0]; made: Value },
  env: Environment,
): Value {
  const callee = decorator.kind === "Call" ? decorator.func : decorator;
  const func = m.evaluate(callee, env);
  const path = func.kind === "symbol" ? func.path : func.kind === "builtin" ? func.name : "";
  if (TRANSPARENT.test(path) || m.session.library.isTransparent(func.kind === "function" ? func.path : path))
    return made;
  const applied = decorator.kind === "Call" ? m.evaluate(decorator, env) : func;
  return m.call(applied, [{ name: null, value: made, site: null }], {
    scope: scopeOf(env),
    shown: `@${textOf(env, decorator)}`,
  });
}

function makeClass(m: Machine, def: Extract<Stmt, { kind: "ClassDef" }>, env: Environment): ClassValue {
  const bases = def.bases
    .filter((base) => base.kind === "positional")
    .map((base) => m.evaluate(base.value, env));
  const scope = env.isModule ? null : env;
  const owner = env.func ? `${env.func.path}.<locals>` : env.module.name;
  return {
    kind: "class",
    name: def.name,
    path: `${owner}.${def.name}`,
    bases,
    source: { def, module: env.module, scope },
    table: null,
  };
}

function deleteTarget(m: Machine, target: Parameters<typeof dottedPath>[0], env: Environment): void {
  if (target.kind === "Name") env.vars.delete(target.id);
  else if (target.kind === "Attribute")
    forget(m, m.evaluate(target.value, env), `after del ${textOf(env, target)}`);
  else if (target.kind === "Subscript") {
    const container = m.evaluate(target.value, env);
    const index = m.evaluate(target.index, env);
    if (container.kind === "dict" && index.kind === "const")
      container.entries.delete(JSON.stringify(index.value));
    else forget(m, container, `after del ${textOf(env, target)}`);
  }
}

/** A statement that is not followed may change whatever it mentions. */
function forgetMentioned(m: Machine, stmt: Stmt, env: Environment): void {
  const words = new Set(env.module.text.slice(stmt.start, stmt.end).match(/[A-Za-z_]\w*/g) ?? []);
  const reason = `after the statement \`${textOf(env, { start: stmt.start, end: Math.min(stmt.end, stmt.start + 40) })}\``;
  for (const word of words) {
    const held = lookup(m, env, word);
    if (held) forget(m, held, reason);
    if (env.vars.has(word))
      env.vars.set(word, unknown(`${word} ${reason}`, m.nth(`${scopeOf(env)}:${word}`)));
  }
}

function executeIf(m: Machine, stmt: If, env: Environment): Completion {
  const test = m.evaluate(stmt.test, env);
  if (test.kind === "unknown" && !m.decisions.has(test.key)) {
    if (onlyRaises(stmt.body) && stmt.orelse.length === 0) return null;
    if (assignEither(m, { stmt, condition: test }, env)) return null;
  }
  env.stmt = stmt;
  return m.execute(truth(m, test) ? stmt.body : stmt.orelse, env);
}

/** A guard: whoever gets past it has a recipe, and only those count. */
function onlyRaises(block: readonly Stmt[]): boolean {
  return (
    block.at(-1)?.kind === "Raise" &&
    [...walkStatements(block)].every(
      (stmt) => stmt.kind === "Raise" || stmt.kind === "ExprStmt" || stmt.kind === "Assign",
    )
  );
}

function executeFor(m: Machine, stmt: For, env: Environment): Completion {
  const items = itemsOf(m.evaluate(stmt.iter, env));
  if (!items) return passLoop(m, { stmt, shown: `loop over ${textOf(env, stmt.iter)}` }, env);
  for (const item of [...items]) {
    assign(m, { target: stmt.target, value: item, source: stmt.iter }, env);
    const completion = m.execute(stmt.body, env);
    if (completion === "break") return null;
    if (completion && completion !== "continue") return completion;
  }
  return m.execute(stmt.orelse, env);
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

function executeWhile(m: Machine, stmt: Extract<Stmt, { kind: "While" }>, env: Environment): Completion {
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

function executeWith(m: Machine, stmt: Extract<Stmt, { kind: "With" }>, env: Environment): Completion {
  for (const { value, target } of stmt.items) {
    const held = m.evaluate(value, env);
    if (target) assign(m, { target, value: held, source: value }, env);
  }
  const before = m.unfollowed;
  const shown = `with ${stmt.items.map(({ value }) => textOf(env, value)).join(", ")}`;
  let completion: Completion;
  try {
    completion = m.execute(stmt.body, env);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    throw new EvaluationLimit(`\`${shown}\` may suppress ${error.type}`);
  }
  if (m.unfollowed > before && /\bsuppress\(/.test(shown))
    forgetRepeated(m, env, stmt.body, "where an exception may have been suppressed");
  return completion;
}

function executeTry(m: Machine, stmt: Try, env: Environment): Completion {
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
    const handler = stmt.handlers.find((one) => catches(one, error));
    if (!handler) throw error;
    if (handler.name) env.vars.set(handler.name, unknown(`${error.type}: ${error.message}`));
    return m.execute(handler.body, env);
  }
  const handlers = m.unfollowed > before ? stmt.handlers.filter(({ body }) => goesOn(body)) : [];
  return handlers.length > 0 && !followsThrough(m, { stmt, handlers }, env)
    ? executeHandlers(m, { stmt, handlers }, env)
    : (completion ?? m.execute(stmt.orelse, env));
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
