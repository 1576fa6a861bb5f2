import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis.ts";
import { loadCatalog } from "../../src/bridge/catalog.ts";
import { effectiveOf } from "../../src/effects.ts";
import { mergedJson, toJson } from "../../src/recipe/json-value.ts";
import type { Json } from "../../src/json.ts";
import { DEFAULT_SCENARIOS } from "../../src/policy.ts";
import { openProject } from "../../src/project.ts";
import { loadPythonParser } from "../../src/python/parser.ts";
import { NONE } from "../../src/recipe/value.ts";
import { scenariosOf } from "../../src/scenarios.ts";
import { inputOf } from "../memory-run.ts";
import { makeTree } from "../workspace/temp-tree.ts";

const FAKE = join(import.meta.dirname, "fake-bridge");
const parser = await loadPythonParser();
const catalog = await loadCatalog("0.6.2");

const TREE = {
  "configs/small/__init__.py": "from .sizes import SMALL_A, SMALL_B\n",
  "configs/small/sizes.py": "SMALL_A = 1\nSMALL_B = 2\n",
  "configs/small/recipe.py": `from importlib import import_module

from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig


def small_config() -> ConfigContainer:
    here = import_module(".sizes", package=__package__)
    up = import_module("..large", "configs.small")
    return ConfigContainer(ddp=DistributedDataParallelConfig(a=here.SMALL_B, b=up.LARGE_A))
`,
  "configs/large.py": "LARGE_A = 30\n",
  "tools/__init__.py": "",
  "tools/pick.py": `import importlib


def pick(family, name, fallback=None):
    return getattr(importlib.import_module(f"configs.{family}"), name, fallback)
`,
};

/** The recipe of a file beside the tree, and others in it. */
function treeWith(body: string) {
  const text = `import importlib

from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig
from tools.pick import pick


def my_config(unknown_name="") -> ConfigContainer:
    cfg = ConfigContainer(ddp=DistributedDataParallelConfig())
${body.replace(/^/gm, "    ")}
    return cfg
`;
  return { ...TREE, "main.py": text };
}

/** What CPython says. */
function run(tree: Record<string, string>, recipe: string): Json {
  const [module = "", name = ""] = recipe.split(/\.(?=\w+$)/);
  const program = `import json, sys; sys.path[:0] = ["."]; sys.path.append(sys.argv[1])
from importlib import import_module
try:
    ddp = getattr(import_module(${JSON.stringify(module)}), ${JSON.stringify(name)})().ddp
    print(json.dumps([ddp.a, ddp.b, ddp.c]))
except Exception as error:
    print(json.dumps({"raises": f"{type(error).__name__}: {error}"}))
`;
  const output = execFileSync("python3", ["-c", program, FAKE], { cwd: makeTree(tree) });
  return JSON.parse(output.toString()) as Json;
}

/** What the evaluator says. */
function read(tree: Record<string, string>, name: string): Json {
  const library = {
    path: FAKE,
    read: (path: string) => (/config\.py$/.test(path) ? readFileSync(join(FAKE, path), "utf8") : null),
  };
  const input = { ...inputOf(tree), library: [library] };
  const analysis = analyse(openProject(input, parser), catalog, DEFAULT_SCENARIOS);
  const recipe = analysis.byName.get(name) ?? analysis.raising.get(name);
  const [scenario] = recipe ? scenariosOf(analysis, recipe) : [];
  if (!recipe || !scenario) return null;
  const ways = recipe.worlds.map((world) => effectiveOf(world, scenario));
  const raised = ways.find((way) => way.raises !== null);
  if (raised) return { raises: raised.raises };
  return ["ddp.a", "ddp.b", "ddp.c"].map((knob) => {
    return mergedJson(ways.map((way) => toJson(way.declared(knob) ?? NONE)));
  });
}

describe("a module that is imported by a call", () => {
  it.each([
    ["named in place", 'cfg.ddp.a = importlib.import_module("configs.small").SMALL_A'],
    ["named by a helper", 'cfg.ddp.a = pick("small", "SMALL_A")'],
    ["a module itself", 'cfg.ddp.a = importlib.import_module("configs.small.sizes").SMALL_B'],
    ["a name that is not there", 'cfg.ddp.a = pick("small", "SMALL_C", 7)'],
    ["a name of another module", 'cfg.ddp.a = pick("large", "SMALL_A") or pick("large", "LARGE_A")'],
    [
      "hasattr",
      'm = importlib.import_module("configs.large")\ncfg.ddp.a = (hasattr(m, "LARGE_A"), hasattr(m, "B")) == (True, False)',
    ],
    [
      "a second name for the function",
      'from importlib import import_module as load\ncfg.ddp.a = load("configs.large").LARGE_A',
    ],
    ["__import__ gives the top", 'cfg.ddp.a = __import__("configs.large").large.LARGE_A'],
    ["__import__ with names", 'cfg.ddp.a = __import__("configs.large", fromlist=["LARGE_A"]).LARGE_A'],
    ["relative, without a package", 'importlib.import_module(".large")'],
    ["relative, beyond the top", 'importlib.import_module("...large", package="configs.small")'],
    [
      "written before",
      'm = importlib.import_module("configs.large")\nm.LARGE_A = 9\ncfg.ddp.a = pick("large", "LARGE_A")',
    ],
  ])("%s: as CPython has it", (_, body) => {
    const tree = treeWith(body);
    expect(read(tree, "main.my_config")).toEqual(run(tree, "main.my_config"));
  });

  it("is found from inside its package", () => {
    expect(read(TREE, "configs.small.recipe.small_config")).toEqual([2, 30, null]);
    expect(run(TREE, "configs.small.recipe.small_config")).toEqual([2, 30, null]);
  });

  it.each([
    ["a name that a parameter gives", "cfg.ddp.a = importlib.import_module(unknown_name or cfg.x).SMALL_A"],
    ["a module that may not be there", 'cfg.ddp.a = importlib.import_module("elsewhere").SMALL_A'],
    ["a relative one from who knows where", 'cfg.ddp.a = importlib.import_module(".large", cfg.x).LARGE_A'],
    ["levels of __import__", 'cfg.ddp.a = __import__("large", globals(), None, ["x"], 1).LARGE_A'],
  ])("stays unknown: %s", (_, body) => {
    const declared = read(treeWith(body.replace("cfg.x", "open('x').read()")), "main.my_config");
    expect(declared).toMatchObject([{ unknown: expect.any(String) as string }, 1, null]);
  });

  it("may be missing, where somebody is ready for that", () => {
    const body = `try:
    cfg.ddp.a = importlib.import_module("elsewhere").SIZE
    cfg.ddp.b = 5
except ImportError:
    cfg.ddp.b = 6`;
    const [a, b] = read(treeWith(body), "main.my_config") as Json[];
    expect(a).toHaveProperty("unknown");
    expect(b).not.toEqual(5);
  });

  it("leads to recipes that nothing else names", () => {
    const tree = {
      ...TREE,
      "start.py": `from importlib import import_module

cfg = import_module("configs.small.recipe").small_config()
cfg.ddp.c = 4
`,
    };
    expect(read(tree, "module.start")).toEqual([2, 30, 4]);
  });
});

describe("the name of a module below a plain folder", () => {
  const name = (more: Record<string, string>) => {
    const tree = { "configs/small/__init__.py": "", "configs/small/a.py": "", ...more };
    return openProject(inputOf(tree), parser).module("configs/small/a.py")?.name;
  };

  it("goes by what has it imported", () => {
    expect(name({})).toBe("small.a");
    expect(name({ "b.py": 'import_module("configs.small.a")\n' })).toBe("configs.small.a");
    expect(name({ "b.py": 'import_module(f"configs.{size}")\n' })).toBe("configs.small.a");
  });

  it("is its own where anybody imports it by that", () => {
    const both = 'from small.a import x\nimport_module(f"configs.{size}")\n';
    expect(name({ "b.py": both })).toBe("small.a");
    expect(name({ "b.py": 'import_module("configs.large")\n' })).toBe("small.a");
    expect(name({ "b.py": 'print("configs.small")\n' })).toBe("small.a");
  });
});
