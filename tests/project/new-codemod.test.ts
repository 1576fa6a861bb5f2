import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { filesBelow } from "../snapshot-cases.ts";
import { makeTree, put, textOf } from "../workspace/temp-tree.ts";

// Compiles and tests a copy of the project.
vi.setConfig({ testTimeout: 180_000 });

const folders = ["codemods", "schema", "scripts", "src"];
const configs = ["package.json", "tsconfig.json", "vitest.config.ts", ".prettierrc.json"];
const tests = ["tests/codemods.test.ts", "tests/snapshot-cases.ts"];

/** A copy of what a codemod touches, with our packages. */
function copyProject(): string {
  const root = makeTree({});
  for (const path of [...folders, ...configs, ...tests]) cpSync(path, join(root, path), { recursive: true });
  symlinkSync(resolve("node_modules"), join(root, "node_modules"), "dir");
  return root;
}

function scaffold(
  root: string,
  ...argv: readonly string[]
): { code: number | null; out: string; err: string } {
  const script = join(root, "scripts/new-codemod.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...argv], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

describe("npm run new:codemod", () => {
  it("makes a codemod that compiles, is found, and has cases, and edits nothing", () => {
    const root = copyProject();
    const before = filesBelow(join(root, "codemods"));
    expect(scaffold(root, "drop-dead-thing")).toMatchObject({ code: 0, err: "" });
    const added = filesBelow(join(root, "codemods")).filter((path) => !before.includes(path));
    expect(added).toEqual(["drop-dead-thing/README.md", "drop-dead-thing/index.ts"]);
    expect(filesBelow(join(root, "snapshots"))).toEqual([
      "drop-dead-thing/leaves-alone/input.py",
      "drop-dead-thing/rewrites/input.py",
    ]);
    const node = (script: string, ...argv: readonly string[]): string =>
      execFileSync(process.execPath, [resolve("node_modules", script), ...argv], {
        cwd: root,
        encoding: "utf8",
        stdio: "pipe",
      });
    node("typescript/bin/tsc", "--noEmit");
    node("prettier/bin/prettier.cjs", "--check", "codemods/drop-dead-thing");
    node("vitest/vitest.mjs", "run", "--update", "-t", "drop-dead-thing");
    const report = textOf(root, "snapshots/drop-dead-thing/rewrites/report.json");
    expect(JSON.parse(report).files[0].remaining).toMatchObject([{ rule: "drop-dead-thing", line: 7 }]);
    const alone = textOf(root, "snapshots/drop-dead-thing/leaves-alone/report.json");
    expect(JSON.parse(alone).files[0].remaining).toEqual([]);
  });

  it("refuses names that are bad or taken, and writes nothing", () => {
    const root = makeTree({ "codemods/drop-dead-thing/index.ts": "", "snapshots/keep-cases/a/input.py": "" });
    put(root, "package.json", textOf(".", "package.json"));
    put(root, "scripts/new-codemod.mjs", textOf(".", "scripts/new-codemod.mjs"));
    const before = filesBelow(root);
    const bad = [
      [],
      ["one"],
      ["DropThing"],
      ["drop_thing"],
      ["../drop-thing"],
      ["--drop-thing"],
      ["drop-thing", "x"],
    ];
    for (const argv of [...bad, ["drop-dead-thing"], ["keep-cases"]]) {
      const { code, out, err } = scaffold(root, ...argv);
      expect({ argv, code, out }).toEqual({ argv, code: 2, out: "" });
      expect(err).toMatch(/^error: .+\nnext: .+\n$/);
    }
    expect(filesBelow(root)).toEqual(before);
    expect(existsSync(join(root, "codemods/keep-cases"))).toBe(false);
  });
});
