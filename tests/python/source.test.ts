import { describe, expect, test } from "vitest";
import {
  indentationAt,
  indentUnitOf,
  lineAt,
  lineEnd,
  lineLengthOf,
  lineStart,
  newlineOf,
  nextLine,
  quoteStyleOf,
  statementTail,
} from "../../src/python/source.ts";

const MIXED = "\uFEFFa\nb\r\nc\rd\fe\n";

test.each([
  [0, 1],
  [2, 1],
  [3, 2],
  [4, 2],
  [5, 2],
  [6, 3],
  [8, 4],
  [10, 4],
  [12, 5],
])("lineAt %i is %i", (offset, line) => {
  expect(lineAt(MIXED, offset)).toBe(line);
});

test.each([
  [0, 0, 2, 3],
  [1, 1, 2, 3],
  [2, 1, 2, 3],
  [3, 3, 4, 6],
  [4, 3, 4, 6],
  [5, 3, 4, 6],
  [6, 6, 7, 8],
  [9, 8, 11, 12],
  [12, 12, 12, 12],
])("the line around %i is %i..%i, the next one %i", (offset, start, end, next) => {
  expect([lineStart(MIXED, offset), lineEnd(MIXED, offset), nextLine(MIXED, offset)]).toEqual([
    start,
    end,
    next,
  ]);
});

test.each([
  ["  \tx", "  \t"],
  ["a\n\f  x", "\f  "],
  ["\uFEFF  x", "  "],
  ["x", ""],
])("indentationAt in %j", (text, indentation) => {
  expect(indentationAt(text, text.length - 1)).toBe(indentation);
});

test.each([
  ["", "\n"],
  ["a\r\nb\r\nc\n", "\r\n"],
  ["a\r\nb\nc\n", "\n"],
  ["a\rb\r", "\r"],
])("newlineOf %j", (text, newline) => {
  expect(newlineOf(text)).toBe(newline);
});

test.each([
  ["", '"'],
  ["a = 'b'\n", "'"],
  ['a = \'b\' + "c"\nf("it\'s")\n', '"'],
  ['# don\'t\na = "b"\n', '"'],
])("quoteStyleOf %j", (text, quote) => {
  expect(quoteStyleOf(text)).toBe(quote);
});

test.each([
  ["a = 1\n", 88],
  [`a = ${"b".repeat(90)}\n`, 100],
  [`a = ${"b".repeat(115)}\n`, 119],
  [`a = ${"b".repeat(200)}\n`, 120],
  [`a = "${"b".repeat(200)}"\n`, 88],
  [`"""Doc.\n\n${"b".repeat(200)}\n"""\na = ${"b".repeat(90)}\n`, 100],
  [`# ${"b".repeat(200)}\na = 1  # ${"b".repeat(100)}\n`, 88],
])("lineLengthOf %j", (text, length) => {
  expect(lineLengthOf(text)).toBe(length);
});

test.each([
  ["a\n", "    "],
  ["if a:\n  b\n", "  "],
  ["if a:  # c\r\n\tb\r\n", "\t"],
  ["d = {a:\n                 b}\n", "    "],
])("indentUnitOf %j", (text, unit) => {
  expect(indentUnitOf(text)).toBe(unit);
});

describe("statementTail", () => {
  test.each([
    ["a", { semicolon: null, joined: false, comment: null, end: 1, next: 1 }],
    ["a  # c\r\nb", { semicolon: null, joined: false, comment: { start: 3, end: 6 }, end: 6, next: 8 }],
    ["a ;\n", { semicolon: 2, joined: false, comment: null, end: 3, next: 4 }],
    ["a; # c\n", { semicolon: 1, joined: false, comment: { start: 3, end: 6 }, end: 6, next: 7 }],
    ["a; b  # c\n", { semicolon: 1, joined: true, comment: null, end: 9, next: 10 }],
    ["a \\\n\nb", { semicolon: null, joined: false, comment: null, end: 4, next: 5 }],
  ])("of the first in %j", (text, tail) => {
    expect(statementTail(text, { start: 0, end: 1 })).toEqual(tail);
  });
});
