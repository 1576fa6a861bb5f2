import { describe, expect, it } from "vitest";
import { load, reasonsOf, targetsOf } from "./open.ts";
import { link, makeRepository, makeTree, put, recipe } from "./temp-tree.ts";

describe("which files are targets", () => {
  it("takes the Python files of a directory, and nothing that git ignores", async () => {
    const root = makeRepository({
      ".gitignore": "build/\n*_gen.py\n",
      "recipes/a.py": recipe,
      "recipes/a.txt": recipe,
      "recipes/b_gen.py": recipe,
      "recipes/inner/.gitignore": "!b_gen.py\nc.py\n",
      "recipes/inner/b_gen.py": recipe,
      "recipes/inner/c.py": recipe,
      "build/d.py": recipe,
    });
    expect(targetsOf(await load(root, ["."]))).toEqual(["recipes/a.py", "recipes/inner/b_gen.py"]);
  });

  it("enters other people's code only when it is named", async () => {
    const environment = { ".venv/pyvenv.cfg": "", ".venv/lib/python3.12/site-packages/x/a.py": recipe };
    const files = { "a.py": recipe, "env/pyvenv.cfg": "", "env/a.py": recipe, "node_modules/p/a.py": recipe };
    const root = makeRepository({ ".gitignore": ".venv/\n", ...environment, ...files });
    expect(targetsOf(await load(root, ["."]))).toEqual(["a.py"]);
    expect(targetsOf(await load(root, ["node_modules"]))).toEqual(["node_modules/p/a.py"]);
    expect(targetsOf(await load(root, [".venv"]))).toEqual([".venv/lib/python3.12/site-packages/x/a.py"]);
    const named = ".venv/lib/python3.12/site-packages/x";
    expect(targetsOf(await load(root, [named]))).toEqual([`${named}/a.py`]);
  });

  it("takes scripts, notebooks and YAML that mention a launch, and those that are named", async () => {
    const root = makeRepository({
      ".gitignore": "*.log.yaml\n",
      "a.py": recipe,
      "b/run.sh": "train.py ddp.x=1\n",
      "b/other.sh": "ls\n",
      "b/Notebook.ipynb": '{"cells": ["ddp"]}',
      "b/conf.yml": "ddp: {}\n",
      "b/run.log.yaml": "ddp: {}\n",
      "b/data.json": '"ddp"',
      "c/run.sh": "train.py ddp.x=1\n",
    });
    const beside = ({ input }: Awaited<ReturnType<typeof load>>) =>
      (input.launchFiles ?? []).map(({ path, named }) => (named ? `${path} named` : path));
    const all = await load(root, ["a.py", "b", "b/other.sh"]);
    expect(targetsOf(all)).toEqual(["a.py"]);
    expect(beside(all)).toEqual(["b/Notebook.ipynb", "b/conf.yml", "b/other.sh named", "b/run.sh"]);
    expect(beside(await load(root, ["c"]))).toEqual(["c/run.sh"]);
  });

  it("takes a named file whatever its name and whatever git ignores", async () => {
    const root = makeRepository({ ".gitignore": "*.py\n", "a.py": recipe, recipe });
    expect(targetsOf(await load(root, ["a.py", "recipe"]))).toEqual(["a.py", "recipe"]);
  });

  it("takes a file once, however often it is reached", async () => {
    const root = makeRepository({ "recipes/a.py": recipe });
    link(root, "recipes/b.py", "a.py");
    link(root, "recipes/loop", "..");
    expect(targetsOf(await load(root, ["recipes", "recipes/a.py", "./recipes/../recipes"]))).toEqual([
      "recipes/a.py",
    ]);
  });

  it("expands a pattern that no shell expanded", async () => {
    const root = makeTree({ "recipes/a.py": recipe, "recipes/b.py": recipe, "recipes/c.txt": "" });
    expect(targetsOf(await load(root, ["recipes/*.py"]))).toEqual(["recipes/a.py", "recipes/b.py"]);
  });

  it("reports paths from the working directory, upwards too", async () => {
    const root = makeRepository({ "recipes/a.py": recipe, "docs/x.md": "" });
    expect(targetsOf(await load(`${root}/docs`, ["../recipes"]))).toEqual(["../recipes/a.py"]);
  });

  it("leaves out what the configuration excludes, unless it is named", async () => {
    const config = '[tool.bridgemod]\nexclude = ["legacy/", "*_old.py"]\n';
    const files = { "a.py": recipe, "a_old.py": recipe, "legacy/b.py": recipe, ".gitignore": "!*.py\n" };
    const root = makeRepository({ "pyproject.toml": config, ...files });
    expect(targetsOf(await load(root, ["."]))).toEqual(["a.py"]);
    expect(targetsOf(await load(root, ["legacy", "a_old.py"]))).toEqual(["a_old.py", "legacy/b.py"]);
  });
});

describe("symlinks", () => {
  it("skips one that leaves the project, with the reason", async () => {
    const outside = makeTree({ "b.py": recipe });
    const root = makeRepository({ "recipes/a.py": recipe });
    link(root, "recipes/b.py", `${outside}/b.py`);
    link(root, "recipes/all", outside);
    link(root, "recipes/none.py", "nowhere.py");
    const project = await load(root, ["recipes"]);
    expect(targetsOf(project)).toEqual(["recipes/a.py"]);
    expect(reasonsOf(project)).toEqual({
      "recipes/all": "skipped: a symbolic link that leaves the project",
      "recipes/b.py": "skipped: a symbolic link that leaves the project",
      "recipes/none.py": "skipped: a symbolic link that leads nowhere: no such file or directory",
    });
  });

  it("refuses one that leaves the project when it is named", async () => {
    const outside = makeTree({ "b.py": recipe });
    const root = makeRepository({ "a.py": recipe });
    link(root, "b.py", `${outside}/b.py`);
    link(root, "all", outside);
    await expect(load(root, ["b.py"])).rejects.toThrow("a symbolic link that leaves the project");
    await expect(load(root, ["all/b.py"])).rejects.toThrow("a symbolic link that leaves the project");
    await expect(load(root, ["all"])).rejects.toThrow("a symbolic link that leaves the project");
  });

  it("is not led around in circles", async () => {
    const root = makeRepository({ "recipes/a.py": recipe });
    link(root, "recipes/x.py", "y.py");
    link(root, "recipes/y.py", "x.py");
    link(root, "recipes/self", ".");
    const project = await load(root, ["recipes"]);
    expect(targetsOf(project)).toEqual(["recipes/a.py"]);
    expect(reasonsOf(project)["recipes/x.py"]).toContain("too many levels");
  });

  it("follows a directory inside the project and reports the real path", async () => {
    const root = makeRepository({ "shared/a.py": recipe, "recipes/b.py": recipe });
    link(root, "recipes/shared", "../shared");
    expect(targetsOf(await load(root, ["recipes"]))).toEqual(["recipes/b.py", "shared/a.py"]);
  });
});

describe("the project around the targets", () => {
  it("brings the files that mention recipes, and lists all", async () => {
    const root = makeRepository({ "recipes/a.py": recipe, "lib/b.py": recipe, "lib/c.py": "x = 1\n" });
    const { input } = await load(root, ["recipes"]);
    expect(input.files.map(({ path }) => path)).toEqual(["recipes/a.py", "lib/b.py"]);
    expect([...input.listing].sort()).toEqual(["lib/b.py", "lib/c.py", "recipes/a.py"]);
    expect(input.read("lib/c.py")).toBe("x = 1\n");
    expect(input.read("lib/d.py")).toBeNull();
  });

  it("ends at the nearest project file where there is no git", async () => {
    const root = makeTree({ "x.py": recipe, "p/pyproject.toml": "", "p/r/a.py": recipe, "p/b.py": recipe });
    const { input } = await load(root, ["p/r/a.py"]);
    expect(input.files.map(({ path }) => path)).toEqual(["p/r/a.py", "p/b.py"]);
  });

  it("does not parse what cannot matter in a large tree, but all of a small one", async () => {
    const root = makeRepository({ "a.py": recipe, "b.py": "x = 1\n" });
    expect(targetsOf(await load(root, ["."]))).toEqual(["a.py", "b.py"]);
    put(root, "big.py", `x = 1\n${"# ".repeat(600_000)}\n`);
    const project = await load(root, ["."]);
    expect(targetsOf(project)).toEqual(["a.py"]);
    expect(reasonsOf(project)).toEqual({ "b.py": "unchanged: ", "big.py": "unchanged: " });
    expect(targetsOf(await load(root, [".", "b.py"]))).toEqual(["a.py", "b.py"]);
  });

  it("declares the import roots of pyproject.toml", async () => {
    const setuptools = '[tool.setuptools.packages.find]\nwhere = ["lib", "none"]\n';
    const root = makeRepository({ "pyproject.toml": setuptools, "lib/a.py": recipe });
    expect((await load(root, ["."])).input.importRoots).toEqual(["lib"]);
    put(root, "pyproject.toml", '[tool.hatch.build.targets.wheel]\npackages = ["lib/recipes"]\n');
    expect((await load(`${root}/lib`, ["."])).input.importRoots).toEqual(["."]);
  });
});
