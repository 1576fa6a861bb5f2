import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { groupByTree, uncommittedFiles } from "../../src/workspace/git.ts";
import { git, makeRepository, makeTree, put, recipe } from "./temp-tree.ts";

// Real git repositories and processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000 });

async function dirty(root: string, files: readonly string[]): Promise<string[]> {
  const found = await uncommittedFiles(groupByTree(files.map((file) => join(root, file))));
  return found.map((file) => file.slice(root.length + 1));
}

describe("what git could not bring back", () => {
  it("is modified, staged, untracked, renamed or ignored", async () => {
    const names = ["clean.py", "modified.py", "staged.py", "renamed.py", "a b é.py"];
    const root = makeRepository({
      ".gitignore": "ignored/\n",
      ...Object.fromEntries(names.map((name) => [name, name])),
    });
    expect(await dirty(root, names)).toEqual([]);
    put(root, "modified.py", "x");
    put(root, "a b é.py", "x");
    put(root, "staged.py", "x");
    put(root, "new/deep/untracked.py", "x");
    put(root, "ignored/x.py", "x");
    git(root, "add", "staged.py");
    git(root, "mv", "renamed.py", "moved.py");
    const all = [...names, "moved.py", "new/deep/untracked.py", "ignored/x.py"].filter(
      (name) => name !== "renamed.py",
    );
    expect(await dirty(root, all)).toEqual(all.filter((name) => name !== "clean.py"));
    expect(await dirty(root, ["ignored/x.py"])).toEqual(["ignored/x.py"]);
  });

  it("is asked of names literally", async () => {
    const root = makeRepository({ "recipes/[a].py": recipe, "recipes/a.py": recipe });
    put(root, "recipes/a.py", "x");
    expect(await dirty(root, ["recipes/[a].py"])).toEqual([]);
    expect(await dirty(root, ["recipes/[a].py", "recipes/a.py"])).toEqual(["recipes/a.py"]);
  });

  it("is asked of thousands of files at once", async () => {
    const names = Array.from(
      { length: 2000 },
      (_, index) => `recipes/a_rather_long_directory_name_for_recipes/r${index}.py`,
    );
    const root = makeRepository(Object.fromEntries(names.map((name) => [name, "x"])));
    expect(await dirty(root, names)).toEqual([]);
    put(root, names[7] ?? "", "y");
    expect(await dirty(root, names)).toEqual([names[7]]);
  });

  it("is asked of the repository that holds the file, a nested one too", async () => {
    const root = makeRepository({ "a.py": recipe, ".gitignore": "inner/\n" });
    put(root, "inner/b.py", recipe);
    put(root, "inner/c.py", recipe);
    git(join(root, "inner"), "init", "-q");
    git(join(root, "inner"), "add", "b.py");
    git(join(root, "inner"), "commit", "-qm", "inner");
    expect(await dirty(root, ["a.py", "inner/b.py", "inner/c.py"])).toEqual(["inner/c.py"]);
  });

  it("is not known outside git", async () => {
    const files = groupByTree([join(makeTree({ "a.py": recipe }), "a.py")]);
    expect(files.outside).toHaveLength(1);
    expect(await uncommittedFiles(files)).toEqual([]);
  });
});
