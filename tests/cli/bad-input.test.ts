import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { git, link, makeRepository, makeTree, put, recipe } from "../workspace/temp-tree.ts";
import { bridgemod } from "./fake-host.ts";

// Real git repositories and processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000 });

interface BadInput {
  readonly argv: readonly string[];
  readonly error: string;
  readonly next: string;
  prepare?(root: string): void;
}

const outOfRoot = "a symbolic link that leaves the project";

const cases: Readonly<Record<string, BadInput>> = {
  "missing path": {
    argv: ["recipe"],
    error: "recipe: no such file or directory",
    next: 'did you mean "recipes"?',
  },
  "missing file": {
    argv: ["recipes/b.py"],
    error: "recipes/b.py: no such file",
    next: 'did you mean "recipes/a.py"?',
  },
  "pattern without match": { argv: ["x/*.py"], error: "x/*.py: no file matches", next: "check the pattern" },
  "directory without Python": {
    argv: ["docs"],
    error: "docs: holds no Python file",
    next: "name a directory",
  },
  "unknown option": { argv: ["--dif", "."], error: "unknown option '--dif'", next: "did you mean --diff?" },
  "option without value": {
    argv: [".", "--set"],
    error: "option '--set <set>' argument missing",
    next: "--help",
  },
  "unknown codemod": {
    argv: ["--codemod", "swapold", "."],
    error: 'codemod "swapold"',
    next: 'did you mean "swap-old"?',
  },
  "unknown set": {
    argv: ["--set", "recomended", "."],
    error: 'set "recomended"',
    next: 'did you mean "recommended"?',
  },
  "unknown intent": {
    argv: ["--intent", "honour", "."],
    error: '"honour" for --intent',
    next: 'did you mean "honor"?',
  },
  "unknown format": {
    argv: ["--format", "jsn", "."],
    error: '"jsn" for --format',
    next: 'did you mean "json"?',
  },
  "unknown version": {
    argv: ["--bridge", "0.9.0", "."],
    error: 'version "0.9.0"',
    next: 'did you mean "0.6.2"?',
  },
  "Bridge that is none": {
    argv: ["--bridge", "./docs", "."],
    error: "./docs: holds no megatron/bridge",
    next: "--bridge",
  },
  "bad world size": {
    argv: ["--world-size", "8,x", "."],
    error: '"8,x" for --world-size',
    next: "numbers of GPUs",
  },
  "bad jobs": { argv: ["--jobs", "0", "."], error: "--jobs takes a number", next: "--jobs 4" },
  "bad colour": {
    argv: ["--color", "sometimes", "."],
    error: '"sometimes" for --color',
    next: "choose one of auto",
  },
  "two results": {
    argv: ["--diff", "--format", "json", "."],
    error: "--diff and --format json",
    next: "leave one",
  },
  "two policies": {
    argv: ["--only-preserving", "--allow-unproven", "."],
    error: "exclude each other",
    next: "leave one",
  },
  "stdin and paths": { argv: ["-", "recipes"], error: "stdin and paths cannot be mixed", next: "`-` alone" },
  "missing config": {
    argv: ["--config", "no.toml", "."],
    error: "no.toml: the configuration cannot",
    next: "--isolated",
  },
  "unwritable output": {
    argv: ["--output", "no/r.txt", "."],
    error: "no/r.txt: cannot be written",
    next: "--output",
  },
  "output that is a directory": {
    argv: ["--output", "docs", "."],
    error: "docs: cannot be written: is a directory",
    next: "--output",
  },
  "unknown configuration key": {
    argv: ["."],
    error: 'bridgemod.toml:1: unknown key "inent"',
    next: 'did you mean "intent"?',
    prepare: (root) => put(root, "bridgemod.toml", "inent = 1\n"),
  },
  "unknown codemod in the configuration": {
    argv: ["."],
    error: 'bridgemod.toml: unknown codemod "swap"',
    next: 'did you mean "swap-old"?',
    prepare: (root) => put(root, "bridgemod.toml", 'codemod = ["swap"]\n'),
  },
  "symlink out of the root": {
    argv: ["link.py"],
    error: `link.py: ${outOfRoot}`,
    next: "name the file that it leads to",
    prepare: (root) => link(root, "link.py", join(makeTree({ "x.py": recipe }), "x.py")),
  },
  "symlink to nowhere": {
    argv: ["link.py"],
    error: "link.py: a symbolic link that leads nowhere",
    next: "mend",
    prepare: (root) => link(root, "link.py", "none.py"),
  },
  "symlink loop": {
    argv: ["x.py"],
    error: "x.py: cannot be read: too many levels",
    next: "check",
    prepare: (root) => link(root, "x.py", "x.py"),
  },
  "broken Python": {
    argv: ["bad.py"],
    error: "bad.py:1: not valid Python",
    next: "mend the file",
    prepare: (root) => commit(root, "bad.py", "def f(:\n    x = OLD\n"),
  },
  "not UTF-8": {
    argv: ["bad.py"],
    error: "bad.py:1: not UTF-8",
    next: "mend the file",
    prepare: (root) => commit(root, "bad.py", Buffer.from([0xe9])),
  },
  "another encoding": {
    argv: ["bad.py"],
    error: "bad.py: declares the encoding latin-1",
    next: "mend the file",
    prepare: (root) => commit(root, "bad.py", "# coding: latin-1\n"),
  },
  "NUL bytes": {
    argv: ["bad.py"],
    error: "bad.py: contains NUL bytes",
    next: "mend the file",
    prepare: (root) => commit(root, "bad.py", "x\0"),
  },
  "too large": {
    argv: ["bad.py"],
    error: "bad.py: too large: 5.0 MB",
    next: "mend the file",
    prepare: (root) => commit(root, "bad.py", Buffer.alloc(5 * 1024 * 1024 + 1, "#")),
  },
};

function commit(root: string, path: string, content: string | Buffer): void {
  put(root, path, content);
  git(root, "add", "-A");
  git(root, "commit", "-qm", path);
}

function start(): string {
  const root = makeRepository({ "recipes/a.py": recipe, "docs/x.md": "" });
  mkdirSync(join(root, "empty"));
  return root;
}

describe("bad input", () => {
  it.each(Object.entries(cases))("%s: a clear message, exit code 2, nothing written", async (_, input) => {
    for (const command of ["migrate", "check"]) {
      const root = start();
      input.prepare?.(root);
      const { code, err } = await bridgemod(root, [command, ...input.argv]);
      expect(err).toMatch(/^(warning: .*\n|Bridge .*\n)*error: /);
      expect(err).toContain(input.error);
      expect(err).toMatch(
        new RegExp(`^next: .*${input.next.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "m"),
      );
      expect(code).toBe(2);
      expect(readFileSync(join(root, "recipes/a.py"), "utf8")).toBe(recipe);
    }
  });

  it("is a mistyped command, unless there is such a path", async () => {
    const root = start();
    const { code, err } = await bridgemod(root, ["migrat", "recipes"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: unknown command "migrat"\nnext: did you mean "migrate"?\n',
    });
    put(root, "lists/a.py", recipe);
    expect((await bridgemod(root, ["lists"])).code).toBe(1);
  });

  it("is an unknown codemod's documentation, or an unknown recipe", async () => {
    const root = start();
    expect((await bridgemod(root, ["docs", "swapold"])).err).toContain('next: did you mean "swap-old"?');
    const { code, err } = await bridgemod(root, ["explain", "recipes/a.py::a_confg"]);
    expect(code).toBe(2);
    expect(err).toBe('error: recipes/a.py: no recipe is called "a_confg"\nnext: did you mean "a_config"?\n');
    expect((await bridgemod(root, ["explain", "recipes::a_config"])).err).toContain("is a directory");
    expect((await bridgemod(root, ["explain", "recipes/a.py", "--knob=ddp.xx"])).err).toBe(
      'error: recipes/a.py: no recipe has a knob "ddp.xx"\nnext: did you mean "ddp.x"?\n',
    );
    put(root, "recipes/c.py", "import megatron.bridge\n");
    expect((await bridgemod(root, ["explain", "recipes/c.py::a_config"])).err).toMatch(
      /^error: recipes\/c\.py: no recipe is called "a_config"\nnext: no recipe is there at all; /,
    );
    expect((await bridgemod(root, ["explain", "recipes/*.py::a_confg"])).err).toBe(
      'error: recipes/a.py and 1 more file: no recipe is called "a_confg"\nnext: did you mean "a_config"?\n',
    );
    expect((await bridgemod(root, ["list", "extra"])).code).toBe(2);
  });
});

describe("uncommitted changes", () => {
  it.each([
    ["modified", (root: string) => put(root, "recipes/a.py", `${recipe}#\n`), "recipes/a.py"],
    ["untracked", (root: string) => put(root, "recipes/b.py", recipe), "recipes/b.py"],
  ])("%s: refused by migrate before any analysis, unless --allow-dirty", async (_, change, path) => {
    const root = start();
    change(root);
    const engine = { run: () => Promise.reject(new Error("analysed")) };
    const refused = await bridgemod(root, ["migrate", "recipes"], { engine });
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toContain(`error: ${path}: has uncommitted changes\nnext: commit or stash them`);
    expect(readFileSync(join(root, path), "utf8")).toContain("OLD");
    expect((await bridgemod(root, ["check", "recipes"])).code).toBe(1);
    expect((await bridgemod(root, ["migrate", "recipes", "--allow-dirty"])).code).toBe(0);
  });
});

describe("our own fault", () => {
  it("asks to be reported, with the stack only under --verbose", async () => {
    const root = start();
    const engine = { run: () => Promise.reject(new Error("boom")) };
    const { code, err } = await bridgemod(root, ["check", "."], { engine });
    expect(code).toBe(2);
    expect(err).toBe(
      "error: internal error, a bug of bridgemod: boom\nnext: run again with --verbose and report what it prints\n",
    );
    expect((await bridgemod(root, ["check", "--verbose", "."], { engine })).err).toContain("    at ");
  });

  it("fails a file that the engine forgets", async () => {
    const root = start();
    const engine = { run: () => Promise.resolve({ bridge: { version: "1", from: "x" }, files: [] }) };
    const { code, err } = await bridgemod(root, ["check", "recipes"], { engine });
    expect(code).toBe(2);
    expect(err).toContain("1 file: 0 would change, 0 unchanged, 0 skipped, 1 failed");
  });
});
