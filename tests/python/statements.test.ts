import { describe, expect, test } from "vitest";
import {
  insertAfter,
  insertBefore,
  removeStatements,
  replaceExpression,
} from "../../src/python/edits/statements.ts";
import { apply, compilePython, parse, statement } from "./editing.ts";

interface RemoveCase {
  readonly name: string;
  readonly before: string;
  readonly remove?: readonly string[];
  readonly comment?: "drop" | "keep";
  readonly after: string;
}

const REMOVALS: readonly RemoveCase[] = [
  { name: "a line", before: "a\nx\nb\n", after: "a\nb\n" },
  { name: "the first line", before: "x\n\n\nb\n", after: "b\n" },
  { name: "the only line", before: "x\n", after: "" },
  { name: "CRLF lines", before: "a\r\nx\r\nb\r\n", after: "a\r\nb\r\n" },
  { name: "behind a byte order mark", before: "\uFEFFx\na\n", after: "\uFEFFa\n" },
  { name: "the last line without a newline", before: "a\nx", after: "a" },
  { name: "the last line with CRLF and no newline", before: "a\r\nx", after: "a" },
  { name: "the first of joined ones", before: "x; a; b\n", after: "a; b\n" },
  { name: "the middle of joined ones", before: "a; x; b\n", after: "a; b\n" },
  { name: "the last of joined ones", before: "a; x  # c\n", after: "a  # c\n" },
  { name: "the last with a semicolon of its own", before: "a; x;\n", after: "a;\n" },
  { name: "two of joined ones", before: "x; a; y; b\n", remove: ["x", "y"], after: "a; b\n" },
  { name: "two at the end", before: "a; x; y\n", remove: ["x", "y"], after: "a\n" },
  { name: "all of joined ones", before: "a\nx; y\nb\n", remove: ["x", "y"], after: "a\nb\n" },
  { name: "the comment dropped", before: "a\nx  # why\nb\n", comment: "drop", after: "a\nb\n" },
  { name: "the comment kept", before: "if a:\n    x  # why\n    b\n", after: "if a:\n    # why\n    b\n" },
  { name: "a comment above", before: "a\n# about x\nx\nb\n", after: "a\n# about x\nb\n" },
  { name: "all of a block", before: "if a:\n    x\nb\n", after: "if a:\n    pass\nb\n" },
  {
    name: "all of a block with a comment",
    before: "if a:\n    x  # why\nb\n",
    after: "if a:\n    # why\n    pass\nb\n",
  },
  {
    name: "all of a block, comment dropped",
    before: "if a:\n    x  # c\n",
    comment: "drop",
    after: "if a:\n    pass\n",
  },
  {
    name: "several that are all of a block",
    before: "def f():\n    x\n\n    y\n    z; z1\n\n\nb\n",
    remove: ["x", "y", "z", "z1"],
    after: "def f():\n    pass\n\n\nb\n",
  },
  { name: "an inline body", before: "if a: x\nb\n", after: "if a: pass\nb\n" },
  { name: "an inline body with a comment", before: "if a: x  # c\n", after: "if a: pass  # c\n" },
  { name: "part of an inline body", before: "if a: x; b\n", after: "if a: b\n" },
  { name: "an inline else", before: "if a: b\nelse: x\n", after: "if a: b\nelse: pass\n" },
  {
    name: "an inline body behind a continuation",
    before: "if a: \\\n    x\nb\n",
    after: "if a: \\\n    pass\nb\n",
  },
  {
    name: "a statement with a continuation",
    before: "a\nx = 1 + \\\n    2\nb\n",
    remove: ["x = 1 + \\\n    2"],
    after: "a\nb\n",
  },
  { name: "a continuation with nothing on it", before: "a\nx \\\n\nb\n", after: "a\nb\n" },
  { name: "a continuation before it", before: "a\n\\\nx\nb\n", after: "a\nb\n" },
  { name: "joined by a continuation", before: "a; \\\n  x\nb\n", after: "a\nb\n" },
  { name: "joined after a continuation", before: "x; \\\n  a\nb\n", after: "a\nb\n" },
  { name: "a comment that ends in a backslash", before: "a  # c \\\nx\nb\n", after: "a  # c \\\nb\n" },
  {
    name: "a call over lines",
    before: "a\nx(\n    1,  # c\n)  # d\nb\n",
    remove: ["x(\n    1,  # c\n)"],
    after: "a\n# d\nb\n",
  },
  {
    name: "a text over lines",
    before: "a\nx = '''\n\n'''\nb\n",
    remove: ["x = '''\n\n'''"],
    after: "a\nb\n",
  },
  {
    name: "between blank lines",
    before: "def f():\n    a\n\n    x\n\n    b\n",
    after: "def f():\n    a\n\n    b\n",
  },
  {
    name: "blank lines above",
    before: "def f():\n    a\n\n    x\n    b\n",
    after: "def f():\n    a\n\n    b\n",
  },
  {
    name: "blank lines below",
    before: "def f():\n    a\n    x\n\n    b\n",
    after: "def f():\n    a\n\n    b\n",
  },
  { name: "the top of a body", before: "def f():\n    x\n\n    b\n", after: "def f():\n    b\n" },
  {
    name: "the bottom of a body",
    before: "def f():\n    a\n\n    x\n\n\nb\n",
    after: "def f():\n    a\n\n\nb\n",
  },
  {
    name: "the bottom of a clause",
    before: "if a:\n    a\n\n    x\nelse:\n    b\n",
    after: "if a:\n    a\nelse:\n    b\n",
  },
  {
    name: "the bottom, a comment below",
    before: "if a:\n    a\n\n    x\n    # c\n",
    after: "if a:\n    a\n\n    # c\n",
  },
  { name: "the end of the file", before: "a\n\nx\n", after: "a\n" },
  { name: "neighbours", before: "a\n\nx\ny\n\nb\n", remove: ["x", "y"], after: "a\n\nb\n" },
  { name: "neighbours apart", before: "a\n\nx\n\ny\n", remove: ["x", "y"], after: "a\n" },
  {
    name: "a blank line that is a continuation",
    before: "if a:\n    a \\\n\n    x\nb\n",
    after: "if a:\n    a \\\n\nb\n",
  },
  { name: "a line with a form feed", before: "a\n\f\nx\n\nb\n", after: "a\n\f\n\nb\n" },
  {
    name: "an indented line with a form feed",
    before: "if a:\n\f    x  # c\n    b\n",
    after: "if a:\n\f    # c\n    b\n",
  },
  {
    name: "inside a class in a function",
    before: "def f():\n\tclass A:\n\t\tx\n\t\tb\n",
    after: "def f():\n\tclass A:\n\t\tb\n",
  },
  {
    name: "an except body",
    before: "try:\n    a\nexcept E:\n    x\n",
    after: "try:\n    a\nexcept E:\n    pass\n",
  },
  {
    name: "an elif body",
    before: "if a:\n    a\nelif b:\n    x\n",
    after: "if a:\n    a\nelif b:\n    pass\n",
  },
];

describe("removeStatements", () => {
  test.each(REMOVALS)("$name", ({ before, remove = ["x"], comment = "keep", after }) => {
    const parsed = parse(before);
    const stmts = remove.map((source) => statement(parsed, source));
    expect(apply(before, removeStatements(before, parsed.module, stmts, { comment }))).toBe(after);
  });

  test("refuses a statement of another module", () => {
    const [stmt] = parse("x\n").module.body;
    expect(() => removeStatements("a\n", parse("a\n").module, stmt ? [stmt] : [])).toThrow(
      "no block of this module",
    );
  });
});

interface InsertCase {
  readonly name: string;
  readonly before: string;
  readonly anchor?: string;
  readonly lines?: readonly string[];
  readonly after: string;
}

const AFTER: readonly InsertCase[] = [
  { name: "a line", before: "a\nb\n", after: "a\nnew\nb\n" },
  { name: "an indented line", before: "if c:\n\ta  # c\n", after: "if c:\n\ta  # c\n\tnew\n" },
  { name: "no final newline", before: "if c:\n  a", after: "if c:\n  a\n  new" },
  { name: "CRLF", before: "a\r\nb\r\n", after: "a\r\nnew\r\nb\r\n" },
  { name: "CRLF and no final newline", before: "b\r\na  # c", after: "b\r\na  # c\r\nnew" },
  { name: "a byte order mark", before: "\uFEFFa\nb\n", after: "\uFEFFa\nnew\nb\n" },
  { name: "a form feed is not repeated", before: "\fa\n", after: "\fa\nnew\n" },
  {
    name: "several lines, one blank",
    before: "if c:\n    a\n",
    lines: ["x(", "    1,", ")", "", "y"],
    after: "if c:\n    a\n    x(\n        1,\n    )\n\n    y\n",
  },
  { name: "joined, first", before: "a; b\n", after: "a; new; b\n" },
  { name: "joined, last", before: "b; a  # c\n", after: "b; a; new  # c\n" },
  { name: "joined, cannot be", before: "a; b\n", lines: ["if x:", "    y"], after: "a\nif x:\n    y\nb\n" },
  {
    name: "joined last, cannot be",
    before: "b; a\n",
    lines: ["if x:", "    y"],
    after: "b; a\nif x:\n    y\n",
  },
  { name: "an inline body", before: "if c: a  # c\nelse: b\n", after: "if c: a; new  # c\nelse: b\n" },
  {
    name: "an inline body, cannot be joined",
    before: "if c: a  # c\nb\n",
    lines: ["# why", "new"],
    after: "if c:\n    a  # c\n    # why\n    new\nb\n",
  },
  {
    name: "an inline body of two, cannot be joined",
    before: "if c: a; b\n",
    lines: ["# why", "new"],
    after: "if c:\n    a\n    # why\n    new\n    b\n",
  },
  {
    name: "a compound statement",
    before: "if c:\n    a\nb\n",
    anchor: "if c:\n    a",
    after: "if c:\n    a\nnew\nb\n",
  },
  {
    name: "a compound statement that ends in comments",
    before: "if c:\n    a  # c\n\n    # d\nb\n",
    anchor: "if c:\n    a  # c\n\n    # d",
    after: "if c:\n    a  # c\n\n    # d\nnew\nb\n",
  },
  {
    name: "a definition",
    before: "def f():\n    a\n\n\ndef g():\n    b\n",
    anchor: "def f():\n    a",
    after: "def f():\n    a\n\n\nnew\n\n\ndef g():\n    b\n",
  },
  {
    name: "a definition at the end",
    before: "def f():\n    a\n",
    anchor: "def f():\n    a",
    after: "def f():\n    a\n\n\nnew\n",
  },
  {
    name: "a nested definition at the end",
    before: "def f():\n    def g():\n        a\n\n\nb\n",
    anchor: "def g():\n        a",
    after: "def f():\n    def g():\n        a\n\n    new\n\n\nb\n",
  },
  { name: "an import", before: "import a\n\nb\n", anchor: "import a", after: "import a\n\nnew\n\nb\n" },
  { name: "a continuation", before: "a \\\n\nb\n", after: "a \\\n\nnew\nb\n" },
  {
    name: "a statement over lines",
    before: "if c:\n    f(\n  1)\n",
    anchor: "f(\n  1)",
    after: "if c:\n    f(\n  1)\n    new\n",
  },
];

const BEFORE: readonly InsertCase[] = [
  { name: "a line", before: "b\na\n", after: "b\nnew\na\n" },
  { name: "the first line", before: "\uFEFFa\n", after: "\uFEFFnew\na\n" },
  { name: "an indented line", before: "if c:\r\n\ta", after: "if c:\r\n\tnew\r\n\ta" },
  {
    name: "comments above",
    before: "b\n\n# about a\n# more\na\n",
    after: "b\n\nnew\n# about a\n# more\na\n",
  },
  {
    name: "comments that start the file",
    before: "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\na\n",
    after: "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nnew\na\n",
  },
  {
    name: "comments of another depth",
    before: "if c:\n    b\n    # end\na\n",
    after: "if c:\n    b\n    # end\nnew\na\n",
  },
  { name: "joined", before: "b; a\n", after: "b; new; a\n" },
  { name: "first of joined", before: "a; b\n", after: "new\na; b\n" },
  { name: "an inline body", before: "if c: a\n", after: "if c: new; a\n" },
  {
    name: "an inline body, cannot be joined",
    before: "if c: a\n",
    lines: ["# why", "new"],
    after: "if c:\n    # why\n    new\n    a\n",
  },
  {
    name: "joined, cannot be",
    before: "  \nb; a\n",
    lines: ["# why", "new"],
    after: "  \nb;\n# why\nnew\na\n",
  },
  {
    name: "a definition",
    before: "b\n\n\n@c\ndef f():\n    a\n",
    anchor: "@c\ndef f():\n    a",
    after: "b\n\n\nnew\n\n\n@c\ndef f():\n    a\n",
  },
  { name: "behind a continuation", before: "if c: \\\n  a\n", after: "if c: \\\n  new; a\n" },
];

describe("insertAfter", () => {
  test.each(AFTER)("$name", ({ before, anchor = "a", lines = ["new"], after }) => {
    const parsed = parse(before);
    expect(apply(before, insertAfter(before, statement(parsed, anchor), lines))).toBe(after);
  });

  test("refuses to leave an inline body", () => {
    const parsed = parse("if c: b; a\n");
    expect(() => insertAfter(parsed.text, statement(parsed, "a"), ["# why"])).toThrow("inline statement");
  });
});

describe("insertBefore", () => {
  test.each(BEFORE)("$name", ({ before, anchor = "a", lines = ["new"], after }) => {
    const parsed = parse(before);
    expect(apply(before, insertBefore(before, statement(parsed, anchor), lines))).toBe(after);
  });
});

test("statements move past each other in one fix", () => {
  const parsed = parse("a\nb  # c\nx\nd");
  const { text, module } = parsed;
  const edits = [
    ...removeStatements(text, module, [statement(parsed, "b")], { comment: "drop" }),
    ...insertAfter(text, statement(parsed, "d"), ["b  # c"]),
  ];
  expect(apply(text, edits)).toBe("a\nx\nd\nb  # c");
});

test("replaceExpression keeps words apart", () => {
  const text = "y = not(x)or(z)\n";
  const { module } = parse(text);
  const [stmt] = module.body;
  if (stmt?.kind !== "Assign" || stmt.value?.kind !== "BoolOp" || stmt.value.left.kind !== "Unary")
    throw new Error();
  expect(apply(text, replaceExpression(text, stmt.value.left.operand, "w"))).toBe("y = not w or(z)\n");
  expect(replaceExpression(text, stmt.value.right, "(z)")).toEqual([]);
});

test("CPython compiles every expectation", () => {
  const texts = [...REMOVALS, ...AFTER, ...BEFORE].flatMap((each) => [each.before, each.after]);
  expect(compilePython(texts).flatMap((error, index) => (error ? [[texts[index], error]] : []))).toEqual([]);
});
