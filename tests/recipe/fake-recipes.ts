import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judge } from "../../scripts/corpus/values.mjs";
import { analyse } from "../../src/analysis.ts";
import { loadCatalog } from "../../src/bridge/catalog.ts";
import { effectiveOf, type Effective } from "../../src/effects.ts";
import { mergedJson, toJson } from "../../src/recipe/json-value.ts";
import type { Json } from "../../src/json.ts";
import { DEFAULT_SCENARIOS } from "../../src/policy.ts";
import { openProject } from "../../src/project.ts";
import { loadPythonParser } from "../../src/python/parser.ts";
import { scenariosOf } from "../../src/scenarios.ts";
import { inputOf } from "../memory-run.ts";

const HERE = import.meta.dirname;
const FAKE = join(HERE, "fake-bridge");
const KNOBS = ["ddp.a", "ddp.b", "ddp.c", "optimizer.a", "optimizer.b"];

const parser = await loadPythonParser();
const catalog = await loadCatalog("0.6.2");

/** The files of a program by name; `recipe.py` defines `recipe`. */
export type Program = Readonly<Record<string, string>>;

export type Fields = Readonly<Record<string, Json>>;

/** What CPython makes of each program: the fields at the end, or null where it raises. */
export function runAll(programs: readonly Program[]): (Fields | null)[] {
  const script = join(HERE, "run_programs.py");
  const output = execFileSync("python3", ["-W", "ignore", script, FAKE], {
    input: JSON.stringify(programs),
    maxBuffer: 1 << 28,
  });
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

/** What the evaluator says that a recipe of a program declares. */
export function declaredBy(program: Program, name = "recipe.recipe"): Fields {
  const input = { ...inputOf(program), library: [fakeLibrary()] };
  const analysis = analyse(openProject(input, parser), catalog, { ...DEFAULT_SCENARIOS, worldSize: "auto" });
  const recipe = analysis.byName.get(name);
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

/** How what we say of programs compares with what CPython does. */
export interface Comparison {
  readonly wrong: readonly string[];
  /** The part of the values that we know. */
  readonly known: number;
}

/** Judges every value that we give; programs that raise in CPython prove nothing. */
export function compareAll(programs: readonly Program[]): Comparison {
  const truths = runAll(programs);
  let known = 0;
  let compared = 0;
  const wrong: string[] = [];
  programs.forEach((program, index) => {
    const truth = truths[index];
    if (!truth) return;
    const ours = declaredBy(program);
    for (const [knob, value] of Object.entries(truth)) {
      const said = ours[knob];
      if (said === undefined) continue;
      compared += 1;
      const verdict = judge(said, value);
      if (verdict === "equal") known += 1;
      if (verdict === "wrong")
        wrong.push(
          `${knob}: ours ${JSON.stringify(said)}, CPython ${JSON.stringify(value)}\n${ownText(program)}`,
        );
    }
  });
  return { wrong, known: known / compared };
}

/** The text of a program without the part that all have. */
function ownText(program: Program): string {
  return Object.entries(program)
    .map(([name, text]) => `# ${name}\n${text.slice(Math.max(0, text.indexOf("# own")))}`)
    .join("\n");
}
