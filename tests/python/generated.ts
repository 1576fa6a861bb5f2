import fc from "fast-check";

/** How a generated file is written. */
interface Style {
  readonly eol: string;
  readonly unit: string;
  readonly bom: boolean;
  readonly finalNewline: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  eol: fc.constantFrom("\n", "\r\n"),
  unit: fc.constantFrom("\t", "  ", "    "),
  bom: fc.boolean(),
  finalNewline: fc.boolean(),
});

/** Simple statements; `~` is a line break inside brackets, texts or after a backslash. */
const SIMPLE = [
  "a = 1",
  "cfg.é.ñ = 'ö😀'",
  "x.y['k'] += f(1)",
  "f(a, b=1)",
  "f(~  a,  # in~  b=2,~)",
  "g(1,~      *c)",
  "y = 1 + \\~  2",
  "s = '''~~  t # no~'''",
  "d = {'k': [1, 2], **e}",
  "import os.path",
  "from m.n import q, r as s",
  "del z",
  "assert a, 'b'",
  "w: int = 3",
  "v: 'str'",
  "pass",
  '"""text"""',
];

const COMMENTS = ["", "", "", "", "  # c", " #: é ; b \\", "\t# if x: \\"];
const HEADERS = [
  "if a:",
  "for a in b:",
  "while a:",
  "with a as b:",
  "def f(a, b=1):",
  "class A(B):",
  "@d~def g(): # c",
  "if (a~  and b):",
];
const simple = fc.constantFrom(...SIMPLE);
const comment = fc.constantFrom(...COMMENTS);
const joiner = fc.constantFrom("; ", ";", " ;  ", "; \\~  ");
/** Statements that share a line. */
const line = fc
  .tuple(fc.array(simple, { minLength: 1, maxLength: 3 }), joiner, fc.constantFrom("", "", "", ";"), comment)
  .map(([stmts, join, end, tail]) => stmts.join(join) + end + tail);
const between = fc.constantFrom("", "", "", "", "\n", "\n\n", "# own\n", "\n# own\n\n", "\f\n", "\\\n");

/** A block as lines that start with one `>` for each level. */
interface Tree {
  readonly items: readonly (
    string | { readonly header: string; readonly inline: string | null; readonly body: Tree }
  )[];
  readonly gaps: readonly string[];
}

const { block } = fc.letrec<{ block: Tree; item: Tree["items"][number] }>((tie) => ({
  block: fc.record({
    items: fc.array(tie("item"), { minLength: 1, maxLength: 4 }),
    gaps: fc.array(between, { minLength: 4, maxLength: 4 }),
  }),
  item: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    line,
    fc.record({
      header: fc.constantFrom(...HEADERS),
      inline: fc.option(line),
      body: tie("block"),
    }),
  ),
}));

function write(tree: Tree, indent: string, { eol, unit }: Style): string[] {
  return tree.items.flatMap((item, index) => {
    const gap = (tree.gaps[index] ?? "").split("\n").slice(0, -1);
    // CPython takes a continuation before an indented line for inconsistent, with tabs.
    const usable = gap.filter((each) => each !== "\\" || indent === "");
    const own = usable.map((each) => (each === "" || each === "\f" ? each : indent + each));
    if (typeof item === "string") return [...own, indent + breakLines(item, eol)];
    const header = indent + item.header.replace("~def", eol + indent + "def").replaceAll("~", eol);
    const isInline = item.inline !== null && !item.header.includes("#");
    if (isInline) return [...own, `${header} ${breakLines(item.inline ?? "", eol)}`];
    return [
      ...own,
      header,
      ...write(item.body, indent + unit, { eol, unit, bom: false, finalNewline: true }),
    ];
  });
}

function breakLines(source: string, eol: string): string {
  return source.replaceAll("~", eol);
}

/** Modules of every line break, indentation and joint that we know of. */
export const pythonText: fc.Arbitrary<string> = fc.tuple(block, style).map(([tree, chosen]) => {
  const text = write(tree, "", chosen).join(chosen.eol);
  return (chosen.bom ? "\uFEFF" : "") + text + (chosen.finalNewline ? chosen.eol : "");
});

const item = fc.constantFrom("a", "*b", "c.d", "[1, 2]", "'ñ😀'", "g(~  1,  # in~)", "{'k': 1}");
const lead = fc.constantFrom("", "", " ", "~    ", "~    # own~    ");
const trail = fc.constantFrom("", "", "", " ", "  # tail~    ");

/** Calls with positional arguments first, commented and broken at will. */
export const callText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.tuple(lead, item, trail), { maxLength: 5 }),
    fc.array(fc.tuple(lead, item, trail), { maxLength: 4 }),
    fc.tuple(
      fc.boolean(),
      fc.constantFrom("", "~", "  # end~", "~    # end~"),
      fc.constantFrom("\n", "\r\n"),
    ),
  )
  .map(([positional, keyword, [comma, end, eol]]) => {
    const items = [
      ...positional.map(([before, value, after]) => [before, value, after] as const),
      ...keyword.map(
        ([before, value, after], index) => [before, `k${index}=${value.replace(/^\*/, "")}`, after] as const,
      ),
    ];
    const parts = items.map(([before, value, after], index) => {
      const isLast = index === items.length - 1;
      // A comment may stand before or after the comma.
      return `${before}${value}${after.includes("#") && index % 2 === 0 ? after : ""}${isLast && !comma ? "" : ","}${index % 2 === 1 ? after : ""}`;
    });
    return `x = f(${parts.join("")}${end})${eol}`.replaceAll("~", eol);
  });

const importLine = fc.constantFrom(
  "import os",
  "import a.b",
  "from a.b import c",
  "from a.b.c import d",
  "from a.b.c import d, z",
  "from a.b.c import (d)",
  "from a.b.c import (~    d,~    z,  # z~)",
  "from a.b.c import (~    d,~    z~)",
  "from a.b.c import d as e",
  "from a.b.c import z, \\~    d",
  "from a.d import x",
  "from . import x",
  "from q import *",
  "from q.r import y  # noqa",
  "import s; import t",
);
const gap = fc.constantFrom(
  "~",
  "~",
  "~",
  "~~",
  "~# own~",
  "~~# own~",
  "~~if TYPE_CHECKING:~    from a.b.c import x~~",
);

/** Modules that start with imports. */
export const importingText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "# license~", '"""Doc."""~', '"""Doc."""~~', "\uFEFF#!x~~"),
    fc.array(fc.tuple(importLine, gap), { maxLength: 5 }),
    fc.constantFrom("", "y = 1", "~~def f():~    pass~", "x = 1~", "~print(x)", "def f(x): pass"),
    fc.constantFrom("\n", "\r\n"),
  )
  .map(([head, imports, rest, eol]) => {
    return (head + imports.map((each) => each.join("")).join("") + rest).replaceAll("~", eol);
  });
