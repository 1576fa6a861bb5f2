import { statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { git, makeRepository, makeTree, put, recipe, textOf } from "../workspace/temp-tree.ts";
import type { Engine } from "../../src/cli/engine.ts";
import { fakeEngine } from "./fake-engine.ts";
import { bridgemod } from "./fake-host.ts";

// Real git repositories and processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000 });

const fresh = recipe.replace("OLD", "NEW");

describe("check", () => {
  it("says what would be done and changes nothing", async () => {
    const root = makeRepository({ "recipes/a.py": recipe, "recipes/b.py": "x = 1\n" });
    const { code, out, err } = await bridgemod(root, ["check", "recipes"]);
    expect(code).toBe(1);
    expect(out).toContain("recipes/a.py\n  5  fix  swap-old/old  requested");
    expect(err).toBe(
      "Bridge 0.6.2 (from the newest version known)\n2 files: 1 would change, 1 unchanged, 0 skipped, 0 failed\n",
    );
    expect(textOf(root, "recipes/a.py")).toBe(recipe);
  });

  it("is clean when there is nothing to do, and looks at the working directory by default", async () => {
    const root = makeRepository({ "a.py": fresh });
    expect(await bridgemod(root, ["check"])).toMatchObject({ code: 0, out: "" });
  });

  it("has findings when one stays", async () => {
    const root = makeRepository({ "a.py": `${fresh}# ASK\n` });
    const { code, out, err } = await bridgemod(root, ["check", "."]);
    expect(code).toBe(1);
    expect(out).toContain("6  warning  swap-old/asked\n      decide");
    expect(err).toContain("1 finding left for you");
  });

  it.each([["check"], ["migrate"]])("gives one exit code in every format: %s", async (command) => {
    for (const [text, expected] of [
      [recipe, command === "check" ? 1 : 0],
      [`${fresh}# ASK`, 1],
      ["def f(:\n", 2],
    ] as const) {
      for (const format of [[], ["--format", "json"], ["--quiet"]]) {
        const root = makeRepository({ "a.py": text });
        expect((await bridgemod(root, [command, "a.py", ...format])).code).toBe(expected);
      }
    }
  });

  it("prints only the result under --quiet", async () => {
    const root = makeRepository({ "a.py": recipe });
    const { out, err } = await bridgemod(root, ["check", "--quiet", "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({ schema: "bridgemod/run@1", counts: { changed: 1 } });
    expect(err).toBe("");
  });

  it("writes the result where --output says", async () => {
    const root = makeRepository({ "a.py": recipe });
    const { out, code } = await bridgemod(root, ["check", "a.py", "--output", "r.txt", "--color=always"]);
    expect({ out, code }).toEqual({ out: "", code: 1 });
    expect(textOf(root, "r.txt")).toMatch(/^a\.py\n {2}5 {2}fix/);
  });

  it("prints a patch from the root of the repository, wherever it runs", async () => {
    const root = makeRepository({ "recipes/a.py": recipe, "docs/x": "" });
    const { out } = await bridgemod(`${root}/docs`, ["check", "--diff", "../recipes"]);
    expect(out).toContain("diff --git a/recipes/a.py b/recipes/a.py");
    put(root, "p.patch", out);
    git(root, "apply", "p.patch");
    expect(textOf(root, "recipes/a.py")).toBe(fresh);
  });
});

describe("--no-cache", () => {
  it.each([
    ["after the command", ["check", ".", "--no-cache"]],
    ["before the command", ["--no-cache", "check", "."]],
    ["without a command", [".", "--no-cache"]],
  ])("works a slow run out again: %s", async (_, argv) => {
    const root = makeRepository({ "a.py": recipe });
    let runs = 0;
    const run: Engine["run"] = async (...asked) => {
      runs += 1;
      await setTimeout(350); // long enough to be worth keeping
      return fakeEngine.run(...asked);
    };
    await bridgemod(root, ["check", "."], { engine: { run } });
    await bridgemod(root, ["check", "."], { engine: { run } });
    expect(runs).toBe(1);
    await bridgemod(root, argv, { engine: { run } });
    await bridgemod(root, argv, { engine: { run } });
    expect(runs).toBe(3);
  });
});

describe("explain, asked again", () => {
  it("shows what it found before, in whatever format, until a text changes", async () => {
    const root = makeRepository({ "a.py": recipe });
    let runs = 0;
    const explainEach: Engine["explainEach"] = async (...asked) => {
      runs += 1;
      await setTimeout(350); // long enough to be worth keeping
      return fakeEngine.explainEach(...asked);
    };
    const ask = (...argv: string[]) =>
      bridgemod(root, ["explain", ".", ...argv], { engine: { explainEach } });
    for (const format of ["text", "json", "markdown"]) {
      const fresh = await ask("--format", format, "--no-cache");
      const known = [await ask("--format", format), await ask("--format", format)];
      expect(known.map(({ out }) => out)).toEqual([fresh.out, fresh.out]);
    }
    expect(runs).toBe(4);
    expect((await ask("--verbose")).err).toContain("Nothing changed since an earlier run");
    await ask("--world-size", "64");
    put(root, "a.py", `${recipe}# more\n`);
    await ask();
    expect(runs).toBe(6);
  });
});

describe("bare", () => {
  it("ends with the command that applies", async () => {
    const root = makeRepository({ "my recipes/a.py": recipe });
    const { out, code } = await bridgemod(root, ["my recipes", "--intent", "honor"]);
    expect(code).toBe(1);
    expect(out.endsWith("\nto apply: bridgemod migrate 'my recipes' --intent honor\n")).toBe(true);
    const npx = await bridgemod(root, ["my recipes"], { env: { npm_command: "exec" } });
    expect(npx.out).toContain("to apply: npx bridgemod migrate 'my recipes'\n");
  });

  it("prints the patch alone with --diff", async () => {
    const root = makeRepository({ "a.py": recipe });
    const { out, err } = await bridgemod(root, ["--diff", "a.py"]);
    expect(out.trimEnd().endsWith("+    x = NEW")).toBe(true);
    expect(err).toContain("to apply: bridgemod migrate a.py");
  });

  it("says nothing of applying when there is nothing to apply", async () => {
    const root = makeRepository({ "a.py": fresh });
    expect(await bridgemod(root, ["a.py"])).toMatchObject({ out: "", code: 0 });
  });
});

describe("migrate", () => {
  it("rewrites, and has nothing to do the second time", async () => {
    const root = makeRepository({ "recipes/a.py": recipe, "recipes/b.py": "x = 1\n" });
    const before = statSync(`${root}/recipes/b.py`).mtimeMs;
    const { code, out, err } = await bridgemod(root, ["migrate", "recipes"]);
    expect(code).toBe(0);
    expect(out).toContain("5  fixed  swap-old/old");
    expect(err).toContain("2 files: 1 changed, 1 unchanged, 0 skipped, 0 failed");
    expect(textOf(root, "recipes/a.py")).toBe(fresh);
    expect(statSync(`${root}/recipes/b.py`).mtimeMs).toBe(before);
    expect(await bridgemod(root, ["migrate", "recipes", "--allow-dirty"])).toMatchObject({
      code: 0,
      out: "",
    });
  });

  it.each([
    ["CRLF", recipe.replaceAll("\n", "\r\n")],
    ["a byte-order mark", `\uFEFF${recipe}`],
    ["no final newline", recipe.trimEnd()],
    ["form feed, tabs and accents", `\f# é\t\n${recipe}`],
  ])("keeps %s", async (_, text) => {
    const root = makeRepository({ "a.py": text });
    expect((await bridgemod(root, ["migrate", "a.py"])).code).toBe(0);
    expect(textOf(root, "a.py")).toBe(text.replace("OLD", "NEW"));
  });

  it("writes through a symlink inside the project and leaves the link", async () => {
    const root = makeRepository({ "real/a.py": recipe });
    const { symlinkSync, lstatSync } = await import("node:fs");
    symlinkSync("real/a.py", `${root}/b.py`);
    git(root, "add", "-A");
    git(root, "commit", "-qm", "link");
    expect((await bridgemod(root, ["migrate", "b.py"])).code).toBe(0);
    expect(lstatSync(`${root}/b.py`).isSymbolicLink()).toBe(true);
    expect(textOf(root, "real/a.py")).toBe(fresh);
  });

  it("warns outside git and goes on", async () => {
    const root = makeTree({ "a.py": recipe });
    const { code, err } = await bridgemod(root, ["migrate", "a.py"]);
    expect(code).toBe(0);
    expect(err).toContain("warning: not in a git repository");
    expect(textOf(root, "a.py")).toBe(fresh);
  });

  it("asks only about files that can change", async () => {
    const root = makeRepository({ "a.py": recipe, "b.py": "x = 1\n" });
    put(root, "b.py", "x = 2\n");
    put(root, "c.py", "x = 3\n");
    expect((await bridgemod(root, ["migrate", "."])).code).toBe(0);
  });

  it("only shows with --diff", async () => {
    const root = makeRepository({ "a.py": recipe });
    const { code, out, err } = await bridgemod(root, ["migrate", "--diff", "a.py"]);
    expect(code).toBe(1);
    expect(out).toContain("+    x = NEW");
    expect(err).toContain("nothing was written");
    expect(textOf(root, "a.py")).toBe(recipe);
  });

  it("passes stdin through", async () => {
    const root = makeRepository({ "recipes/a.py": "x = 1\n", "bridgemod.toml": 'gpu = "h100"\n' });
    const named = ["--stdin-filename", "recipes/a.py"];
    const piped = await bridgemod(root, ["migrate", "-", ...named], { stdin: recipe });
    expect(piped).toMatchObject({ code: 0, out: fresh });
    expect(textOf(root, "recipes/a.py")).toBe("x = 1\n");
    expect(await bridgemod(root, ["migrate", ...named], { stdin: "\uFEFFx = 1\r\n" })).toMatchObject({
      code: 0,
      out: "\uFEFFx = 1\r\n",
    });
    const nowhere = ["check", "--stdin-filename", "no/such/a.py"];
    expect(await bridgemod(makeTree({}), nowhere, { stdin: recipe })).toMatchObject({ code: 1 });
    expect(await bridgemod(root, ["check", "-"], { stdin: recipe })).toMatchObject({ code: 1 });
    expect(await bridgemod(root, ["migrate", "-"], { stdin: "def f(:\n" })).toMatchObject({
      code: 2,
      out: "",
    });
  });
});

describe("migrate when the world changes", () => {
  it("fails the file that somebody changed meanwhile, and writes the others", async () => {
    const root = makeRepository({ "a.py": recipe, "b.py": recipe });
    const engine = {
      run: async (...args: Parameters<typeof base.run>) => {
        const report = await base.run(...args);
        put(root, "a.py", "theirs\n");
        return report;
      },
    };
    const { fakeEngine: base } = await import("./fake-engine.ts");
    const { code, err, out } = await bridgemod(root, ["migrate", "--format", "json", "."], { engine });
    expect(code).toBe(2);
    expect(err).toContain("error: a.py: changed while bridgemod worked\nnext: ");
    expect(JSON.parse(out).counts).toEqual({ changed: 1, unchanged: 0, skipped: 0, failed: 1 });
    expect([textOf(root, "a.py"), textOf(root, "b.py")]).toEqual(["theirs\n", fresh]);
  });

  it("says how many were written when it is interrupted", async () => {
    const root = makeRepository({ "a.py": recipe });
    const result = await bridgemod(root, ["migrate", "a.py"], { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ code: 130, out: "", err: "interrupted: 0 files written\n" });
    expect(textOf(root, "a.py")).toBe(recipe);
  });

  it("works on what can be read, and fails the rest", async () => {
    const files = { "a.py": recipe, "b.py": "def f(:\n", "c.py": Buffer.from([0xff]) };
    const root = makeRepository(files);
    const { code, err } = await bridgemod(root, ["migrate", "."]);
    expect(code).toBe(2);
    expect(err).toContain("error: b.py:1: not valid Python");
    expect(err).toContain("error: c.py:1: not UTF-8");
    expect(err).toContain("3 files: 1 changed, 0 unchanged, 0 skipped, 2 failed");
    expect(textOf(root, "a.py")).toBe(fresh);
  });
});

describe("explain, list, docs", () => {
  it("explains a file, or one function of it", async () => {
    const root = makeRepository({ "recipes/a.py": `${recipe}\n\ndef b_config(): ...\n` });
    const all = await bridgemod(root, ["explain", "recipes"]);
    expect(all.code).toBe(0);
    expect(all.out).toContain("recipes.a.a_config  recipes/a.py:1 · world size 8, DP 8");
    expect(all.err).toContain("2 recipes in 1 file, 0 files skipped");
    const piped = await bridgemod(root, ["explain", "--format=json", "--", "-::a_config"], { stdin: recipe });
    expect(JSON.parse(piped.out).recipes).toMatchObject([{ file: "stdin.py", function: "a_config" }]);
    const one = await bridgemod(root, ["explain", "--format=json", "recipes/a.py::b_config"]);
    expect(JSON.parse(one.out).recipes).toMatchObject([{ function: "b_config" }]);
  });

  it("says so where there is no recipe", async () => {
    const root = makeRepository({ "a.py": "import megatron.bridge\n" });
    for (const more of [[], ["--knob=ddp.x"]]) {
      const { code, out, err } = await bridgemod(root, ["explain", "a.py", ...more]);
      expect({ code, out }).toEqual({ code: 0, out: "" });
      expect(err).toMatch(
        /^Bridge .*\nNo recipe is there: nothing returns a ConfigContainer or launches one\.\n/,
      );
    }
  });

  it("says what it cannot explain, and fails where that is all that was asked for", async () => {
    const root = makeRepository({ "recipes/a.py": `${recipe}\n\ndef far_config(): ...\n` });
    const { code, out, err } = await bridgemod(root, ["explain", "recipes"]);
    expect(code).toBe(0);
    expect(out).toContain("recipes.a.far_config  recipes/a.py:1\n  not explained: it is far\n");
    expect(err).toContain("1 recipe in 1 file, 1 function not explained, 0 files skipped");
    const alone = await bridgemod(root, ["explain", "recipes/a.py::far_config"]);
    expect(alone.code).toBe(2);
    expect(alone.out).toBe("");
    expect(alone.err).toContain('error: recipes/a.py:1: "far_config" cannot be explained: it is far\nnext: ');
  });

  it("lists codemods and prints their documentation", async () => {
    const root = makeTree({});
    expect((await bridgemod(root, ["list"])).out).toContain("swap-old  recommended  Swaps OLD for NEW.\n");
    expect(JSON.parse((await bridgemod(root, ["list", "--format", "json"])).out)[1]).toMatchObject({
      set: "cleanup",
    });
    expect((await bridgemod(root, ["docs", "swap-old"])).out).toMatch(/^# swap-old\n/);
  });

  it("prints help and version on stdout", async () => {
    const root = makeTree({});
    expect(await bridgemod(root, ["--version"])).toEqual({ code: 0, out: "1.2.3\n", err: "" });
    for (const command of ["migrate", "check", "explain", "list", "docs"]) {
      const { code, out, err } = await bridgemod(root, [command, "--help"]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toContain(`Examples:\n  $ bridgemod ${command}`);
    }
    expect(await bridgemod(root, [])).toMatchObject({ code: 2, out: "" });
  });
});
