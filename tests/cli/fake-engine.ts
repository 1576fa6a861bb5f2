import { setTimeout } from "node:timers/promises";
import type { CodemodInfo, Engine, ExplainSelection } from "../../src/cli/engine.ts";
import type { Span } from "../../src/edit.ts";
import type { ExplainReport, FileOutcome, RecipeReport } from "../../src/outcome.ts";
import type { ProjectInput, SourceFile } from "../../src/project.ts";

const codemodList: readonly CodemodInfo[] = [
  {
    name: "swap-old",
    summary: "Swaps OLD for NEW.",
    set: "recommended",
    readme: "# swap-old\n\nSwaps OLD for NEW.\n",
  },
  { name: "tidy-old", summary: "Tidies.", set: "cleanup", readme: "# tidy-old\n" },
];

const scenario = { worldSize: 8, dp: 8, gpu: null, te: true };

/** An engine for tests of what surrounds it: `OLD` becomes `NEW`, `ASK` stays a finding, of `far_…()` nothing can be told, `(:` is no Python, `SLOW` takes a minute. */
export const fakeEngine: Engine = {
  mentionsLaunch: () => false,
  run: async (input, codemods, policy, onProgress) => {
    if (input.files.some(({ text }) => text.includes("SLOW"))) await setTimeout(60_000);
    const targets = input.files.filter(({ path }) => input.targets.has(path));
    const active = codemods.includes("swap-old") && policy.intent !== "report";
    const files = targets.map((file, index) => {
      onProgress?.(index + 1, targets.length);
      return outcomeOf(file, active);
    });
    return { bridge: input.bridge, files };
  },
  runChoosing: async (input, _, policy, choose) => {
    const targets = input.files.filter(({ path }) => input.targets.has(path));
    const files: FileOutcome[] = [];
    // One pass a file, so that what was said must be remembered.
    for (const file of targets) {
      const { path, before, after, fixes } = outcomeOf(file, true);
      const offers = fixes.map((fix) => ({ path, before, after, fix }));
      const { accepted, goOn } = offers.length > 0 ? await choose(offers) : { accepted: [], goOn: true };
      files.push(outcomeOf(file, accepted.length > 0 && policy.intent !== "report"));
      if (!goOn) {
        files.push(...targets.slice(files.length).map((one) => outcomeOf(one, false)));
        break;
      }
    }
    return { bridge: input.bridge, files };
  },
  explain: (input, selection) => Promise.resolve(explainAll(input, selection)),
  explainEach: (input, selection, _policy, sink) => {
    const { recipes, ...rest } = explainAll(input, selection);
    for (const recipe of recipes) sink.recipe([recipe]);
    return Promise.resolve(rest);
  },
  examine: ({ bridge }) =>
    Promise.resolve({ catalog: { version: bridge.version, core: "1.0", source: "the fake" }, anchors: [] }),
  review: ({ after, base, head }) =>
    Promise.resolve({ bridge: after.bridge, base, head, risk: "none", recipes: [], skipped: [] }),
  codemods: () => Promise.resolve(codemodList),
  versions: () => ["0.2.0", "0.3.1", "0.4.2", "0.5.1", "0.6.0", "0.6.1", "0.6.2"],
  mentionsRecipes: (bytes) => bytes.includes("megatron.bridge"),
};

function outcomeOf({ path, text }: SourceFile, active: boolean): FileOutcome {
  const base = { path, reason: null, fixes: [], remaining: [], before: text, after: text };
  if (text.includes("(:")) return { ...base, outcome: "failed", reason: "line 1: not valid Python" };
  const line = text.split("\n").findIndex((one) => one.includes("OLD")) + 1;
  const asked = text.split("\n").findIndex((one) => one.includes("ASK")) + 1;
  const span = spanOf(text, "ASK");
  const place = {
    codemod: "swap-old",
    rule: "asked",
    line: asked,
    severity: "warning",
    message: "decide",
    span,
    spanAfter: span,
  } as const;
  const remaining = asked === 0 ? [] : [place];
  if (line === 0 || !active) return { ...base, remaining, outcome: "unchanged" };
  const effect = { recipe: "a.f", knob: "ddp.x", before: true, after: false };
  const fix = {
    codemod: "swap-old",
    rule: "old",
    line,
    message: "OLD is old",
    verdict: "requested",
    severity: "warning",
    span: spanOf(text, "OLD"),
    edits: [...text.matchAll(/OLD/g)].map(({ index }) => ({ start: index, end: index + 3, text: "NEW" })),
  } as const;
  const after = text.replaceAll("OLD", "NEW");
  return { ...base, outcome: "changed", fixes: [{ ...fix, effects: [effect] }], remaining, after };
}

function spanOf(text: string, word: string): Span {
  const start = Math.max(0, text.indexOf(word));
  return { start, end: start + word.length };
}

function explainAll(input: ProjectInput, selection: readonly ExplainSelection[]): ExplainReport {
  const found = selection.flatMap(({ path, function: name }) => {
    const text = input.files.find((file) => file.path === path)?.text ?? "";
    const names = [...text.matchAll(/^def (\w+)/gm)].flatMap((match) => match[1] ?? []);
    return names.filter((one) => name === null || one === name).map((one) => recipeOf(path, one));
  });
  const isFar = (one: RecipeReport) => one.function.startsWith("far_");
  const unexplained = found.filter(isFar).map(({ file, module, line, ...one }) => {
    return { file, module, function: one.function, line, reason: "it is far" };
  });
  return { bridge: input.bridge, recipes: found.filter((one) => !isFar(one)), unexplained, skipped: [] };
}

function recipeOf(file: string, name: string): RecipeReport {
  const knob = {
    declared: false,
    effective: true,
    writers: [{ file, line: 2, value: false }],
    decidedBy: "mixed_precision.setup",
    steps: [{ by: "mixed_precision.setup", value: true, why: null }],
  };
  const module = file.replace(/\.py$/, "").replaceAll("/", ".");
  return { file, module, function: name, line: 1, scenario, knobs: { "ddp.x": knob }, findings: [] };
}
