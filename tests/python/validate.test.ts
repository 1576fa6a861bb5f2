import { describe, expect, it, test } from "vitest";
import { checkSyntax } from "../../src/python/validate.ts";
import { compilePython, parser } from "./editing.ts";

/** What tree-sitter takes and CPython does not. */
const INVALID = [
  "match x:\n    case 1:\n        return 1\n",
  "match x:\n    case 1:\n        a = 1\n          b = 2\n",
  "x = 1 +\n2\n",
  "x = 1 + \\\n\n2\n",
  "x = (1) +  # c\n(2)\n",
  "if a and\\\n b or\n c: pass\n",
  "return_value = f(1,\n 2).\ng\n",
  "def f():\nfoo()\n",
  "class A:\n",
  "if x:\n# c\ny\n",
  "if x:\n    a\nelse:\nb\n",
  "if x:\n    a\nelif y:\nb\n",
  "if x:\n    a\nelif y:\nelse:\n    b\n",
  "for x in y:\n    a\nelse:\nb\n",
  "while x: # c\n\ny\n",
  "with a:\nb\n",
  "try:\n    a\nexcept X:\nb\n",
  "try:\n    a\nexcept X:\n    b\nfinally:\nc\n",
  "try:\n    a\nb\n",
  "def f():\n    def g():\n    x\n",
  "  a = 1\n",
  "a = 1\n    b = 2\n",
  "if x:\n    a\n        b\n",
  "if x:\n        a\n    b\n",
  "if x:\n    if y:\n        a\n      b\n",
  "if x:\n\ta\n        b\n",
  "if x:\n        if y:\n\ta\n",
  "if x:\n    a\n  else:\n    b\n",
  "if x:\n  if y:\n    a\n else:\n    b\n",
  "try:\n    a\n  except X:\n    b\n",
  "if x: a\n    b\n",
  "def f():\n    pass\n  # c\n      x\n",
  "print 'x'\n",
  "exec 'y' in z\n",
  "raise X, 'a'\n",
  "try:\n    a\nexcept X, e:\n    b\n",
  "a <> b\n",
  "x = 0777\n",
  "x = 08\n",
  "x = 10L\n",
  "x = `a`\n",
  "x = 1_\n",
  "f(a, b=1, b=2)\n",
  "f(a=1, b)\n",
  "f(**a, b)\n",
  "f(**a, *b)\n",
  "f(x for x in y, 1)\n",
  "[x for x in y, z]\n",
  "def f():\n    g(a=1, a=2)\n",
  "class A:\n    def f(self):\n        return [g(a=1, b) for _ in y]\n",
  "class A(B, m=1, m=2): pass\n",
  "def f(a, a): pass\n",
  "def f(a=1, b): pass\n",
  "def f(**k, a): pass\n",
  "def f(*a, *b): pass\n",
  "lambda a=1, b: 1\n",
  "return 1\n",
  "class A:\n    return 1\n",
  "if x:\n    return\n",
  "break\n",
  "for x in y:\n    pass\nelse:\n    continue\n",
  "for x in y:\n    def f():\n        break\n",
  "nonlocal x\n",
  "def f():\n    from a import *\n",
  "x = yield 1\n",
  "await x\n",
  "a = 1\nfrom __future__ import annotations\n",
  "from a import b,\n",
  "*a\n",
  "x = *a\n",
  "(a, b) += 1\n",
  "del f()\n",
  "a = 1 \\\n",
  "if x:\n    a \\\n",
];

const VALID = [
  "x = (1 +\n2) + [3,\n4][\n0] + f(\n5) + \\\n6\n",
  'x = (a\n .b\n .c(1))\ny = """\n\n""" + f(\n)[\n1:\n2]\n',
  "x = (\n# c\na,\nb), {1:\n2}, lambda: (\n1)\nfor x, y in (a,\nb): pass\n",
  "assert (a and\nb), (\n'c'\n'd')\ndel (a,\nb)\nx: Dict[\na, b] = 1\n",
  "",
  "\uFEFF# c\n",
  '"""Doc."""\nfrom __future__ import annotations\n',
  "\fa = 1\n\f\nif x:\n\f    b\n",
  "if x:\n    a\n  # c\n    b\n",
  "if x: a; b;  # c\nelse: c\n",
  "if x: \\\n  a\nb\n",
  "if x:\n    a; \\\n b\n    c\n",
  "if x:\r\n\ta\r\nelif y:\r\n        b\r\nelse:\r\n c\r\n",
  "try:\n    a\nexcept (X, Y) as e: b\nexcept Z:\n    c\nelse:\n    d\nfinally:\n    e\n",
  "for x in y:\n    if a:\n        continue\n    break\nelse:\n    b\n",
  "while x:\n    with a as b, c:\n        break\n",
  "def f(a, /, b=1, *, c, d=2, **e) -> int:\n    return 1\n",
  "def f(*a, b, c=1): yield a\n",
  "async def f():\n    await g()\n    async with a: pass\n",
  "f(a, *b, c=1, *d, **e, g=2)\n",
  "f((x for x in y), 1)\nf(x for x in y)\n",
  "f(x for x in y if a)\n[x for x in (y, z)]\n{x: 1 for x in y for z in x}\nf([x for x in y], 1)\nf(a, [x\n  for x in y\n], b)\n",
  "class A(B, metaclass=C):\n    x = 1\n\n    def f(self): return 1\n",
  "print('a')\nprint\nexec('a')\n",
  "x = 0\ny = 0_0\nz = 1_000\nw = 00\nv = 0.5\nu = 1e5\nt = 0x1f\n",
  "match x:\n    case 1:\n        a = 1\n    case _: pass\n",
  "def f():\n    for x in y:\n        match x, z:\n            case [1,\n              *a] if (b\n              and c):\n                break\n            case {'k': v, **r} | A(b=v, c=r): return v\n            case (a.b | -1 | None) as q: continue\n",
  "x = *a, b\n*a, b = c\na += 1\ndel a, (b, c), d[0], e.f\n",
  "a \\\n\nb\n",
  "from a import (b,)\n",
  "@a\n@b(1)\ndef f(): pass\n",
  "a = lambda x, y=1, *z: x\nb = lambda: (yield)\n",
  "def f():\n    global x\n    def g():\n        nonlocal_ = 1\n",
];

function findProblem(text: string): string | null {
  const { module, problem } = parser.parse(text);
  return (problem ?? checkSyntax(module, text))?.message ?? null;
}

test.each(INVALID)("refuses %j", (text) => {
  expect(parser.parse(text).problem).toBeNull();
  expect(findProblem(text)).toMatch(/^not valid Python: /);
});

test.each(VALID)("takes %j", (text) => {
  expect(findProblem(text)).toBeNull();
});

test("a print to a file is refused, though it only fails when it runs", () => {
  expect(findProblem("print >>f, x\n")).toMatch("Python 2");
});

test("CPython agrees", () => {
  const verdicts = compilePython(INVALID);
  expect(INVALID.filter((_, index) => verdicts[index] === null)).toEqual([]);
  expect(compilePython(VALID).flatMap((error, index) => (error ? [[VALID[index], error]] : []))).toEqual([]);
});

describe("beside the text before an edit", () => {
  const parsed = (text: string) => ({ text, module: parser.parse(text).module });

  it("does not look again into what stood there before", () => {
    const before = "def f():\n    return 1\n    print >>x, 1\n";
    const after = `x = 1\n${before}`;
    expect(checkSyntax(parsed(after).module, after)).not.toBeNull();
    expect(checkSyntax(parsed(after).module, after, parsed(before))).toBeNull();
  });

  it("still sees that an edit moved a statement", () => {
    const before = "a = 1; b = 2\nc = 3\n";
    const after = " b = 2\nc = 3\n";
    expect(checkSyntax(parsed(after).module, after, parsed(before))).not.toBeNull();
  });
});
