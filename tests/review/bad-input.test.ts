import { describe, expect, it, vi } from "vitest";
import { git, makeRepository, makeTree, put, textOf, type Tree } from "../workspace/temp-tree.ts";
import { bridgemod, commit, edit, lab, labRepository } from "./repository.ts";

// Real git repositories and processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000 });

/** The error and the next step of a command that must end with exit code 2 and no result. */
async function refusal(root: string, argv: readonly string[], stdin = ""): Promise<string> {
  const { code, out, err } = await bridgemod(root, argv, stdin);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  return err.replaceAll(root, "ROOT");
}

function onBranch(files: Tree, name: string): string {
  const root = makeTree(files);
  git(root, "init", "-q", "-b", name);
  git(root, "add", "-A");
  git(root, "commit", "-qm", "start");
  return root;
}

describe("review refuses", () => {
  it("what is in no repository", async () => {
    expect(await refusal(makeTree(lab), ["review"])).toBe(
      "error: ROOT: not in a git repository\nnext: run it where the recipes' repository is checked out\n",
    );
  });

  it("a repository without commits", async () => {
    const root = makeTree(lab);
    git(root, "init", "-q");
    expect(await refusal(root, ["review"])).toContain(
      "error: ROOT: the repository has no commit yet\nnext: ",
    );
  });

  it.each([
    [["wrok"], 'error: unknown revision "wrok"\nnext: did you mean "work"?\n'],
    [["main..wrok"], 'error: unknown revision "wrok"\nnext: did you mean "work"?\n'],
    [["recipes"], 'error: unknown revision "recipes"\nnext: name a revision, not a path'],
    [["--staged", "main..work"], "error: main..work: --staged compares a commit with the index"],
    [["--patch", "x.diff", "main"], "error: --patch is compared with the checkout"],
    [["--patch", "no.diff"], "error: no.diff: cannot be read: no such file or directory\nnext: "],
    [
      ["--fail-on", "activted"],
      'error: unknown value "activted" for --fail-on\nnext: did you mean "activated"?',
    ],
    [["--codemod", "move-precison-knobs"], 'did you mean "move-precision-knobs"?'],
    [["--stdin-filename", "a.py"], "error: review reads no file from stdin"],
    [["--format", "jsn"], 'did you mean "json"?'],
    [["main", "work"], "error: "],
  ])("%j", async (argv, said) => {
    expect(await refusal(labRepository(), ["review", ...argv])).toContain(said);
  });

  it("to guess the main branch", async () => {
    const root = onBranch(lab, "trunk");
    expect(await refusal(root, ["review"])).toContain("next: name the revision to compare with");
    expect((await bridgemod(root, ["review", "trunk"])).code).toBe(0);
    git(root, "update-ref", "refs/remotes/origin/trunk", "HEAD");
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
    expect((await bridgemod(root, ["review"])).code).toBe(0);
  });

  it("histories without a common commit", async () => {
    const root = labRepository();
    git(root, "checkout", "-q", "--orphan", "other");
    git(root, "commit", "-qm", "other");
    expect(await refusal(root, ["review"])).toContain("no commit in common here\nnext: fetch more history");
  });

  it("an unresolved merge", async () => {
    const root = labRepository();
    edit(root, "recipes/fast.py", ["False", "True"]);
    commit(root);
    git(root, "checkout", "-q", "main");
    edit(root, "recipes/fast.py", ["False", "None"]);
    commit(root);
    expect(() => git(root, "merge", "-q", "work")).toThrow();
    for (const argv of [[], ["--staged"]]) {
      expect(await refusal(root, ["review", ...argv])).toContain(
        "error: recipes/fast.py: has a merge conflict that is not resolved\nnext: resolve it and `git add`",
      );
    }
    expect((await bridgemod(root, ["review", "main..work"])).code).toBe(0);
  });

  it("a patch that does not apply", async () => {
    const root = labRepository();
    edit(root, "recipes/fast.py", ["grad_reduce_in_fp32 = False", "grad_reduce_in_fp32 = True"]);
    const patch = git(root, "diff");
    const applied = await refusal(root, ["review", "--patch", "-"], patch);
    expect(applied).toContain(
      "error: stdin: does not apply: recipes/fast.py does not hold the lines that it changes\nnext: ",
    );
    const elsewhere = patch.replaceAll("recipes/fast.py", "recipes/gone.py");
    expect(await refusal(root, ["review", "--patch", "-"], elsewhere)).toContain(
      "recipes/gone.py is not in the checkout",
    );
    expect(await refusal(root, ["review", "--patch", "-"], "hello\n")).toContain(
      "error: stdin: holds no patch",
    );
    expect(await refusal(root, ["review", "--patch", "-"], patch.replace("@@ -", "@@ -9"))).not.toBe("");
    expect(await refusal(root, ["review", "--patch", "-"], patch.replace("+    cfg", "*    cfg"))).toContain(
      "error: stdin: not a unified diff: ",
    );
  });
});

describe("review of what cannot be read", () => {
  it("judges the rest, names the file, and ends with 2", async () => {
    const root = labRepository();
    edit(root, "recipes/base.py", ["micro_batch_size = 1", "micro_batch_size = 4"]);
    put(root, "recipes/fast.py", "def fast_config(:\n");
    const { code, out, err } = await bridgemod(root, ["review", "--format", "json"]);
    expect(code).toBe(2);
    expect(err).toContain("error: recipes/fast.py:1: ");
    const { recipes, skipped } = JSON.parse(out) as { recipes: object[]; skipped: object[] };
    expect(recipes).toMatchObject([
      { recipe: "recipes.small.small_config", status: "changed" },
      { recipe: "recipes.small.tiny_config", status: "changed" },
    ]);
    expect(skipped).toMatchObject([{ file: "recipes/fast.py", reason: expect.stringMatching(/^line 1: /) }]);
  });

  it("says that a file was mended", async () => {
    const root = labRepository({ "recipes/fast.py": "def fast_config(:\n" });
    put(root, "recipes/fast.py", String(lab["recipes/fast.py"]));
    const { code, out } = await bridgemod(root, ["review"]);
    expect(code).toBe(0);
    expect(out).toContain("recipes/fast.py\n  skipped: before the change: line 1: ");
  });

  it("passes over what was broken all along", async () => {
    const root = labRepository({
      "old/py2.py": "print 'megatron.bridge'\n",
      "old/bad.py": Buffer.from([0xff]),
    });
    edit(root, "recipes/base.py", ["micro_batch_size = 1", "micro_batch_size = 4"]);
    expect((await bridgemod(root, ["review"])).code).toBe(0);
  });
});

describe("files by git", () => {
  it("are those that differ from a revision, new ones included and deleted ones not", async () => {
    const root = labRepository({ "recipes/gone.py": "x = 1\n" });
    edit(root, "recipes/fast.py", ["False", "None"]);
    commit(root);
    put(root, "recipes/new.py", textOf(root, "recipes/small.py"));
    git(root, "rm", "-q", "recipes/gone.py");
    const { err } = await bridgemod(root, ["check", "--since", "main"]);
    expect(err).toContain("2 files: ");
    expect((await bridgemod(root, ["check", "--since", "HEAD"])).err).toContain("1 file: ");
    expect((await bridgemod(root, ["check", "--since", "main", "recipes/fast.py"])).err).toContain(
      "1 file: ",
    );
    const explained = await bridgemod(root, ["explain", "--since", "HEAD", "--format", "json"]);
    expect((JSON.parse(explained.out) as { recipes: object[] }).recipes).toMatchObject([
      { file: "recipes/new.py" },
      { file: "recipes/new.py" },
    ]);
  });

  it("are those that are staged, as they are on disk", async () => {
    const root = labRepository();
    edit(root, "recipes/small.py", ["layers > 8", "layers > 9"]);
    git(root, "add", "-A");
    edit(root, "recipes/fast.py", ["False", "None"]);
    const { code, err } = await bridgemod(root, ["check", "--staged"]);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining("1 file: ") });
    put(root, "recipes/small.py", `${textOf(root, "recipes/small.py")}\n\n`);
    expect((await bridgemod(root, ["check", "--staged"])).err).toContain(
      "warning: recipes/small.py changed after staging; what is on disk is looked at",
    );
  });

  it("may be beside Python, where they say something about a launch", async () => {
    const root = labRepository();
    put(root, "launch.sh", "export CUDA_DEVICE_MAX_CONNECTIONS=1\ntorchrun train.py\n");
    put(root, "other.sh", "make\n");
    put(root, "ci.yml", Buffer.from([0xff]));
    for (const command of [["check"], ["migrate", "--allow-dirty"]]) {
      const { code, out, err } = await bridgemod(root, [...command, "--since", "main"]);
      expect(code).toBe(0);
      expect(out).toContain("launch.sh\n  1  info  move-launch-env/launched-environment\n");
      expect(err).toContain("1 file: ");
    }
    const explained = await bridgemod(root, ["explain", "--since", "main"]);
    expect({ code: explained.code, out: explained.out }).toEqual({ code: 0, out: "" });
    git(root, "add", "launch.sh", "other.sh");
    expect((await bridgemod(root, ["check", "--staged"])).out).toContain("launch.sh\n");
    expect((await bridgemod(root, ["check", "--staged", "recipes"])).out).toBe("");
    const listed = await bridgemod(root, ["check", "--files-from", "-"], "launch.sh\nother.sh\n");
    expect(listed.out).toContain("launch.sh\n");
    expect(listed.err).toContain("1 of the 2 files are no Python and say nothing about a launch");
  });

  it("are none at all when nothing changed", async () => {
    const root = labRepository();
    for (const command of ["check", "migrate", "explain"]) {
      const { code, out, err } = await bridgemod(root, [command, "--since", "main", "--format", "json"]);
      expect(code).toBe(0);
      expect(err).toContain("no Python file changed");
      expect(Object.values(JSON.parse(out) as object)).toContainEqual([]);
    }
  });

  it("come from a list, by lines or NUL bytes", async () => {
    const root = labRepository({ "recipes/a b é.py": String(lab["recipes/fast.py"]), "README.md": "" });
    const lines = "recipes/a b é.py\nrecipes/small.py\nREADME.md\n";
    const { code, err } = await bridgemod(root, ["check", "--files-from", "-"], lines);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining("2 files: 1 would change") });
    expect(err).toContain("1 of the 3 files are no Python and say nothing about a launch");
    put(root, "list", lines.replaceAll("\n", "\0"));
    expect((await bridgemod(root, ["check", "-z", "--files-from", "list"])).err).toContain("2 files: ");
    const migrated = await bridgemod(root, ["migrate", "--files-from", "-"], "recipes/fast.py\n");
    expect(migrated.code).toBe(0);
    expect(textOf(root, "recipes/a b é.py")).toBe(lab["recipes/fast.py"]);
  });

  it.each([
    [
      ["check", "--files-from", "-"],
      "recipes/no.py\n",
      "error: recipes/no.py: no such file or directory\nnext: ",
    ],
    [["check", "--files-from", "no.txt"], "", "error: no.txt: cannot be read: no such file or directory"],
    [["check", "--files-from", "-", "recipes"], "", "error: recipes: --files-from names the files"],
    [["check", "-z"], "", "next: add --files-from FILE or -"],
    [["check", "--since", "nain"], "", 'did you mean "main"?'],
    [["check", "--since", "main", "--staged"], "", "exclude each other"],
    [["migrate", "--staged", "-"], "", "exclude each other"],
  ])("%j", async (argv, stdin, said) => {
    expect(await refusal(labRepository(), argv, stdin)).toContain(said);
  });

  it("need a repository", async () => {
    const root = makeTree(lab);
    expect(await refusal(root, ["check", "--since", "main"])).toContain("not in a git repository");
    expect(await refusal(root, ["check", "--staged"])).toContain("not in a git repository");
    expect((await bridgemod(makeRepository(lab), ["check", "--staged"])).code).toBe(0);
  });
});
