import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { applyEdits, type Edit } from "../../src/edit.ts";
import { addKeywords, removeArguments } from "../../src/python/edits/arguments.ts";
import { addImports, removeImports, type ImportRequest } from "../../src/python/edits/imports.ts";
import { blockOf, everyStatement } from "../../src/python/edits/place.ts";
import {
  insertAfter,
  insertBefore,
  removeStatement,
  removeStatements,
} from "../../src/python/edits/statements.ts";
import type { Stmt } from "../../src/python/syntax.ts";
import { checkSyntax } from "../../src/python/validate.ts";
import { compilePython, firstCall, parse, parser, type Parsed } from "./editing.ts";
import { callText, importingText, pythonText } from "./generated.ts";

const results = new Set<string>();

/** Applies edits; the result must be Python to us at once, and to CPython in the end. */
function applied(text: string, edits: readonly Edit[]): string {
  const result = applyEdits(text, edits);
  const { module, problem } = parser.parse(result);
  expect(problem ?? checkSyntax(module, result)).toBeNull();
  results.add(result);
  return result;
}

afterAll(() => {
  const texts = [...results];
  expect(compilePython(texts).flatMap((error, index) => (error ? [[texts[index], error]] : []))).toEqual([]);
});

function simpleStatements({ module }: Parsed): Stmt[] {
  return [...everyStatement(module.body)].filter((stmt) => !("body" in stmt));
}

function comments(text: string): number {
  return text.split(/# (?:c|own|tail|end|in)|#: é|# if x/).length;
}

/** The statements that read so, in order, nesting left out. */
function readings(parsed: Parsed): string[] {
  return simpleStatements(parsed).map((stmt) => parsed.text.slice(stmt.start, stmt.end));
}

const chance = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 });

describe("statements", () => {
  test("generated modules are Python", () => {
    fc.assert(
      fc.property(pythonText, (text) => void applied(text, [])),
      { numRuns: 500 },
    );
  });

  test("removal keeps the other statements and every comment", () => {
    fc.assert(
      fc.property(pythonText, chance, (text, choices) => {
        const parsed = parse(text);
        const all = simpleStatements(parsed);
        const gone = all.filter((_, index) => choices[index]);
        const result = applied(text, removeStatements(text, parsed.module, gone));
        const kept = all
          .filter((stmt) => !gone.includes(stmt))
          .map((stmt) => text.slice(stmt.start, stmt.end));
        expect(readings(parse(result)).filter((each) => each !== "pass")).toEqual(
          kept.filter((each) => each !== "pass"),
        );
        const inGone = gone.reduce(
          (count, stmt) => count + comments(text.slice(stmt.start, stmt.end)) - 1,
          0,
        );
        expect(comments(result)).toBe(comments(text) - inGone);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ["insertAfter", insertAfter, 1],
    ["insertBefore", insertBefore, 0],
  ] as const)(
    "%s puts a statement next to its anchor, and removing it gives the text back",
    (_, insert, distance) => {
      fc.assert(
        fc.property(pythonText, fc.nat(), (text, choice) => {
          const parsed = parse(text);
          const all = [...everyStatement(parsed.module.body)];
          const anchor = all[choice % all.length];
          if (!anchor) return;
          const index = blockOf(parsed.module, anchor).indexOf(anchor);
          const result = parse(applied(text, insert(text, anchor, ["new_statement()"])));
          const added = [...everyStatement(result.module.body)].find((stmt) => {
            return result.text.slice(stmt.start, stmt.end) === "new_statement()";
          });
          expect(added).toBeDefined();
          if (!added) return;
          expect(blockOf(result.module, added).indexOf(added)).toBe(index + distance);
          expect(applied(result.text, removeStatement(result.text, result.module, added))).toBe(text);
        }),
        { numRuns: 400 },
      );
    },
  );
});

describe("arguments", () => {
  test("removal keeps the others and every comment", () => {
    fc.assert(
      fc.property(callText, chance, (text, choices) => {
        const call = firstCall(parse(text));
        const gone = call.args.filter((_, index) => choices[index]);
        const result = applied(text, removeArguments(text, call, gone));
        const kept = call.args
          .filter((arg) => !gone.includes(arg))
          .map((arg) => text.slice(arg.start, arg.end));
        const left = firstCall(parse(result));
        expect(left.args.map((arg) => result.slice(arg.start, arg.end))).toEqual(kept);
        const inGone = gone.reduce((count, arg) => count + comments(text.slice(arg.start, arg.end)) - 1, 0);
        expect(comments(result)).toBe(comments(text) - inGone);
      }),
      { numRuns: 400 },
    );
  });

  test("addition keeps all, and removing what was added keeps them too", () => {
    fc.assert(
      fc.property(callText, (text) => {
        const call = firstCall(parse(text));
        const result = applied(text, addKeywords(text, call, ["new=1", "more=2"]));
        const args = firstCall(parse(result)).args;
        const readAll = [...call.args.map((arg) => text.slice(arg.start, arg.end)), "new=1", "more=2"];
        expect(args.map((arg) => result.slice(arg.start, arg.end))).toEqual(readAll);
        expect(comments(result)).toBe(comments(text));
        applied(result, removeArguments(result, firstCall(parse(result)), args.slice(-2)));
      }),
      { numRuns: 400 },
    );
  });
});

const REQUESTS: readonly ImportRequest[] = [
  { from: "a.b.c", name: "x" },
  { from: "a.b.c", name: "z" },
  { from: "q.r", name: "x" },
  { from: "dataclasses", name: "replace" },
];

describe("imports", () => {
  test("adding twice changes nothing the second time", () => {
    fc.assert(
      fc.property(importingText, fc.subarray([...REQUESTS], { minLength: 1 }), (text, requests) => {
        const { edits, localNames } = addImports(text, parse(text).module, requests);
        const result = applied(text, edits);
        expect(addImports(result, parse(result).module, requests)).toEqual({ edits: [], localNames });
        expect(comments(result)).toBe(comments(text));
      }),
      { numRuns: 400 },
    );
  });

  test("removal leaves no such import and keeps the rest", () => {
    fc.assert(
      fc.property(importingText, fc.subarray([...REQUESTS], { minLength: 1 }), (text, requests) => {
        const result = applied(text, removeImports(text, parse(text).module, requests));
        expect(removeImports(result, parse(result).module, requests)).toEqual([]);
        expect(comments(result)).toBe(comments(text));
      }),
      { numRuns: 400 },
    );
  });
});
