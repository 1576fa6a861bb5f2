import { describe, expect, it } from "vitest";
import { outlineOf } from "../../src/recipe/module-outline.ts";
import type { SourceModule } from "../../src/recipe/source-module.ts";

function outline(text: string) {
  const module = {
    name: "m",
    isPackage: false,
    path: "m.py",
    text,
    own: true,
    released: false,
  } as SourceModule;
  return outlineOf(module);
}

function imported(text: string): string[] {
  return outline(text).imports.map(({ level, module, names, bound }) =>
    bound === null
      ? `${".".repeat(level)}${module}: ${names.map((one) => `${one.name}>${one.bound}`).join(" ")}`
      : `${module}>${bound}`,
  );
}

describe("imports told from text", () => {
  it.each([
    ["import a.b", ["a.b>a"]],
    ["import a.b as c, d  # why", ["a.b>c", "d>d"]],
    ["from . import x", [".: x>x"]],
    ["from ..pkg.mod import (\n    one,  # first )\n    two as deux,\n)\n", ["..pkg.mod: one>one two>deux"]],
    ["from a import \\\n    b, c\n", ["a: b>b c>c"]],
    ["from a \\\n    import b\n", ["a: b>b"]],
    ["from a import *\n", ["a: *>*"]],
    ["\ufefffrom a import b\r\nimport c\r\n", ["a: b>b", "c>c"]],
    ["def f():\n    from a import b\n", ["a: b>b"]],
    ["if TYPE_CHECKING: from a import b\n", ["a: b>b"]],
    ["x = 1; import a\n", ["a>a"]],
    [
      "import importlib\nm = importlib.import_module(\"a.b\")\nn = __import__('c')\no = import_module(name)\n",
      ["importlib>importlib", "a.b>import_module", "c>__import__"],
    ],
    ["important = importer(import_name)\n# we import nothing\n", []],
  ])("%j", (text, expected) => {
    expect(imported(text)).toEqual(expected);
  });
});

describe("parts told from text", () => {
  const names = (text: string) =>
    outline(text)
      .parts()
      .map((part) => part.names.join(","));

  it("cuts at lines without indentation", () => {
    expect(names("import a\n\nX = 1\n\n\ndef f():\n    return X\n\n\nclass C:\n    y = 2\n")).toEqual([
      "",
      "X",
      "f",
      "",
    ]);
  });

  it("keeps a function with its decorators, its odd layout and its strings", () => {
    const text =
      '@wrap\n@other(\n    1\n)\ndef f(\n    a\n):\n    s = """\nX = 1\ndef g\n"""\n    return s\n\ndef h(): pass\n';
    const parts = outline(text).parts();
    const holder = parts.find((part) => part.names.includes("f"));
    expect(holder?.text).toContain("return s");
    expect(parts.some((part) => part.names.includes("h"))).toBe(true);
  });

  it("names every function of a file whose quotes it misreads", () => {
    const text = "# it's '''odd\ndef f():\n    pass\n\ndef g():\n    pass\n";
    expect(names(text).join(",")).toContain("f,g");
  });
});

describe("what stands before the first definition", () => {
  const isInert = (text: string) => outline(`${text}\nx = 1\n`).parts()[0]?.isInert;

  it.each([
    ["a licence", "# Copyright\n#\n\n"],
    ["a licence and a docstring", '# Copyright\n\n"""Recipes.\n\n# ours\n"""\n'],
    ["nothing but empty lines, with a byte order mark", "\ufeff\r\n\r\n"],
  ])("is passed over if it is %s", (_, text) => {
    expect(isInert(text)).toBe(true);
  });

  it.each([
    ["code", "(run(cfg))\n"],
    ["code behind a docstring", '"""Recipes."""; (run(cfg))\n'],
    ["code between texts that end in what looks like a comment", '"""\n# """\n(run(cfg))\n"""\n# """\n'],
    ["a condition between texts", '"""a""" if run(cfg) else """b"""\n'],
  ])("is looked into if it is %s", (_, text) => {
    expect(isInert(text)).toBe(false);
  });
});
