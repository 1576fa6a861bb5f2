import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { git, makeTree, put, textOf, type Tree } from "../workspace/temp-tree.ts";

// Every command in a process of its own, on machines that do other things, too.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const cli = resolve("dist/cli.js");
const corpus = resolve(".cache/corpus/0.6.2/bridge/megatron/bridge/recipes/llama");

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
});

/** Circumstances that no result may show: where it runs, how many threads it may use, whose machine it is. */
interface Circumstances {
  readonly jobs: string;
  readonly env: Readonly<Record<string, string>>;
  /** The order in which files come into being. */
  readonly ordered: (paths: readonly string[]) => readonly string[];
}

const here: Circumstances = { jobs: "1", env: { TZ: "UTC", LANG: "C.UTF-8" }, ordered: (paths) => paths };
const elsewhere: Circumstances = {
  jobs: "2",
  env: { TZ: "Pacific/Auckland", LANG: "tr_TR.UTF-8" },
  ordered: (paths) => paths.toReversed(),
};

function treeBelow(folder: string): Tree {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => /\.(py|toml)$/.test(path)).sort();
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** A repository whose working tree holds a change: what `edit` does to it. */
function changedRepository(tree: Tree, edit: (root: string) => void, { ordered }: Circumstances): string {
  const root = makeTree(
    Object.fromEntries(ordered(Object.keys(tree)).map((path) => [path, tree[path] ?? ""])),
  );
  git(root, "init", "-q", "-b", "main");
  git(root, "add", "-A");
  git(root, "commit", "-qm", "start");
  edit(root);
  return root;
}

function outputOf(root: string, argv: readonly string[], { jobs, env }: Circumstances): string {
  const cache = mkdtempSync(join(tmpdir(), "bridgemod-cache-"));
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...argv, "--jobs", jobs], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { PATH: process.env["PATH"], HOME: cache, BRIDGEMOD_CACHE_DIR: cache, ...env },
  });
  expect(status, stderr).toBeLessThan(2);
  return stdout + stderr;
}

const formats = ["text", "json", "sarif", "github", "rdjson", "markdown", "patch", "html"];
const commands: readonly (readonly string[])[] = [
  ...formats.flatMap((format) => ["check", "review"].map((command) => [command, "--format", format])),
  ...["text", "json", "markdown", "html"].map((format) => ["explain", "--format", format]),
  ["check", "--set", "all", "--format", "json"],
  ["explain", "--all", "--world-size", "dp=8,dp=1"],
  ["migrate", "--diff"],
];

describe("the same input gives the same bytes, whatever --jobs says", () => {
  it.each(commands.map((argv) => [argv.join(" "), argv] as const))("examples: %s", (_, argv) => {
    const edit = (root: string) => {
      const text = textOf(root, "recipes/base.py");
      put(root, "recipes/base.py", text.replace("global_batch_size = 256", "global_batch_size = 512"));
    };
    const tree = treeBelow("examples");
    const outputs = [here, elsewhere].map((how) => outputOf(changedRepository(tree, edit, how), argv, how));
    expect(outputs[0]).not.toBe("");
    expect(new Set(outputs).size).toBe(1);
  });

  it("migrate writes the same files, and says the same of them", () => {
    const written = [here, elsewhere].map((how) => {
      const root = changedRepository(treeBelow("examples"), () => undefined, how);
      return [outputOf(root, ["migrate", "--set", "all"], how), treeBelow(root)];
    });
    expect(written[1]).toEqual(written[0]);
    expect(written[0]?.[1]).not.toEqual(treeBelow("examples"));
  });

  it.skipIf(!existsSync(corpus)).each([["check"], ["explain"], ["review"]])(
    "recipes of the published package: %s",
    (command) => {
      const edit = (root: string) => {
        if (command === "review") outputOf(root, ["migrate", "--set", "all", "--bridge", "0.6.2"], here);
      };
      // A package at the very root would be named after the directory.
      const tree = Object.fromEntries(
        Object.entries(treeBelow(corpus)).map(([path, text]) => [`llama/${path}`, text]),
      );
      const outputs = [here, elsewhere].map((how) =>
        outputOf(changedRepository(tree, edit, how), [command, "--format", "json", "--bridge", "0.6.2"], how),
      );
      expect(outputs[1]).toBe(outputs[0]);
      expect(outputs[0]?.length).toBeGreaterThan(1000);
    },
  );
});
