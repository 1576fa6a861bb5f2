import { absoluteName, indexOf } from "./module-index.ts";
import { type dottedPath, type Stmt } from "../python/syntax.ts";
import { assign } from "./assignment.ts";
import { isTame } from "./module-order.ts";
import { augment } from "./augmented.ts";
import { executeIf } from "./branches.ts";
import { executeWith } from "./contexts.ts";
import { raised } from "./exceptions.ts";
import { forget } from "./forget.ts";
import { callHook, stir } from "./hooks.ts";
import { makeClass } from "./make-class.ts";
import { executeTry } from "./guarded.ts";
import { executeFor, executeWhile } from "./loops.ts";
import { executeMatch } from "./match.ts";
import { EvaluationLimit, PythonError, type Completion, type Machine } from "./machine.ts";
import {
  exports,
  bindName,
  defaultsOf,
  functionOf,
  importFromName,
  importName,
  lookup,
  moduleAttribute,
} from "./names.ts";
import { truth } from "./operators.ts";
import { scopeOf, textOf } from "./expressions.ts";
import {
  dictKey,
  isOpenKey,
  NONE,
  symbol,
  unknown,
  type Environment,
  type FunctionValue,
  type Value,
} from "./value.ts";

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
    case "AugAssign":
      augment(m, stmt, env);
      return null;
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
    case "Match":
      return executeMatch(m, stmt, env);
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
      let made: Value = { ...functionOf(env, stmt), ...defaultsOf(m, env, stmt) };
      for (const decorator of [...stmt.decorators].reverse()) made = decorate(m, { decorator, made }, env);
      env.vars.set(stmt.name, made);
      return;
    }
    case "ClassDef":
      env.vars.set(
        stmt.name,
        makeClass(m, stmt, env, (made, decorator) => decorate(m, { decorator, made }, env)),
      );
      return;
    case "Import":
      for (const { name, alias } of stmt.names) {
        const bound = alias ?? name.split(".")[0] ?? name;
        noteAbsent(m, env, name);
        env.vars.set(bound, importName(m, stmt, bound) ?? symbol(name));
      }
      return;
    case "ImportFrom":
      importFrom(m, stmt, env);
      return;
    case "Raise":
      if (!stmt.value && m.handling) throw m.handling;
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

/** A module out of sight may not be installed: a `try` around its import may go either way. */
function noteAbsent(m: Machine, env: Environment, name: string): void {
  if (isTame(env.module) || /^megatron\b/.test(name) || m.session.host.find(name)) return;
  if (!m.session.library.isHarmless(name)) m.unfollowed += 1;
}

function importFrom(m: Machine, stmt: Extract<Stmt, { kind: "ImportFrom" }>, env: Environment): void {
  noteAbsent(m, env, absoluteName(env.module, stmt));
  for (const { name, alias } of stmt.names) {
    const bound = alias ?? name;
    env.vars.set(
      bound,
      importFromName(m, env.module, { stmt, name: bound }) ?? symbol(`${stmt.module}.${name}`),
    );
  }
  if (stmt.names.length > 0) return;
  const source = m.session.host.find(absoluteName(env.module, stmt));
  // At a module's top level a name is looked for when it is asked for; what is bound already is bound anew.
  const names = env.isModule ? [...env.vars.keys()] : source ? indexOf(source).bindings.keys() : [];
  for (const name of names) {
    const value = source && exports(m, source, name) ? moduleAttribute(m, source, name) : null;
    if (value) env.vars.set(name, value);
  }
}

const TRANSPARENT = /^(typing\.\w+|typing_extensions\.\w+|staticmethod|classmethod|property)$/;

const WRAPS: Readonly<Record<string, FunctionValue["wrap"]>> = {
  "functools.wraps": "renamed",
  "functools.lru_cache": "cached",
  "functools.cache": "cached",
};

function decorate(
  m: Machine,
  { decorator, made }: { decorator: Parameters<typeof dottedPath>[0]; made: Value },
  env: Environment,
): Value {
  const callee = decorator.kind === "Call" ? decorator.func : decorator;
  const func = m.evaluate(callee, env);
  const path = func.kind === "symbol" ? func.path : func.kind === "builtin" ? func.name : "";
  if (made.kind === "function" && WRAPS[path]) return { ...made, wrap: WRAPS[path] };
  if (TRANSPARENT.test(path) || m.session.library.isTransparent(func.kind === "function" ? func.path : path))
    return made;
  const applied = decorator.kind === "Call" ? m.evaluate(decorator, env) : func;
  return m.call(applied, [{ name: null, value: made, site: null }], {
    scope: scopeOf(env),
    shown: `@${textOf(env, decorator)}`,
  });
}

function deleteTarget(m: Machine, target: Parameters<typeof dottedPath>[0], env: Environment): void {
  if (target.kind === "Name") bindName(m, env, target.id, unknown(`${target.id}, deleted`, m.nth(target.id)));
  else if (target.kind === "Attribute") {
    const held = m.evaluate(target.value, env);
    if (held.kind === "class" || held.kind === "module")
      throw new EvaluationLimit(`${textOf(env, target)} is deleted`);
    forget(m, held, `after del ${textOf(env, target)}`);
  } else if (target.kind === "Subscript") {
    const container = m.evaluate(target.value, env);
    const index = m.evaluate(target.index, env);
    if (callHook(m, container, { name: "__delitem__", args: [index] })) return;
    stir(m, container, index);
    const isKnown = container.kind === "dict" && !container.open && !isOpenKey(index);
    if (!isKnown) forget(m, container, `after del ${textOf(env, target)}`);
    else if (!container.entries.delete(dictKey(index))) throw new PythonError("KeyError", dictKey(index));
  }
}

/** A statement that is not followed may change whatever it mentions. */
function forgetMentioned(m: Machine, stmt: Stmt, env: Environment): void {
  const text = env.module.text.slice(stmt.start, stmt.end);
  if (/\b(?:return|raise|break|continue|assert|yield|exec|eval|global|nonlocal)\b/.test(text))
    throw new EvaluationLimit(
      `\`${textOf(env, { start: stmt.start, end: Math.min(stmt.end, stmt.start + 40) })}\` is not followed`,
    );
  const words = new Set(text.match(/[A-Za-z_]\w*/g) ?? []);
  const reason = `after the statement \`${textOf(env, { start: stmt.start, end: Math.min(stmt.end, stmt.start + 40) })}\``;
  for (const word of words) {
    const held = lookup(m, env, word);
    if (held) forget(m, held, reason);
    if (env.vars.has(word))
      env.vars.set(word, unknown(`${word} ${reason}`, m.nth(`${scopeOf(env)}:${word}`)));
  }
}
