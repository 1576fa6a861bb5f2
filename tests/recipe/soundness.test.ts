import fc from "fast-check";
import { expect, it } from "vitest";
import { compareAll, declaredBy } from "./fake-recipes.ts";
import { programs } from "./programs.ts";

const PROGRAMS = 300;

it("never says of a recipe what CPython does not do", () => {
  const seed = Number(process.env["FUZZ_SEED"] ?? 20_261_125);
  const count = Number(process.env["FUZZ_PROGRAMS"] ?? PROGRAMS);
  const sources = fc.sample(programs(), { numRuns: count, seed });
  const { wrong, known } = compareAll(sources.map((source) => ({ "recipe.py": source })));
  expect(wrong.slice(0, 3).join("\n\n")).toBe("");
  // An evaluator that knows nothing is never wrong either.
  expect(known).toBeGreaterThan(0.6);
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
    "lists that double",
    `def recipe():\n    cfg = make()\n    one = [1]\n    two = [1]\n${"    one = one + one\n    two += two\n    two.extend(two)\n".repeat(40)}    cfg.ddp.a = len(one)\n    return cfg\n`,
  ],
  [
    "a text that is put into itself",
    `def recipe():\n    cfg = make()\n    text = "ab"\n    other = "ab"\n    third = "ab"\n${'    text = text.replace("a", text)\n    other = other.join([other, other])\n    third = f"{third}{third}"\n'.repeat(60)}    cfg.ddp.a = text\n    return cfg\n`,
  ],
  [
    "comprehensions in comprehensions",
    "def recipe():\n    cfg = make()\n    cfg.ddp.a = [a for a in range(9000) for b in range(9000) for c in range(9000)]\n    return cfg\n",
  ],
  [
    "many long ranges",
    "def recipe():\n    cfg = make()\n    table = {}\n    for i in range(9000):\n        table[i] = list(range(9000))\n    cfg.ddp.a = table\n    return cfg\n",
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
    `def recipe():\n    cfg = make()\n    cfg.ddp.a = ${"1 + ".repeat(20_000)}1\n    return cfg\n`,
  ],
];

const MAKE =
  "from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig\n\n\ndef make() -> ConfigContainer:\n    return ConfigContainer(ddp=DistributedDataParallelConfig())\n\n\n";

it.each(HOSTILE)("comes to an end over %s", (_, source) => {
  const said = declaredBy({ "recipe.py": MAKE + source });
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
  expect(declaredBy({ "recipe.py": source })).toMatchObject({ "ddp.a": 10_000, "ddp.b": 7 });
});

it("sees through modules that import each other", () => {
  const texts = {
    "one.py": `${MAKE}from two import SIZE\n\nNAME = 3\n\n\ndef recipe():\n    cfg = make()\n    cfg.ddp.a = SIZE\n    return cfg\n`,
    "two.py": "import one\n\nSIZE = 5\n\n\ndef read():\n    return one.NAME\n",
  };
  expect(declaredBy(texts, "one.recipe")).toMatchObject({ "ddp.a": 5 });
});
