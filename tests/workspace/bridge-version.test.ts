import { describe, expect, it } from "vitest";
import {
  specifierInLock,
  specifierInProject,
  specifierInRequirements,
} from "../../src/workspace/requirement.ts";
import { knownWithinMinor, newestAllowed } from "../../src/workspace/version-catalog.ts";
import { bridgeTree } from "./bridge-trees.ts";
import { known, load } from "./open.ts";
import { makeRepository, makeTree, recipe, type Tree } from "./temp-tree.ts";

async function bridgeOf(files: Tree, options: { bridge?: string; path?: string } = {}) {
  const root = makeRepository({ "recipes/a.py": recipe, ...files });
  const { bridge, path } = options;
  return (await load(root, [path ?? "recipes"], bridge === undefined ? {} : { bridge })).input;
}

describe("which Bridge", () => {
  it("is the newest known when nothing says", async () => {
    expect((await bridgeOf({})).bridge).toEqual({
      version: "0.6.2",
      from: "the newest version known",
      assumed: true,
    });
  });

  it("is what --bridge says, before all else", async () => {
    const lock = { "uv.lock": '[[package]]\nname = "megatron-bridge"\nversion = "0.5.1"\n' };
    expect((await bridgeOf(lock, { bridge: "0.4.2" })).bridge).toEqual({
      version: "0.4.2",
      from: "--bridge",
    });
    expect((await bridgeOf(lock, { bridge: "v0.6" })).bridge).toEqual({ version: "0.6.2", from: "--bridge" });
    const near = { version: "0.6.2", from: "--bridge: 0.6.7, nearest known 0.6.2" };
    expect((await bridgeOf(lock, { bridge: "0.6.7" })).bridge).toEqual(near);
  });

  it("refuses a version of an unknown minor, and a directory without Bridge", async () => {
    await expect(bridgeOf({}, { bridge: "0.9.1" })).rejects.toThrow('unknown Bridge version "0.9.1"');
    await expect(bridgeOf({}, { bridge: "./recipes" })).rejects.toThrow("holds no megatron/bridge");
    await expect(bridgeOf({}, { bridge: "./nowhere" })).rejects.toThrow("no such directory");
    await expect(bridgeOf({}, { bridge: "newest" })).rejects.toThrow('unknown Bridge version "newest"');
  });

  it("is probed where --bridge names a directory, which is a library then", async () => {
    const tree = bridgeTree("b/src/megatron/bridge", "0.6", "0.6.1");
    const { bridge, library } = await bridgeOf(tree, { bridge: "./b" });
    expect(bridge).toEqual({ version: "0.6.0", from: "--bridge b, by its features" });
    expect(library.map(({ path }) => path.endsWith("/b/src"))).toEqual([true]);
    expect(library[0]?.read("megatron/bridge/recipes/common.py")).toBe("x = 1\n");
    expect(library[0]?.read("megatron/bridge/recipes/none.py")).toBeNull();
  });

  it("is what the nearest project file pins", async () => {
    const files = {
      "uv.lock": '[[package]]\nname = "megatron-bridge"\nversion = "0.5.1"\nsource = { registry = "x" }\n',
      "recipes/requirements-dev.txt": "torch\nmegatron-bridge==0.4.2\n",
    };
    expect((await bridgeOf(files)).bridge).toEqual({
      version: "0.4.2",
      from: "recipes/requirements-dev.txt",
    });
    const { "uv.lock": lock } = files;
    expect((await bridgeOf({ "uv.lock": lock })).bridge).toEqual({ version: "0.5.1", from: "uv.lock" });
  });

  it("is probed in an installation, whatever that calls itself", async () => {
    const at = ".venv/lib/python3.12/site-packages";
    const tree = bridgeTree(`${at}/megatron/bridge`, "0.5", "0.9.0");
    const { bridge, library } = await bridgeOf(tree);
    expect(bridge).toEqual({ version: "0.5.1", from: `${at}/megatron/bridge, by its features` });
    expect(library).toHaveLength(1);
    const wheel = { ...tree, [`${at}/megatron_bridge-0.4.2.dist-info/METADATA`]: "" };
    expect((await bridgeOf(wheel)).bridge.version).toBe("0.4.2");
  });

  it.each(["lib/megatron/bridge/recipes", "lib/megatron/bridge/recipes/common.py"])(
    "is the one that %s lies in, without git or a project file, seen from anywhere",
    async (path) => {
      const root = makeTree(bridgeTree("lib/megatron/bridge", "0.5", "0.5.1"));
      const { input } = await load(root, [path]);
      expect(input.bridge).toEqual({ version: "0.5.1", from: "lib/megatron/bridge, by its features" });
      expect(input.library).toHaveLength(1);
      expect(input.listing).toContain("lib/megatron/bridge/training/config.py");
    },
  );

  it.each(["/env/", "*.py\n!recipes/"])("is so where git leaves it out, too: %j", async (ignored) => {
    const files = {
      ".gitignore": ignored,
      "uv.lock": '[[package]]\nname = "megatron-bridge"\nversion = "0.6.2"\n',
    };
    const root = makeRepository({
      ...files,
      ...bridgeTree("env/site-packages/megatron/bridge", "0.5", "0.5.1"),
    });
    const { input } = await load(root, ["env/site-packages/megatron/bridge/recipes"]);
    expect(input.bridge).toEqual({
      version: "0.5.1",
      from: "env/site-packages/megatron/bridge, by its features",
    });
    expect(input.listing).toContain("env/site-packages/megatron/bridge/training/config.py");
  });

  it("is probed in the project's own sources", async () => {
    const lock = {
      "uv.lock": '[[package]]\nname = "megatron-bridge"\nversion = "0.1.0"\nsource = { editable = "." }\n',
    };
    const tree = { ...bridgeTree("src/megatron/bridge", "0.6", "0.6.1"), ...lock };
    const expected = { version: "0.6.0", from: "src/megatron/bridge, by its features" };
    expect((await bridgeOf(tree)).bridge).toEqual(expected);
    expect((await bridgeOf(bridgeTree("src/megatron/bridge", "0.4", "0.4.0"))).bridge.version).toBe("0.3.1");
  });

  it("follows an editable installation", async () => {
    const checkout = makeTree(bridgeTree("src/megatron/bridge", "0.5", "0.5.1"));
    const pth = {
      ".venv/lib/python3.12/site-packages/__editable__.megatron_bridge-0.5.1.pth": `${checkout}/src\n`,
    };
    const { bridge, library } = await bridgeOf(pth);
    expect(bridge.version).toBe("0.5.1");
    expect(library[0]?.path).toBe(`${checkout}/src`);
  });
});

describe("requirements", () => {
  it.each([
    [
      'name = "megatron-bridge"\nversion = "0.6.1"\nsource = { git = "https://x?tag=v0.6.0#51885c" }\n',
      "==0.6.0",
    ],
    ['name = "megatron-bridge"\nversion = "0.5.0"\n\n[[package]]\nname = "x"\nversion = "9"\n', "==0.5.0"],
    ['name = "megatron-core"\nversion = "0.5.0"\n', null],
  ])("reads uv.lock: %j", (text, expected) => {
    expect(specifierInLock(`[[package]]\n${text}`)).toBe(expected);
  });

  it.each([
    [
      '[project]\nname = "x"\ndependencies = ["torch", "Megatron_Bridge[te] >=0.5, <0.7 ; python_version > \'3\'"]\n',
      ">=0.5, <0.7",
    ],
    [
      '[project]\ndependencies = ["megatron-bridge"]\n[dependency-groups]\ndev = ["megatron-bridge~=0.5.0"]\n',
      "~=0.5.0",
    ],
    ['[tool.poetry.dependencies]\nmegatron-bridge = "^0.5.1"\n', ">=0.5.1,<0.6"],
    [
      '[project]\ndependencies = ["megatron-bridge>=0.3"]\n[tool.uv.sources]\nmegatron-bridge = { git = "x", tag = "v0.4.2" }\n',
      "==0.4.2",
    ],
    [
      '[project]\ndependencies = ["megatron-bridge @ git+https://github.com/NVIDIA-NeMo/Megatron-Bridge@v0.6.0"]\n',
      "==0.6.0",
    ],
    ['[project]\nname = "megatron-bridge"\n', null],
    ["[project\nmegatron-bridge", null],
  ])("reads pyproject.toml: %j", (text, expected) => {
    expect(specifierInProject(text)).toBe(expected);
  });

  it.each([
    ["# megatron-bridge==0.1\nmegatron-bridge >= 0.5 # why\n", ">= 0.5"],
    ["git+https://github.com/NVIDIA-NeMo/Megatron-Bridge.git@v0.4.2#egg=x\n", "==0.4.2"],
    ["megatron-bridge\n", null],
    ["megatron-bridge-extras==1.0\n", null],
  ])("reads requirements.txt: %j", (text, expected) => {
    expect(specifierInRequirements(text)).toBe(expected);
  });

  it.each([
    ["==0.6.7", "0.6.2"],
    [">=0.5,<0.6", "0.5.1"],
    [">=0.5", "0.6.2"],
    ["~=0.6.0", "0.6.2"],
    ["==0.6.*", "0.6.2"],
    [">=0.7", "0.7.0.dev0"],
    ["==0.7.0", "0.7.0.dev0"],
    ["==0.8.0", "0.7.0.dev0"],
    ["<0.6", "0.5.1"],
    ["==0.1.0rc4", "0.1.0rc4"],
  ])("finds the newest known for %s", (specifier, version) => {
    expect(newestAllowed(specifier, known)?.version).toBe(version);
  });

  it("knows the nearest within a minor", () => {
    expect(knownWithinMinor("0.6.1", known)).toEqual({
      version: "0.6.0",
      note: "0.6.1, nearest known 0.6.0",
    });
    expect(knownWithinMinor("0.4.0", known)?.version).toBe("0.4.2");
    expect(knownWithinMinor("0.7.0", known)).toEqual({
      version: "0.7.0.dev0",
      note: "0.7.0, nearest known 0.7.0.dev0",
    });
    expect(knownWithinMinor("0.7", known)?.note).toBe("0.7, nearest known 0.7.0.dev0");
    expect(knownWithinMinor("0.2", known)).toEqual({ version: "0.2.0", note: null });
    expect(knownWithinMinor("0.8.0", known)).toBeNull();
    expect(knownWithinMinor("main", known)).toBeNull();
  });
});
