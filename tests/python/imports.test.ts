import { describe, expect, test } from "vitest";
import {
  addImport,
  addImports,
  changeImports,
  isNameUsed,
  isNameUsedOutside,
  removeImport,
  removeImports,
  type ImportRequest,
} from "../../src/python/edits/imports.ts";
import { apply, compilePython, parse, statement } from "./editing.ts";

const X: ImportRequest = { from: "a.b.c", name: "x" };

interface Case {
  readonly name: string;
  readonly before: string;
  readonly requests?: readonly ImportRequest[];
  readonly after: string;
  readonly names?: readonly string[];
}

const LONG = `from a.b.c import ${"m".repeat(65)}`;

const ADDITIONS: readonly Case[] = [
  // 1. Already there.
  { name: "imported", before: "from a.b.c import x\n", after: "from a.b.c import x\n" },
  {
    name: "imported under an alias",
    before: "from a.b.c import x as y\n",
    after: "from a.b.c import x as y\n",
    names: ["y"],
  },
  { name: "imported with a star", before: "from a.b.c import *\n", after: "from a.b.c import *\n" },
  {
    name: "imported for type checking only",
    before: "import a\n\nif TYPE_CHECKING:\n    from a.b.c import x\n",
    after: "import a\nfrom a.b.c import x\n\nif TYPE_CHECKING:\n    from a.b.c import x\n",
  },
  {
    name: "imported in a function only",
    before: "import a\n\n\ndef f():\n    from a.b.c import x\n",
    after: "import a\nfrom a.b.c import x\n\n\ndef f():\n    from a.b.c import x\n",
  },
  // 2. The name is taken.
  {
    name: "imported from elsewhere",
    before: "from a.b.d import x\n",
    after: "from a.b.c import x as c_x\nfrom a.b.d import x\n",
    names: ["c_x"],
  },
  {
    name: "imported, then rebound",
    before: "from a.b.c import x\nx = x or y\n",
    after: "from a.b.c import x\nfrom a.b.c import x as c_x\nx = x or y\n",
    names: ["c_x"],
  },
  {
    name: "imported in a try",
    before: "try:\n    from a.b.c import x\nexcept ImportError:\n    x = None\n",
    after: "from a.b.c import x as c_x\n\ntry:\n    from a.b.c import x\nexcept ImportError:\n    x = None\n",
    names: ["c_x"],
  },
  {
    name: "a parameter",
    before: "import a\n\n\ndef f(x):\n    return x\n",
    after: "import a\nfrom a.b.c import x as c_x\n\n\ndef f(x):\n    return x\n",
    names: ["c_x"],
  },
  {
    name: "a field of a class is no obstacle",
    before: "import a\n\n\nclass A:\n    x: int = 1\n",
    after: "import a\nfrom a.b.c import x\n\n\nclass A:\n    x: int = 1\n",
  },
  {
    name: "a name from a star",
    before: "from q import *\n\nx()\n",
    after: "from a.b.c import x as c_x\nfrom q import *\n\nx()\n",
    names: ["c_x"],
  },
  {
    name: "the alias is taken too",
    before: "import a\n\nx = c_x = 1\n",
    after: "import a\nfrom a.b.c import x as c_x_2\n\nx = c_x = 1\n",
    names: ["c_x_2"],
  },
  {
    name: "a wanted alias",
    before: "import a\n",
    requests: [{ ...X, alias: "z" }],
    after: "import a\nfrom a.b.c import x as z\n",
    names: ["z"],
  },
  // 3. A list to extend.
  { name: "one line", before: "from a.b.c import w, y\n", after: "from a.b.c import w, x, y\n" },
  { name: "one line, first", before: "from a.b.c import y, z\n", after: "from a.b.c import x, y, z\n" },
  {
    name: "one line, last, with a comment",
    before: "from a.b.c import w  # noqa\n",
    after: "from a.b.c import w, x  # noqa\n",
  },
  {
    name: "constants, classes, functions",
    before: "from a.b.c import AB, Cd, ef\n",
    requests: [X, { from: "a.b.c", name: "CD" }, { from: "a.b.c", name: "Bc" }],
    after: "from a.b.c import AB, CD, Bc, Cd, ef, x\n",
    names: ["x", "CD", "Bc"],
  },
  {
    name: "numbers by value",
    before: "from a.b.c import g2, g10\n",
    requests: [{ from: "a.b.c", name: "g3" }],
    after: "from a.b.c import g2, g3, g10\n",
    names: ["g3"],
  },
  { name: "no order", before: "from a.b.c import z, a\n", after: "from a.b.c import z, a, x\n" },
  {
    name: "without regard to case",
    before: "from a.b.c import B, c, D\n",
    requests: [{ from: "a.b.c", name: "C2" }],
    after: "from a.b.c import B, c, C2, D\n",
    names: ["C2"],
  },
  {
    name: "parentheses on one line",
    before: "from a.b.c import (w, y)\n",
    after: "from a.b.c import (w, x, y)\n",
  },
  {
    name: "a name per line",
    before: "from a.b.c import (\n    w,  # w\n    y,\n)\n",
    after: "from a.b.c import (\n    w,  # w\n    x,\n    y,\n)\n",
  },
  {
    name: "a name per line, first",
    before: "from a.b.c import (  # c\n    # about y\n    y,\n    z,\n)\n",
    after: "from a.b.c import (  # c\n    x,\n    # about y\n    y,\n    z,\n)\n",
  },
  {
    name: "a name per line, last",
    before: "from a.b.c import (\n    v,\n    w,\n)\n",
    after: "from a.b.c import (\n    v,\n    w,\n    x,\n)\n",
  },
  {
    name: "a name per line without a comma",
    before: "from a.b.c import (\r\n\tv,\r\n\tw\r\n)\r\n",
    after: "from a.b.c import (\r\n\tv,\r\n\tw,\r\n\tx\r\n)\r\n",
  },
  {
    name: "two names at two places",
    before: "from a.b.c import (\n    w,\n    y,\n)\n",
    requests: [{ from: "a.b.c", name: "z" }, X],
    after: "from a.b.c import (\n    w,\n    x,\n    y,\n    z,\n)\n",
    names: ["z", "x"],
  },
  {
    name: "filled lines",
    before: "from a.b.c import (\n    v, w,\n    y, z)\n",
    after: "from a.b.c import (\n    v, w,\n    x, y, z)\n",
  },
  {
    name: "a continuation",
    before: "from a.b.c import w, \\\n    y\n",
    requests: [X, { from: "a.b.c", name: "z" }],
    after: "from a.b.c import w, \\\n    x, y, z\n",
    names: ["x", "z"],
  },
  {
    name: "a line that gets too long",
    before: `${LONG}  # c\n`,
    after: `from a.b.c import (  # c\n    ${"m".repeat(65)},\n    x,\n)\n`,
  },
  {
    name: "an alias beside names",
    before: "from a.b.c import w\n\nx = 1\n",
    after: "from a.b.c import w\nfrom a.b.c import x as c_x\n\nx = 1\n",
    names: ["c_x"],
  },
  {
    name: "an alias beside names that are combined",
    before: "from a.b.c import v as u, w\n\nx = 1\n",
    after: "from a.b.c import v as u, w, x as c_x\n\nx = 1\n",
    names: ["c_x"],
  },
  {
    name: "a name beside an alias",
    before: "from a.b.c import v as u\n",
    after: "from a.b.c import v as u\nfrom a.b.c import x\n",
  },
  {
    name: "not the list in a function",
    before: "import a\n\n\ndef f():\n    from a.b.c import w\n",
    after: "import a\nfrom a.b.c import x\n\n\ndef f():\n    from a.b.c import w\n",
  },
  // 4. An import of its own.
  {
    name: "between",
    before: "from a.b.a import z\nfrom a.b.d import w\n",
    after: "from a.b.a import z\nfrom a.b.c import x\nfrom a.b.d import w\n",
  },
  {
    name: "first",
    before: "# heading\nfrom a.b.d import w\n\ny\n",
    after: "# heading\nfrom a.b.c import x\nfrom a.b.d import w\n\ny\n",
  },
  {
    name: "last, no final newline",
    before: "import os\n\nfrom a.b.a import z",
    after: "import os\n\nfrom a.b.a import z\nfrom a.b.c import x",
  },
  {
    name: "behind plain imports",
    before: "import z\n\nimport a.b.z\nfrom b import y\n",
    after: "import z\n\nimport a.b.z\nfrom a.b.c import x\nfrom b import y\n",
  },
  {
    name: "sorted within sections",
    before: "from a import d\nimport b\nfrom c import e\n",
    after: "from a import d\nfrom a.b.c import x\nimport b\nfrom c import e\n",
  },
  {
    name: "the section of the nearest relative",
    before: "from a.x import y\n\nfrom a.b import z\n\nimport q\n",
    after: "from a.x import y\n\nfrom a.b import z\nfrom a.b.c import x\n\nimport q\n",
  },
  {
    name: "no order",
    before: "import z\nfrom a.b import y\nimport c\n",
    after: "import z\nfrom a.b import y\nfrom a.b.c import x\nimport c\n",
  },
  {
    name: "beside third parties",
    before: "import os\n\nimport torch\n\nfrom . import q\n",
    after: "import os\n\nimport torch\nfrom a.b.c import x\n\nfrom . import q\n",
  },
  {
    name: "a section of its own below",
    before: "import os\nimport sys\n\n\ndef f():\n    pass\n",
    after: "import os\nimport sys\n\nfrom a.b.c import x\n\n\ndef f():\n    pass\n",
  },
  {
    name: "a section of its own above",
    before: "from . import q\n\ny\n",
    after: "from a.b.c import x\n\nfrom . import q\n\ny\n",
  },
  {
    name: "behind __future__",
    before: '"""Doc."""\n\nfrom __future__ import annotations\n\ny\n',
    after: '"""Doc."""\n\nfrom __future__ import annotations\n\nfrom a.b.c import x\n\ny\n',
  },
  {
    name: "behind a docstring",
    before: '"""Doc."""\n\ny\n',
    after: '"""Doc."""\n\nfrom a.b.c import x\n\ny\n',
  },
  {
    name: "behind a docstring, above a definition",
    before: '"""Doc."""\n\n\ndef f():\n    pass\n',
    after: '"""Doc."""\n\nfrom a.b.c import x\n\n\ndef f():\n    pass\n',
  },
  { name: "behind a docstring alone", before: '"""Doc."""\n', after: '"""Doc."""\n\nfrom a.b.c import x\n' },
  {
    name: "above the first statement",
    before: "# license\n\n# about y\ny\n",
    after: "# license\n\nfrom a.b.c import x\n\n# about y\ny\n",
  },
  {
    name: "above the first definition",
    before: "# license\n\n\ndef f():\n    pass\n",
    after: "# license\n\n\nfrom a.b.c import x\n\n\ndef f():\n    pass\n",
  },
  { name: "an empty file", before: "", after: "from a.b.c import x\n" },
  { name: "a file of comments", before: "# license", after: "# license\nfrom a.b.c import x\n" },
  {
    name: "two of the same module",
    before: "import a\n",
    requests: [{ from: "a.b.c", name: "z" }, X],
    after: "import a\nfrom a.b.c import x, z\n",
    names: ["z", "x"],
  },
  {
    name: "two of two modules",
    before: "import os\n\ny\n",
    requests: [{ from: "q.r", name: "z" }, X],
    after: "import os\n\nfrom a.b.c import x\nfrom q.r import z\n\ny\n",
    names: ["z", "x"],
  },
  {
    name: "two of two sections",
    before: "y\n",
    requests: [X, { from: "dataclasses", name: "replace" }],
    after: "from dataclasses import replace\n\nfrom a.b.c import x\n\ny\n",
    names: ["x", "replace"],
  },
  {
    name: "two of one name",
    before: "import a\n",
    requests: [X, { from: "a.b.d", name: "x" }],
    after: "import a\nfrom a.b.c import x\nfrom a.b.d import x as d_x\n",
    names: ["x", "d_x"],
  },
  {
    name: "the same twice",
    before: "import a\n",
    requests: [X, X],
    after: "import a\nfrom a.b.c import x\n",
    names: ["x", "x"],
  },
  {
    name: "a long one",
    before: "import a\n",
    requests: [{ from: "a.b.c", name: "n".repeat(80) }],
    after: `import a\nfrom a.b.c import (\n    ${"n".repeat(80)},\n)\n`,
    names: ["n".repeat(80)],
  },
];

describe("addImports", () => {
  test.each(ADDITIONS)("$name", ({ before, requests = [X], after, names = ["x"] }) => {
    const { edits, localNames } = addImports(before, parse(before).module, requests);
    expect(apply(before, edits)).toBe(after);
    expect(localNames).toEqual(names);
    expect(addImports(after, parse(after).module, requests)).toEqual({ edits: [], localNames: names });
  });
  test("one import", () => {
    const { edits, localName } = addImport("import a\n", parse("import a\n").module, X);
    expect([edits.length, localName]).toEqual([1, "x"]);
  });
});

const REMOVALS: readonly Case[] = [
  { name: "the only name", before: "import a\nfrom a.b.c import x\n\ny\n", after: "import a\n\ny\n" },
  {
    name: "the only name with a comment",
    before: "import a\nfrom a.b.c import x  # why\n\ny\n",
    after: "import a\n# why\n\ny\n",
  },
  { name: "an alias", before: "import a\nfrom a.b.c import x as y\n", after: "import a\n" },
  { name: "first", before: "from a.b.c import x, y\n", after: "from a.b.c import y\n" },
  { name: "last", before: "from a.b.c import w, x  # c\n", after: "from a.b.c import w  # c\n" },
  {
    name: "a line",
    before: "from a.b.c import (\n    w,\n    x,  # x\n    y,\n)\n",
    after: "from a.b.c import (\n    w,\n    # x\n    y,\n)\n",
  },
  { name: "parentheses on one line", before: "from a.b.c import (w, x)\n", after: "from a.b.c import (w)\n" },
  { name: "a continuation", before: "from a.b.c import w, \\\n    x\n", after: "from a.b.c import w\n" },
  {
    name: "the first before a continuation",
    before: "from a.b.c import x, \\\n    y\n",
    after: "from a.b.c import y\n",
  },
  { name: "a whole list", before: "import a\nfrom a.b.c import (\n    x,\n)\n", after: "import a\n" },
  {
    name: "for type checking",
    before: "if TYPE_CHECKING:\n    from a.b.c import x\n",
    after: "if TYPE_CHECKING:\n    pass\n",
  },
  {
    name: "not from elsewhere",
    before: "from a.b.d import x\nfrom .c import x\n",
    after: "from a.b.d import x\nfrom .c import x\n",
  },
  {
    name: "not in a try",
    before: "try:\n    from a.b.c import x\nexcept ImportError:\n    pass\n",
    after: "try:\n    from a.b.c import x\nexcept ImportError:\n    pass\n",
  },
];

describe("removeImports", () => {
  test.each(REMOVALS)("$name", ({ before, after }) => {
    expect(apply(before, removeImport(before, parse(before).module, X))).toBe(after);
  });
  test("several, all of a statement", () => {
    const text = "import a\nfrom a.b.c import x, y\n";
    expect(apply(text, removeImports(text, parse(text).module, [X, { from: "a.b.c", name: "y" }]))).toBe(
      "import a\n",
    );
  });
});

const NEW: ImportRequest = { from: "a.b.c", name: "new" };

test.each([
  ["from a.b.c import x\n", NEW, "from a.b.c import new\n"],
  ["from a.b.c import w, x, y\n", NEW, "from a.b.c import new, w, y\n"],
  ["from a.b.c import (\n    o,\n    x\n)\n", NEW, "from a.b.c import (\n    new,\n    o,\n)\n"],
  ["from a.b.c import (\n    o,  # o\n    x,\n)\n", NEW, "from a.b.c import (\n    new,\n    o,  # o\n)\n"],
  ["from a.b.c import x\n\ny\n", { from: "a.b.d", name: "x" }, "from a.b.d import x\n\ny\n"],
  [
    "import os\n\nfrom a.b.c import x\n\n\ndef f():\n    pass\n",
    { from: "q", name: "x" },
    "import os\n\nfrom q import x\n\n\ndef f():\n    pass\n",
  ],
  ["import os\nfrom a.b.c import x\n", { from: "a.b.d", name: "x" }, "import os\n\nfrom a.b.d import x\n"],
])("changeImports in %j", (text, request, after) => {
  const { edits, localNames } = changeImports(text, parse(text).module, { add: [request], remove: [X] });
  expect(apply(text, edits)).toBe(after);
  expect(localNames).toEqual([request.name]);
});

test.each([
  ["from m import x\n", false],
  ["from m import x\nx\n", true],
  ["from m import x\ny.x\nf(x=1)\n", false],
  ["from m import x\ndef f():\n    def g():\n        return [x for _ in y]\n", true],
  ["from m import x\nclass A(x): pass\n", true],
  ["from m import x\n@x\ndef f(): pass\n", true],
  ["from m import x\ndef f(a: x): pass\n", true],
  ["from m import x\ndef f(a) -> 'list[x]': pass\n", true],
  ["from m import x\na: x = 1\n", true],
  ["from m import x\n__all__ = ['x']\n", true],
  ["from m import x\n__all__ += ['x']\n", true],
  ["from m import x\n__all__.extend(['x'])\n", true],
  ["from m import x\ny = 'x'  # x\n", false],
  ["from m import x\ny = f'{x!r:>{w}}'\n", true],
  ["from m import x\ny = f'{w:>{x}}'\n", true],
  ["from m import x\nasync def f(): await x()\n", true],
  ["from m import x\nmatch y:\n    case x.A: pass\n", true],
  ["from m import x\nlambda a=x: a\n", true],
  ["from m import x\ny[x:]\n", true],
  ["from m import x\nasync def f(): return [a async for a in x]\n", true],
  ["from m import x\ndel x\n", true],
  ["from m import x\nx, y = 1, 2\n", false],
])("isNameUsed in %j", (text, used) => {
  expect(isNameUsed(text, parse(text).module, "x")).toBe(used);
});

test("isNameUsedOutside leaves out what a fix removes", () => {
  const parsed = parse("from m import x\na = x\nb = x()\n");
  const { text, module } = parsed;
  const ignoring = [statement(parsed, "a = x"), statement(parsed, "b = x()")];
  expect(isNameUsedOutside(text, module, { localName: "x", ignoring })).toBe(false);
  expect(isNameUsedOutside(text, module, { localName: "x", ignoring: ignoring.slice(1) })).toBe(true);
});

test("CPython compiles every expectation", () => {
  const texts = [...ADDITIONS, ...REMOVALS].flatMap((each) => [each.before, each.after]);
  expect(compilePython(texts).flatMap((error, index) => (error ? [[texts[index], error]] : []))).toEqual([]);
});
