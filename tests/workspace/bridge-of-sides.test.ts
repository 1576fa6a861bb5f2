import { describe, expect, it, vi } from "vitest";
import type { ChangeInput } from "../../src/project.ts";
import { loadReview } from "../../src/workspace/review-input.ts";
import { bridgeTree } from "./bridge-trees.ts";
import { known, open } from "./open.ts";
import { git, makeRepository, makeTree, put, recipe } from "./temp-tree.ts";

vi.setConfig({ testTimeout: 60_000 });

const MIXED = "megatron/bridge/training/mixed_precision.py";

async function changeIn(root: string, patch: string | null = null): Promise<ChangeInput> {
  return loadReview(await open(root, ["."]), {
    range: patch === null ? "HEAD" : null,
    staged: false,
    patch: patch === null ? null : { name: "-", text: patch },
    bridge: null,
    knownVersions: known,
    mentionsRecipes: (bytes) => bytes.includes("megatron.bridge"),
  });
}

function commitAll(root: string): void {
  git(root, "add", "-A");
  git(root, "commit", "-qm", "next");
}

/** Whether the sources that a side is read with are those of 0.5, of an older version, or none. */
function sourcesOf({ before, after }: ChangeInput): string[] {
  return [before, after].map(({ library }) => {
    const text = library[0]?.read(MIXED);
    return text === undefined || text === null ? "none" : text.includes("fp4_param_gather") ? "0.5" : "0.4";
  });
}

function requirement(version: string): string {
  return `megatron-bridge==${version}\n`;
}

describe("an installed Bridge", () => {
  const at = ".venv/lib/python3.12/site-packages/megatron/bridge";

  it("serves the side of its version alone", async () => {
    const root = makeRepository({
      "a.py": recipe,
      ".gitignore": ".venv\n",
      "requirements.txt": requirement("0.3.1"),
    });
    for (const [path, text] of Object.entries(bridgeTree(at, "0.5", "0.5.1"))) put(root, path, text);
    put(root, "requirements.txt", requirement("0.5.1"));
    const up = await changeIn(root);
    expect(up).toMatchObject({ shift: { label: "Bridge 0.3.1 → 0.5.1", isInDiff: false } });
    expect(sourcesOf(up)).toEqual(["none", "0.5"]);
    commitAll(root);
    put(root, "requirements.txt", requirement("0.6.2"));
    const further = await changeIn(root);
    expect(further).toMatchObject({ shift: { label: "Bridge 0.5.1 → 0.6.2" } });
    expect(sourcesOf(further)).toEqual(["0.5", "none"]);
  });

  it("serves both where nothing else tells, and where both ask for the same", async () => {
    const root = makeRepository({ "a.py": recipe, ".gitignore": ".venv\n" });
    for (const [path, text] of Object.entries(bridgeTree(at, "0.5", "0.5.1"))) put(root, path, text);
    const untold = await changeIn(root);
    expect(untold).toMatchObject({ shift: null, before: { bridge: { version: "0.5.1" } }, namesBoth: false });
    expect(sourcesOf(untold)).toEqual(["0.5", "0.5"]);
    put(root, "requirements.txt", requirement("0.3.1"));
    commitAll(root);
    const pinned = await changeIn(root);
    expect(pinned).toMatchObject({ shift: null, after: { bridge: { version: "0.3.1" } } });
    expect(sourcesOf(pinned)).toEqual(["0.5", "0.5"]);
  });
});

describe("Bridge among the files of the project", () => {
  it("is that of each side, and part of the diff", async () => {
    const root = makeRepository({ "a.py": recipe, ...bridgeTree("src/megatron/bridge", "0.4", "0.3.1") });
    for (const [path, text] of Object.entries(bridgeTree("src/megatron/bridge", "0.5", "0.5.1")))
      put(root, path, text);
    const change = await changeIn(root);
    expect(change).toMatchObject({ shift: { label: "Bridge 0.3.1 → 0.5.1", isInDiff: true } });
    expect(sourcesOf(change)).toEqual(["0.4", "0.5"]);
  });
});

describe("Bridge in a submodule", () => {
  /** A project whose submodule is at an older Bridge at HEAD, and its two commits. */
  function withSubmodule(): { root: string; old: string; now: string } {
    const origin = makeRepository(bridgeTree("src/megatron/bridge", "0.4", "0.3.1"));
    const old = git(origin, "rev-parse", "HEAD").trim();
    for (const [path, text] of Object.entries(bridgeTree("src/megatron/bridge", "0.5", "0.5.1")))
      put(origin, path, text);
    commitAll(origin);
    const now = git(origin, "rev-parse", "HEAD").trim();
    const root = makeRepository({ "a.py": recipe });
    git(
      root,
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "add",
      "-q",
      origin,
      "3rdparty/Megatron-Bridge",
    );
    git(`${root}/3rdparty/Megatron-Bridge`, "checkout", "-q", old);
    commitAll(root);
    return { root, old, now };
  }

  it("is read at the commit of each side", async () => {
    const { root, now } = withSubmodule();
    git(`${root}/3rdparty/Megatron-Bridge`, "checkout", "-q", now);
    const change = await changeIn(root);
    expect(change).toMatchObject({ shift: { label: "Bridge 0.3.1 → 0.5.1", isInDiff: false } });
    expect(change.after.bridge.from).toBe("3rdparty/Megatron-Bridge/src/megatron/bridge, by its features");
    expect(sourcesOf(change)).toEqual(["0.4", "0.5"]);
    const patch = git(root, "diff");
    git(root, "submodule", "update", "-q");
    const patched = await changeIn(root, patch);
    expect(patched.shift).toEqual(change.shift);
    expect(sourcesOf(patched)).toEqual(["0.4", "0.5"]);
  });

  it("is told apart by its commits where the version is the same", async () => {
    const { root, old, now } = withSubmodule();
    put(root, "requirements.txt", requirement("0.5.1"));
    commitAll(root);
    git(`${root}/3rdparty/Megatron-Bridge`, "checkout", "-q", now);
    const change = await changeIn(root);
    expect(change.shift?.label).toBe(`Bridge 0.5.1 at ${old.slice(0, 9)} → ${now.slice(0, 9)}`);
    expect(sourcesOf(change)).toEqual(["0.4", "0.5"]);
  });

  it("is said not to be there where its commit was not fetched", async () => {
    const { root, old } = withSubmodule();
    const absent = "1".repeat(40);
    const patch = `diff --git a/3rdparty/Megatron-Bridge b/3rdparty/Megatron-Bridge\nindex ${old.slice(0, 7)}..1111111 160000\n--- a/3rdparty/Megatron-Bridge\n+++ b/3rdparty/Megatron-Bridge\n@@ -1 +1 @@\n-Subproject commit ${old}\n+Subproject commit ${absent}\n`;
    const change = await changeIn(root, patch);
    expect(change.shift).toBeNull();
    expect(change.namesBoth).toBe(true);
    expect(change.after.bridge.from).toContain(
      "3rdparty/Megatron-Bridge is at 111111111, which is not fetched here",
    );
  });

  it("is what is checked out where it stays", async () => {
    const { root } = withSubmodule();
    const change = await changeIn(root);
    expect(change).toMatchObject({ shift: null, before: { bridge: { version: "0.3.1" } }, namesBoth: false });
    expect(sourcesOf(change)).toEqual(["0.4", "0.4"]);
  });
});

it("reads no other repository for a submodule that is something else", async () => {
  const other = makeTree({ "x.py": "" });
  git(other, "init", "-q");
  commitAll(other);
  const root = makeRepository({ "a.py": recipe, "requirements.txt": requirement("0.5.1") });
  git(root, "-c", "protocol.file.allow=always", "submodule", "add", "-q", other, "tools");
  const change = await changeIn(root);
  expect(change).toMatchObject({ shift: null, after: { bridge: { version: "0.5.1" } } });
  expect(sourcesOf(change)).toEqual(["none", "none"]);
});
