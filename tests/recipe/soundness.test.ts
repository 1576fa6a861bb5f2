import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { judge } from "../../scripts/corpus/values.mjs";
import { analyse } from "../../src/analysis.ts";
import { loadCatalog } from "../../src/bridge/catalog.ts";
import { effectiveOf, mergedJson, type Effective } from "../../src/effects.ts";
import type { Json } from "../../src/json.ts";
import { DEFAULT_SCENARIOS } from "../../src/policy.ts";
import { openProject } from "../../src/project.ts";
import { loadPythonParser } from "../../src/python/parser.ts";
import { toJson } from "../../src/recipe/json-value.ts";
import { scenariosOf } from "../../src/scenarios.ts";
import { inputOf } from "../memory-run.ts";
import { programs } from "./programs.ts";

const FAKE = join(import.meta.dirname, "fake-bridge");
const KNOBS = ["ddp.a", "ddp.b", "ddp.c", "optimizer.a", "optimizer.b"];
const PROGRAMS = 300;

const parser = await loadPythonParser();
const catalog = await loadCatalog("0.6.2");

type Fields = Readonly<Record<string, Json>>;

/** What CPython makes of each program: the fields at the end, or null where it raises. */
function runAll(sources: readonly string[]): (Fields | null)[] {
  const output = execFileSync(
    "python3",
    ["-W", "ignore", join(import.meta.dirname, "run_programs.py"), FAKE],
    {
      input: JSON.stringify(sources),
      maxBuffer: 1 << 28,
    },
  );
  return JSON.parse(output.toString()) as (Fields | null)[];
}

function fakeLibrary() {
  const read = (path: string) => {
    try {
      return readFileSync(join(FAKE, path), "utf8");
    } catch {
      return null;
    }
  };
  return { path: FAKE, read };
}

/** What the evaluator says that the recipe of a program declares. */
function declaredBy(source: string): Fields {
  const input = { ...inputOf({ "recipe.py": source }), library: [fakeLibrary()] };
  const analysis = analyse(openProject(input, parser), catalog, { ...DEFAULT_SCENARIOS, worldSize: "auto" });
  const recipe = analysis.byName.get("recipe.recipe");
  const [scenario] = recipe ? scenariosOf(analysis, recipe) : [];
  if (!recipe || !scenario) return {};
  const ways = recipe.worlds.map((world) => effectiveOf(world, scenario));
  return Object.fromEntries(
    KNOBS.map((knob) => {
      const said = ways.map((way) => declaredIn(way, knob));
      return [knob, recipe.incomplete === null ? mergedJson(said) : { unknown: recipe.incomplete }];
    }),
  );
}

function declaredIn(way: Effective, knob: string): Json {
  if (way.raises !== null) return { raises: way.raises };
  if (!way.container) return { unknown: "no container" };
  const value = way.declared(knob);
  return value ? toJson(value) : { absent: true };
}

it("never says of a recipe what CPython does not do", () => {
  const seed = Number(process.env["FUZZ_SEED"] ?? 20_261_125);
  const count = Number(process.env["FUZZ_PROGRAMS"] ?? PROGRAMS);
  const sources = fc.sample(programs(), { numRuns: count, seed });
  const truths = runAll(sources);
  let known = 0;
  let compared = 0;
  const wrong: string[] = [];
  sources.forEach((source, index) => {
    const truth = truths[index];
    if (!truth) return;
    const ours = declaredBy(source);
    for (const [knob, value] of Object.entries(truth)) {
      const said = ours[knob];
      if (said === undefined) continue;
      compared += 1;
      const verdict = judge(said, value);
      if (verdict === "equal") known += 1;
      if (verdict === "wrong")
        wrong.push(
          `${knob}: ours ${JSON.stringify(said)}, CPython ${JSON.stringify(value)}\n${source.slice(source.indexOf("def helper_0"))}`,
        );
    }
  });
  expect(wrong.slice(0, 3).join("\n\n")).toBe("");
  // An evaluator that knows nothing is never wrong either.
  expect(known / compared).toBeGreaterThan(0.6);
});

/** Programs that would keep an evaluator busy for ever, or in memory beyond measure. */
const HOSTILE: readonly (readonly [string, string])[] = [
  [
    "a function that calls itself",
    "def again(cfg):\n    again(cfg)\n\n\ndef recipe():\n    cfg = make()\n    again(cfg)\n    return cfg\n",
  ],
  [
    "functions that call each other",
    "def one(cfg):\n    two(cfg)\n    two(cfg)\n\n\ndef two(cfg):\n    one(cfg)\n    one(cfg)\n\n\ndef recipe():\n    cfg = make()\n    one(cfg)\n    return cfg\n",
  ],
  [
    "a loop without end",
    "def recipe():\n    cfg = make()\n    while True:\n        cfg.ddp.a += 1\n    return cfg\n",
  ],
  [
    "loops in loops",
    `def recipe():\n    cfg = make()\n${[..."abcdefgh"].map((name, depth) => `${"    ".repeat(depth + 1)}for ${name} in range(1000):\n`).join("")}${"    ".repeat(9)}cfg.ddp.a = a\n    return cfg\n`,
  ],
  [
    "forty open conditions",
    `import os\n\n\ndef recipe():\n    cfg = make()\n${Array.from({ length: 40 }, (_, index) => `    if os.environ.get("V${index}"):\n        print(cfg)\n`).join("")}    return cfg\n`,
  ],
  [
    "a text that doubles",
    `def recipe():\n    cfg = make()\n    text = "x"\n${"    text = text + text\n".repeat(60)}    cfg.ddp.a = text\n    return cfg\n`,
  ],
  [
    "a list that holds itself",
    "def recipe():\n    cfg = make()\n    items = [cfg]\n    items.append(items)\n    cfg.ddp.a = items\n    return cfg\n",
  ],
  [
    "deep nesting",
    `def recipe():\n    cfg = make()\n    cfg.ddp.a = ${"(".repeat(800)}1${")".repeat(800)}\n    return cfg\n`,
  ],
  [
    "a chain of operators",
    `def recipe():\n    cfg = make()\n    cfg.ddp.a = ${"1 + ".repeat(5000)}1\n    return cfg\n`,
  ],
];

const MAKE =
  "from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig\n\n\ndef make() -> ConfigContainer:\n    return ConfigContainer(ddp=DistributedDataParallelConfig())\n\n\n";

it.each(HOSTILE)("comes to an end over %s", (_, source) => {
  const said = declaredBy(MAKE + source);
  for (const value of Object.values(said)) expect(value).not.toBe(undefined);
});

it("takes large files as they come", () => {
  const functions = Array.from(
    { length: 10_000 },
    (_, index) => `def helper_${index}(x):\n    return x + ${index}\n`,
  );
  const table = `TABLE = {\n${Array.from({ length: 60_000 }, (_, index) => `    "key_${index}": ${index},\n`).join("")}}\n`;
  const recipe =
    'def recipe():\n    cfg = make()\n    cfg.ddp.a = helper_9999(1)\n    cfg.ddp.b = TABLE["key_7"]\n    return cfg\n';
  const source = [MAKE, ...functions, table, recipe].join("\n\n");
  expect(source.length).toBeGreaterThan(1_500_000);
  expect(declaredBy(source)).toMatchObject({ "ddp.a": 10_000, "ddp.b": 7 });
});

it("sees through modules that import each other", () => {
  const texts = {
    "one.py": `${MAKE}from two import SIZE\n\nNAME = 3\n\n\ndef recipe():\n    cfg = make()\n    cfg.ddp.a = SIZE\n    return cfg\n`,
    "two.py": "import one\n\nSIZE = 5\n\n\ndef read():\n    return one.NAME\n",
  };
  const analysis = analyse(
    openProject({ ...inputOf(texts), library: [fakeLibrary()] }, parser),
    catalog,
    DEFAULT_SCENARIOS,
  );
  const recipe = analysis.byName.get("one.recipe");
  const [scenario] = recipe ? scenariosOf(analysis, recipe) : [];
  if (!recipe || !scenario) throw new Error("no recipe");
  expect(recipe.worlds.map((world) => declaredIn(effectiveOf(world, scenario), "ddp.a"))).toEqual([5]);
});
