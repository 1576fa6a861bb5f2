import { describe, expect, test } from "vitest";
import {
  addDictEntries,
  addDictEntry,
  addKeyword,
  addKeywords,
  argumentComment,
  removeArgument,
  removeArguments,
  removeDictEntries,
  removeDictEntry,
  renameKeyword,
  replaceArguments,
} from "../../src/python/edits/arguments.ts";
import { apply, compilePython, firstCall, firstDict, parse, reading } from "./editing.ts";

interface Case {
  readonly name: string;
  readonly before: string;
  readonly change?: readonly string[];
  readonly comment?: "drop" | "keep";
  readonly after: string;
}

const REMOVALS: readonly Case[] = [
  { name: "the only one", before: "f(x)\n", after: "f()\n" },
  { name: "the only one with a comma", before: "f(\n    x,\n)\n", after: "f()\n" },
  { name: "a generator", before: "f(x for x in y)\n", change: ["(x for x in y)"], after: "f()\n" },
  { name: "first", before: "f(x, a, b)\n", after: "f(a, b)\n" },
  { name: "middle", before: "f(a, x, b)\n", after: "f(a, b)\n" },
  { name: "last", before: "f(a, b, x)\n", after: "f(a, b)\n" },
  { name: "last with a comma", before: "f(a, x,)\n", after: "f(a,)\n" },
  { name: "several", before: "f(x, a, y, z, b, w)\n", change: ["x", "y", "z", "w"], after: "f(a, b)\n" },
  { name: "all of several", before: "f(x, y, z)\n", change: ["x", "y", "z"], after: "f()\n" },
  { name: "odd spaces", before: "f( a ,x , b )\n", after: "f( a , b )\n" },
  { name: "a line", before: "f(\n    a,\n    x,\n    b,\n)\n", after: "f(\n    a,\n    b,\n)\n" },
  { name: "the first line", before: "f(\n    x,\n    b,\n)\n", after: "f(\n    b,\n)\n" },
  { name: "the last line", before: "f(\n    a,\n    x,\n)\n", after: "f(\n    a,\n)\n" },
  {
    name: "the last line without a comma",
    before: "f(\n    a,\n    b,\n    x\n)\n",
    after: "f(\n    a,\n    b\n)\n",
  },
  { name: "the last lines", before: "f(\n  a,\n  x,\n  y\n)\n", change: ["x", "y"], after: "f(\n  a\n)\n" },
  { name: "CRLF and tabs", before: "f(\r\n\ta,\r\n\tx,\r\n)\r\n", after: "f(\r\n\ta,\r\n)\r\n" },
  {
    name: "a comment kept",
    before: "f(\n    a,  # a\n    x,  # x\n    b,  # b\n)\n",
    after: "f(\n    a,  # a\n    # x\n    b,  # b\n)\n",
  },
  {
    name: "a comment dropped",
    before: "f(\n    a,  # a\n    x,  # x\n    b,  # b\n)\n",
    comment: "drop",
    after: "f(\n    a,  # a\n    b,  # b\n)\n",
  },
  { name: "the only one with a comment", before: "f(\n    x,  # x\n)\n", after: "f(\n    # x\n)\n" },
  { name: "the only one, comment dropped", before: "f(\n    x,  # x\n)\n", comment: "drop", after: "f()\n" },
  {
    name: "the only one below a comment",
    before: "f(\n    # c\n    x,\n)\n",
    comment: "drop",
    after: "f(\n    # c\n)\n",
  },
  {
    name: "below a comment",
    before: "f(\n    a,\n    # about x\n    x,\n    b,\n)\n",
    after: "f(\n    a,\n    # about x\n    b,\n)\n",
  },
  {
    name: "a line that others share",
    before: "f(\n    a, x,  # c\n    b,\n)\n",
    after: "f(\n    a,  # c\n    b,\n)\n",
  },
  {
    name: "the head of a shared line",
    before: "f(\n    x, a,\n    b,\n)\n",
    after: "f(\n    a,\n    b,\n)\n",
  },
  { name: "first, on the line of the bracket", before: "f(x,\n  a,\n  b)\n", after: "f(a,\n  b)\n" },
  { name: "first, with a comment", before: "f(x,  # x\n  a)\n", after: "f(  # x\n  a)\n" },
  { name: "first, above a comment", before: "f(x,\n  # about a\n  a)\n", after: "f(\n  # about a\n  a)\n" },
  { name: "first two lines", before: "f(x,\n  y,\n  a)\n", change: ["x", "y"], after: "f(a)\n" },
  { name: "last, on the line of the bracket", before: "f(a,\n  b,\n  x)\n", after: "f(a,\n  b)\n" },
  { name: "last two lines", before: "f(a,\n  x,\n  y)\n", change: ["x", "y"], after: "f(a)\n" },
  { name: "last, below a commented line", before: "f(a,  # a\n  x)\n", after: "f(a  # a\n  )\n" },
  { name: "the end of a line", before: "f(a, x,\n  b)\n", after: "f(a,\n  b)\n" },
  {
    name: "a comment before the comma",
    before: "f(a,  # a\n  x  # x\n  , b)\n",
    after: "f(a,  # a\n    # x\n   b)\n",
  },
  {
    name: "a value over lines",
    before: "f(\n    a,\n    x=g(\n        1,  # c\n    ),  # d\n)\n",
    change: ["x=g(\n        1,  # c\n    )"],
    after: "f(\n    a,\n    # d\n)\n",
  },
  { name: "spreads", before: "f(*x, **y)\n", change: ["*x"], after: "f(**y)\n" },
  { name: "a call in brackets collapses", before: "z = f(\n    a, x\n)\n", after: "z = f(a)\n" },
  {
    name: "a call in brackets that stays long",
    before: `${"z".repeat(20)} = f(\n    a, ${"b".repeat(70)}, x\n)\n`,
    after: `${"z".repeat(20)} = f(\n    a, ${"b".repeat(70)}\n)\n`,
  },
  { name: "non-ASCII neighbours", before: "f('é😀', x, ñ=1)\n", after: "f('é😀', ñ=1)\n" },
  { name: "a continuation", before: "f(a, \\\n  x, \\\n  b)\n", after: "f(a, \\\n  b)\n" },
];

describe("removeArguments", () => {
  test.each(REMOVALS)("$name", ({ before, change = ["x"], comment = "keep", after }) => {
    const call = firstCall(parse(before));
    const edits = removeArguments(before, call, reading(before, call.args, change), { comment });
    expect(apply(before, edits)).toBe(after);
  });

  test("one argument", () => {
    const text = "f(a, x)\n";
    const call = firstCall(parse(text));
    const [arg] = reading(text, call.args, ["x"]);
    expect(arg && apply(text, removeArgument(text, call, arg))).toBe("f(a)\n");
  });
});

const LONG = "a".repeat(71);

const ADDITIONS: readonly Case[] = [
  { name: "empty", before: "f()\n", after: "f(k=1)\n" },
  { name: "empty over lines", before: "f(\n)\n", after: "f(k=1)\n" },
  {
    name: "empty with a comment",
    before: "if a:\n    f(  # c\n    )\n",
    after: "if a:\n    f(  # c\n        k=1,\n    )\n",
  },
  { name: "one line", before: "f(a, b)\n", after: "f(a, b, k=1)\n" },
  { name: "one line with a comma", before: "f(a, b,)\n", after: "f(a, b, k=1,)\n" },
  {
    name: "one per line",
    before: "f(\n    a,\n    b,  # b\n)\n",
    after: "f(\n    a,\n    b,  # b\n    k=1,\n)\n",
  },
  { name: "one, on a line of its own", before: "f(\n    a,\n)\n", after: "f(\n    a,\n    k=1,\n)\n" },
  {
    name: "one per line without a comma",
    before: "f(\n    a,\n    b  # b\n)\n",
    after: "f(\n    a,\n    b,  # b\n    k=1\n)\n",
  },
  { name: "below the bracket", before: "f(a,\n  b)\n", after: "f(a,\n  b,\n  k=1)\n" },
  {
    name: "side by side on a line of their own",
    before: "f(\n    a, b\n)\n",
    after: "f(\n    a, b, k=1\n)\n",
  },
  {
    name: "a comment after the last line",
    before: "f(\n    a,\n    b,\n    # end\n)\n",
    after: "f(\n    a,\n    b,\n    k=1,\n    # end\n)\n",
  },
  { name: "CRLF and tabs", before: "f(\r\n\ta,\r\n)\r\n", after: "f(\r\n\ta,\r\n\tk=1,\r\n)\r\n" },
  { name: "a generator", before: "f(x for x in y)\n", after: "f((x for x in y), k=1)\n" },
  { name: "a spread", before: "f(**kw)\n", after: "f(**kw, k=1)\n" },
  {
    name: "two",
    before: "f(\n    a,\n    b\n)\n",
    change: ["k=1", "l=2"],
    after: "f(\n    a,\n    b,\n    k=1,\n    l=2\n)\n",
  },
  {
    name: "a value over lines",
    before: "f(\n    a=g(\n        1\n    ),\n)\n",
    after: "f(\n    a=g(\n        1\n    ),\n    k=1,\n)\n",
  },
  {
    name: "a line that gets too long",
    before: `if a:\n    x = f(${LONG}, b)\n`,
    change: ["keyword=1"],
    after: `if a:\n    x = f(\n        ${LONG},\n        b,\n        keyword=1,\n    )\n`,
  },
  {
    name: "a line in brackets that gets too long",
    before: `x = f(\n    ${LONG}, b\n)\n`,
    change: ["keyword=1"],
    after: `x = f(\n    ${LONG},\n    b,\n    keyword=1,\n)\n`,
  },
  {
    name: "a line in brackets of brackets that gets too long",
    before: `x = {\n    1: f(\n        ${LONG}, b\n    ),\n}\n`,
    change: ["keyword=1"],
    after: `x = {\n    1: f(\n        ${LONG},\n        b,\n        keyword=1,\n    ),\n}\n`,
  },
  {
    name: "a commented line that gets too long",
    before: `x = f(${LONG})  # c\n`,
    change: ["keyword=1"],
    after: `x = f(\n    ${LONG},\n    keyword=1,\n)  # c\n`,
  },
  {
    name: "an empty call that gets too long",
    before: "if a:\n    x = f()\n",
    change: [`keyword=${LONG}`, "other=2"],
    after: `if a:\n    x = f(\n        keyword=${LONG},\n        other=2,\n    )\n`,
  },
  {
    name: "a nested call stays on its line",
    before: `[f(${LONG}, b)]\n`,
    change: ["keyword=1"],
    after: `[f(${LONG}, b, keyword=1)]\n`,
  },
];

describe("addKeywords", () => {
  test.each(ADDITIONS)("$name", ({ before, change = ["k=1"], after }) => {
    expect(apply(before, addKeywords(before, firstCall(parse(before)), change))).toBe(after);
  });
  test("one keyword", () => {
    expect(apply("f(a)\n", addKeyword("f(a)\n", firstCall(parse("f(a)\n")), "k=1"))).toBe("f(a, k=1)\n");
  });
});

test("renameKeyword", () => {
  const text = "f(a, old = 1)\n";
  const [first, second] = firstCall(parse(text)).args;
  expect(second && apply(text, renameKeyword(text, second, "new"))).toBe("f(a, new = 1)\n");
  expect(first && renameKeyword(text, first, "new")).toEqual([]);
});

test.each([
  ["f(a, x=1)\n", ["x=1"], ["k=1"], "f(a, k=1)\n"],
  ["f(x=1, y=2)\n", ["x=1", "y=2"], ["k=1"], "f(k=1)\n"],
  ["f(\n    x=1,\n    y=2\n)\n", ["y=2"], ["k=1", "l=1"], "f(\n    x=1,\n    k=1,\n    l=1\n)\n"],
])("replaceArguments in %j", (text, remove, add, after) => {
  const call = firstCall(parse(text));
  expect(apply(text, replaceArguments(text, call, { remove: reading(text, call.args, remove), add }))).toBe(
    after,
  );
});

const DICTS: readonly Case[] = [
  { name: "one line", before: "d = {'a': 1, 'x': 2}\n", after: "d = {'a': 1}\n" },
  {
    name: "lines",
    before: "d = {\n    'a': 1,  # a\n    'x': 2,  # x\n}\n",
    after: "d = {\n    'a': 1,  # a\n    # x\n}\n",
  },
  { name: "in parentheses", before: "d = ({'x': 2, 'b': 1,})\n", after: "d = ({'b': 1,})\n" },
  { name: "the only one", before: "d = {'x': 2}\n", after: "d = {}\n" },
];

describe("removeDictEntries", () => {
  test.each(DICTS)("$name", ({ before, after }) => {
    const dict = firstDict(parse(before));
    expect(apply(before, removeDictEntries(before, dict, reading(before, dict.entries, ["'x': 2"])))).toBe(
      after,
    );
  });
  test("a spread", () => {
    const text = "d = {**a, 'b': 1}\n";
    const dict = firstDict(parse(text));
    const [entry] = reading(text, dict.entries, ["**a"]);
    expect(entry && apply(text, removeDictEntry(text, dict, entry))).toBe("d = {'b': 1}\n");
  });
});

const DICT_ADDITIONS: readonly Case[] = [
  { name: "empty", before: "d = {}\n", after: "d = {'k': 1}\n" },
  { name: "one line", before: "d = {'a': 1}\n", after: "d = {'a': 1, 'k': 1}\n" },
  { name: "lines", before: "d = {\n    'a': 1,\n}\n", after: "d = {\n    'a': 1,\n    'k': 1,\n}\n" },
  { name: "in parentheses", before: "d = ( # {\n  {'a': 1})\n", after: "d = ( # {\n  {'a': 1, 'k': 1})\n" },
  { name: "two", before: "d = {'a': 1}\n", change: ["'k': 1", "**l"], after: "d = {'a': 1, 'k': 1, **l}\n" },
];

describe("addDictEntries", () => {
  test.each(DICT_ADDITIONS)("$name", ({ before, change = ["'k': 1"], after }) => {
    expect(apply(before, addDictEntries(before, firstDict(parse(before)), change))).toBe(after);
  });
  test("one entry", () => {
    expect(apply("d = {}\n", addDictEntry("d = {}\n", firstDict(parse("d = {}\n")), "'k': 1"))).toBe(
      "d = {'k': 1}\n",
    );
  });
});

test("CPython compiles every expectation", () => {
  const texts = [...REMOVALS, ...ADDITIONS, ...DICTS, ...DICT_ADDITIONS].flatMap((each) => [
    each.before,
    each.after,
  ]);
  expect(compilePython(texts).flatMap((error, index) => (error ? [[texts[index], error]] : []))).toEqual([]);
});

describe("the comment behind an argument", () => {
  const CASES: readonly (readonly [name: string, text: string, comment: string])[] = [
    ["of a line of its own", "f(\n    x,  # why\n    a,  # a\n)\n", "  # why"],
    ["without a comma", "f(\n    x # why\n)\n", "  # why"],
    ["of none", "f(\n    x,\n    a,  # a\n)\n", ""],
    ["above it belongs to the lines below", "f(\n    # above\n    x,\n)\n", ""],
    ["that it shares with others", "f(\n    a, x,  # both\n)\n", ""],
    ["behind the whole call", "f(x)  # call\n", ""],
  ];
  test.each(CASES)("%s", (_name, text, comment) => {
    const call = firstCall(parse(text));
    const arg = call.args.find((one) => text.slice(one.start, one.end) === "x");
    expect(arg && argumentComment(text, call, arg)).toBe(comment);
  });
});
