import { expect, it } from "vitest";
import { judge } from "../../scripts/corpus/values.mjs";
import { declaredBy, runAll } from "./fake-recipes.ts";

const MAKE =
  "from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig\n\n\ndef make() -> ConfigContainer:\n    return ConfigContainer(ddp=DistributedDataParallelConfig())\n\n\n";

const CLASSES = `from enum import Enum, IntEnum


class Part(Enum):
    attention = 1
    router = 2
    routing = 2


class Mode(str, Enum):
    fast = "fast"
    safe = "safe"


class Level(IntEnum):
    low = 1
    high = 2


`;

/** What is written for `ddp.a`, which is a bool, a number or a text in CPython. */
const EXPRESSIONS = [
  'Part["attention"] == Part.attention',
  'Part["attention"] == Part["router"]',
  'Part["attention"] is Part["attention"]',
  'Part["routing"] is Part.router',
  'Part["router"].value',
  'Part["router"].name',
  "Part.attention == 1",
  "Part.attention == Part.router",
  "Part.routing == Part.router",
  "Part(2) is Part.router",
  'Mode.fast == "fast"',
  'Mode["fast"] == "fast"',
  'Mode.fast in ("fast", "other")',
  '"fast" in [Mode.fast]',
  'Mode("safe") == Mode.safe',
  'Mode.fast != "fast"',
  "Level.high == 2",
  "Level.high > Level.low",
  "Level.high + 1",
  "len(Part)",
  "len([one for one in Part])",
  "[one.name for one in Part][0]",
  '{Mode.fast: 1}.get("fast")',
  '{"fast": 1}[Mode.fast]',
  "{2: 3}[Level.high]",
  '{"fast": 1, Mode.fast: 2}["fast"]',
  '{"fast": 1, Mode.fast: 2}.pop("fast")',
  '{Mode.fast: 2}.setdefault("fast", 3)',
  '"fast" in {Mode.fast: 2}',
  "{Part.router: 2}.get(Part.routing)",
  "{Part.router: 2}.get(Part.attention, 5)",
  "{1: 2}[True]",
  "isinstance(Mode.fast, str)",
  "isinstance(Part.router, Part)",
  '1 if Part["router"] else 2',
  "1 if Level.low else 2",
  '"a.b.c".rsplit(".", 1)[0]',
  '"a.b.c".rsplit(".", 1)[-1]',
  '"a.b.c".rsplit(".")[0]',
  '"abc".rsplit(".", 1)[0]',
  '"a.b.c".rsplit(".", 0)[0]',
  '"a.b.c".split(".", 1)[1]',
  '"a.b.c".split(".", 0)[0]',
  '"a.b.c".split(".", -1)[2]',
  '"a b c".split(None, 1)[1]',
  '"a b  c ".split()[2]',
  '"a,b,c".split(",", maxsplit=1)[1]',
  '"a,b c".split(sep=",")[0]',
  '"abc".startswith("b", 1)',
  '"aab".replace("a", "c", 1)',
  '"abc".endswith(("b", "c"))',
];

/** What takes no value that is not in the source: these are known. */
const KNOWN = [
  'Part["attention"] == Part.attention',
  'Part["attention"] is Part["attention"]',
  "{1: 2}[True]",
  '"a.b.c".rsplit(".", 1)[0]',
  '"a.b.c".rsplit(".", 1)[-1]',
  '"a.b.c".split(".", 1)[1]',
];

const sources = EXPRESSIONS.map((expression) => ({
  "recipe.py": `${CLASSES}${MAKE}def recipe():\n    cfg = make()\n    cfg.ddp.a = ${expression}\n    return cfg\n`,
}));
const truths = runAll(sources);

it.each(EXPRESSIONS.map((expression, index) => [expression, index] as const))(
  "never says of %s what CPython does not do",
  (expression, index) => {
    const theirs = truths[index]?.["ddp.a"];
    const ours = declaredBy(sources[index] ?? {})["ddp.a"];
    if (theirs === undefined || ours === undefined)
      throw new Error("CPython or we did not run it to its end");
    expect({ ours, verdict: judge(ours, theirs) }).not.toMatchObject({ verdict: "wrong" });
    if (KNOWN.includes(expression)) expect(ours).toBe(theirs);
  },
);
