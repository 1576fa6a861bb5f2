import { spawnSync } from "node:child_process";
import { applyEdits, type Edit } from "../../src/edit.ts";
import { everyStatement } from "../../src/python/edits/place.ts";
import { loadPythonParser } from "../../src/python/parser.ts";
import type { Call, Dict, Module, Stmt } from "../../src/python/syntax.ts";
import { ownExpressions, walkExpression } from "../../src/python/walk.ts";

export const parser = await loadPythonParser();

/** A parsed text and what tests look for in it. */
export interface Parsed {
  readonly text: string;
  readonly module: Module;
}

/** Parses a text that must be Python. */
export function parse(text: string): Parsed {
  const { module, problem } = parser.parse(text);
  if (problem) throw new Error(`${problem.message} in ${JSON.stringify(text)}`);
  return { text, module };
}

/** The first statement that reads like this. */
export function statement({ text, module }: Parsed, source: string): Stmt {
  for (const stmt of everyStatement(module.body)) {
    if (text.slice(stmt.start, stmt.end) === source) return stmt;
  }
  throw new Error(`no statement ${JSON.stringify(source)} in ${JSON.stringify(text)}`);
}

/** The first call of a text. */
export function firstCall(parsed: Parsed): Call {
  return expressionOf(parsed, "Call");
}

/** The first dict of a text. */
export function firstDict(parsed: Parsed): Dict {
  return expressionOf(parsed, "Dict");
}

function expressionOf<Kind extends "Call" | "Dict">(
  { module }: Parsed,
  kind: Kind,
): Extract<Call | Dict, { kind: Kind }> {
  for (const stmt of everyStatement(module.body)) {
    for (const expr of ownExpressions(stmt).flatMap((own) => [...walkExpression(own)])) {
      if (expr.kind === kind) return expr as Extract<Call | Dict, { kind: Kind }>;
    }
  }
  throw new Error(`no ${kind}`);
}

/** The items that read like one of these. */
export function reading<Item extends { start: number; end: number }>(
  text: string,
  items: readonly Item[],
  sources: readonly string[],
): Item[] {
  const found = items.filter((item) => sources.includes(text.slice(item.start, item.end)));
  if (found.length !== sources.length) throw new Error(`not all of ${sources.join(", ")} found in ${text}`);
  return found;
}

/** Applies edits after checking that the result is still Python to our parser. */
export function apply(text: string, edits: readonly Edit[]): string {
  const result = applyEdits(text, edits);
  parse(result);
  return result;
}

const COMPILE = `
import json, sys, warnings
warnings.simplefilter("ignore")
def verdict(text):
    try:
        compile(text.encode("utf-8"), "<case>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return str(error)
print(json.dumps([verdict(text) for text in json.load(sys.stdin)]))
`;

/** What CPython says about each text: null where it compiles. One process for all. */
export function compilePython(texts: readonly string[]): (string | null)[] {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", COMPILE], {
    input: JSON.stringify(texts),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as (string | null)[];
}
