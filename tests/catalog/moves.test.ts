import { describe, expect, it } from "vitest";
import { exportsOf } from "../../scripts/catalog/exports.ts";
import { movesOf, type After, type Before } from "../../scripts/catalog/moves.ts";
import { openProject } from "../../src/project.ts";
import { loadPythonParser } from "../../src/python/parser.ts";
import { bridgeLibrary } from "../../src/recipe/bridge-library.ts";
import { NO_CATALOG } from "../../src/recipe/catalog-values.ts";
import { mayImport } from "../../src/recipe/import-paths.ts";

type Tree = Readonly<Record<string, string>>;

const parser = await loadPythonParser();

/** A version of a library, by what its files hold. */
function versionOf(version: string, tree: Tree): After {
  const library = [{ path: "", read: (path: string) => tree[path] ?? null }];
  const input = {
    cwd: "/",
    files: [],
    targets: new Set<string>(),
    listing: [],
    read: () => null,
    importRoots: [],
    library,
    bridge: { version, from: "the test" },
  };
  const { host } = openProject(input, parser);
  const session = { host, library: bridgeLibrary(NO_CATALOG), globals: new Map(), memos: new Map() };
  const modules = Object.keys(tree).map((path) =>
    path.replace(/(\/__init__)?\.py$/, "").replaceAll("/", "."),
  );
  return { version, exports: exportsOf(session, modules), mayImport: (path) => mayImport(host, path) };
}

/** The moves that the last of some versions has. */
function movesAlong(...trees: readonly Tree[]): ReturnType<typeof movesOf> {
  let before: Before | null = null;
  for (const [index, tree] of trees.entries()) {
    const after = versionOf(`${index + 1}.0`, tree);
    before = { exports: after.exports, moves: before === null ? {} : movesOf(before, after) };
  }
  return before?.moves ?? {};
}

const init = { "lib/__init__.py": "" };

describe("moves from one version to the next", () => {
  it("say where a class and a function are now", () => {
    const old = { ...init, "lib/old.py": "class Thing: pass\ndef make(): pass\n" };
    const now = { ...init, "lib/old.py": "", "lib/thing.py": "class Thing: pass\ndef make(): pass\n" };
    expect(movesAlong(old, now)).toEqual({
      "lib.old.Thing": { since: "2.0", to: "lib.thing.Thing" },
      "lib.old.make": { since: "2.0", to: "lib.thing.make" },
    });
  });

  it("say nothing of what is still there in any form", () => {
    const old = { ...init, "lib/old.py": "class Thing: pass\ndef make(): pass\ndef other(): pass\n" };
    const now = {
      ...init,
      "lib/thing.py": "class Thing: pass\ndef _make(): pass\n",
      "lib/old.py": "from lib.thing import *\nmake = choose()\nif FAST:\n    def other(): pass\n",
    };
    expect(movesAlong(old, now)).toEqual({});
  });

  it.each([
    ["makes names by code", "globals().update(names())\n"],
    ["answers for any name", "def __getattr__(name): return find(name)\n"],
    ["takes all of a module that is not at hand", "from elsewhere import *\n"],
  ])("say nothing of a module that %s", (_what, text) => {
    expect(
      movesAlong({ ...init, "lib/old.py": "class Thing: pass\n" }, { ...init, "lib/old.py": text }),
    ).toEqual({});
  });

  it("do not choose between two places", () => {
    const old = { ...init, "lib/old.py": "def make(): pass\n" };
    const now = {
      ...init,
      "lib/old.py": "",
      "lib/a.py": "def make(): pass\n",
      "lib/b.py": "def make(): pass\n",
    };
    expect(movesAlong(old, now)).toEqual({ "lib.old.make": { since: "2.0" } });
  });

  it("do not take for the same what is of another kind or was there before", () => {
    const old = {
      ...init,
      "lib/old.py": "def make(): pass\nclass Thing: pass\n",
      "lib/other.py": "def make(): pass\n",
    };
    const now = {
      ...init,
      "lib/old.py": "",
      "lib/other.py": "def make(): pass\n",
      "lib/new.py": "def Thing(): pass\n",
    };
    expect(movesAlong(old, now)).toEqual({
      "lib.old.Thing": { since: "2.0" },
      "lib.old.make": { since: "2.0" },
    });
  });

  it("lead to the definition where only one of its names went", () => {
    const old = {
      ...init,
      "lib/__init__.py": "from lib.thing import Thing\n",
      "lib/thing.py": "class Thing: pass\n",
    };
    const now = { ...init, "lib/thing.py": "class Thing: pass\n" };
    expect(movesAlong(old, now)).toEqual({ "lib.Thing": { since: "2.0", to: "lib.thing.Thing" } });
  });

  it("tell of a module that went once, and of its names where they are elsewhere", () => {
    const old = { ...init, "lib/old.py": "class Thing: pass\ndef make(): pass\n" };
    const now = { ...init, "lib/thing.py": "class Thing: pass\n" };
    expect(movesAlong(old, now)).toEqual({
      "lib.old": { since: "2.0" },
      "lib.old.Thing": { since: "2.0", to: "lib.thing.Thing" },
    });
  });

  it("add up, and end where a path is back", () => {
    const at = (path: string) => ({
      ...init,
      "lib/a.py": "",
      "lib/b.py": "",
      "lib/c.py": "",
      [path]: "class Thing: pass\n",
    });
    expect(movesAlong(at("lib/a.py"), at("lib/b.py"), at("lib/c.py"))).toEqual({
      "lib.a.Thing": { since: "2.0", to: "lib.c.Thing" },
      "lib.b.Thing": { since: "3.0", to: "lib.c.Thing" },
    });
    expect(movesAlong(at("lib/a.py"), at("lib/b.py"), at("lib/a.py"))).toEqual({
      "lib.b.Thing": { since: "3.0", to: "lib.a.Thing" },
    });
  });
});
