import type { Json } from "../json.ts";
import { writeExplain, type ExplainWriter } from "./explain-writer.ts";
import {
  countOutcomes,
  type AppliedFix,
  type BridgeReport,
  type Effect,
  type ExplainReport,
  type FileOutcome,
  type KnobReport,
  type RecipeReport,
  type RecipeReview,
  type RemainingFinding,
  type ReviewEffect,
  type ReviewFinding,
  type ReviewReport,
  type RunReport,
  type ScenarioReport,
  type ShiftReport,
  type SuppressedFinding,
  type UnexplainedFunction,
} from "../outcome.ts";

/** The result of `check` and `migrate` as `bridgemod/run@1`; see `schema/run-1.json`. */
export function runJson(report: RunReport): string {
  const { changed, unchanged, skipped, failed } = countOutcomes(report.files);
  return stringify({
    schema: "bridgemod/run@1",
    bridge: bridgeJson(report.bridge),
    counts: { changed, unchanged, skipped, failed },
    files: report.files.map(fileJson),
  });
}

/** The result of `explain` as `bridgemod/explain@1`; see `schema/explain-1.json`. */
export function explainJson(report: ExplainReport): string {
  return writeExplain(report, explainJsonWriter());
}

/**
 * The same, recipe by recipe: as one tree of JSON, a large repository takes more memory than evaluating it. Each knob
 * has a line of its own, which can be searched for and compared.
 */
export function explainJsonWriter(): ExplainWriter {
  const field = (name: string, value: Json) => `  "${name}": ${pretty(value, 2)}`;
  const schema = field("schema", "bridgemod/explain@1");
  let separator = "";
  return {
    start: (bridge) => `{\n${schema},\n${field("bridge", bridgeJson(bridge))},\n  "recipes": [`,
    recipe: (variants) => {
      const text = `${separator}\n${variants.map(recipeText).join(",\n")}`;
      separator = ",";
      return text;
    },
    end: ({ skipped, unexplained }) => {
      const files = skipped.map(({ file, reason }) => ({ file, reason }));
      const functions = unexplained ? [field("unexplained", unexplained.map(unexplainedJson))] : [];
      const rest = [...functions, field("skipped", files)].join(",\n");
      return `${separator === "" ? "" : "\n  "}],\n${rest}\n}\n`;
    },
  };
}

function unexplainedJson({ file, module, line, reason, ...one }: UnexplainedFunction): Json {
  return { file, module, function: one.function, line, reason };
}

/** As `stringify` shows a value that stands so many columns deep. */
function pretty(value: Json, depth: number): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", `\n${" ".repeat(depth)}`);
}

/** The result of `review` as `bridgemod/review@1`; see `schema/review-1.json`. */
export function reviewJson(report: ReviewReport): string {
  const { bridge, bridgeBefore, shift, base, head, risk, recipes, skipped } = report;
  return stringify({
    schema: "bridgemod/review@1",
    bridge: bridgeJson(bridge),
    ...(bridgeBefore && { bridgeBefore: bridgeJson(bridgeBefore) }),
    ...(shift && { shift: shiftJson(shift) }),
    base,
    head,
    risk,
    recipes: recipes.map(recipeReviewJson),
    skipped: skipped.map(({ file, reason }) => ({ file, reason })),
  });
}

function shiftJson({ label, isInDiff, recipes, untold, bareFields }: ShiftReport): Json {
  return { cause: label, isInDiff, recipes, untold: [...untold], fieldsAtDefault: [...bareFields] };
}

function recipeReviewJson(review: RecipeReview): Json {
  const { recipe, file, line, status, renamedFrom, effects, otherwise, findings } = review;
  return {
    recipe,
    file,
    line,
    status,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    effects: effects.map(reviewEffectJson),
    ...(otherwise === undefined
      ? {}
      : {
          otherwise: otherwise.map(({ knob, expected, cause }) => ({ knob, expected, ...causeJson(cause) })),
        }),
    findings: {
      new: findings.new.map(reviewFindingJson),
      gone: findings.gone.map(reviewFindingJson),
    },
  };
}

function reviewEffectJson(one: ReviewEffect): Json {
  const { knob, before, after, decidedBy, why, expected, cause, scenario } = one;
  const reason = why === undefined ? {} : { why };
  const effect = { knob, before, after, decidedBy, ...reason, expected, ...causeJson(cause) };
  return scenario === undefined ? effect : { ...effect, scenario: scenarioJson(scenario) };
}

function reviewFindingJson(finding: ReviewFinding): Json {
  const { file, codemod, rule, severity, line, message, cause } = finding;
  return { codemod, rule, severity, file, line, message, ...causeJson(cause) };
}

function causeJson(cause: string | undefined): { readonly cause?: string } {
  return cause === undefined ? {} : { cause };
}

function stringify(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function bridgeJson({ version, from }: BridgeReport): Json {
  return { version, from };
}

function fileJson({ path, outcome, reason, fixes, remaining, suppressed }: FileOutcome): Json {
  const file = { path, outcome, reason, fixes: fixes.map(fixJson), remaining: remaining.map(remainingJson) };
  return suppressed === undefined ? file : { ...file, suppressed: suppressed.map(suppressedJson) };
}

function suppressedJson(finding: SuppressedFinding): Json {
  const { codemod, rule, line, severity, message, reason } = finding;
  return { codemod, rule, line, severity, message, reason };
}

function fixJson({ codemod, rule, line, message, verdict, effects }: AppliedFix): Json {
  return { codemod, rule, line, message, verdict, effects: effects.map(effectJson) };
}

function effectJson({ recipe, knob, before, after, scenario }: Effect): Json {
  const effect = { recipe, knob, before, after };
  return scenario === undefined ? effect : { ...effect, scenario: scenarioJson(scenario) };
}

function scenarioJson({ worldSize, dp, gpu, te }: ScenarioReport): Json {
  return { worldSize, dp, gpu, te };
}

function remainingJson({ codemod, rule, line, severity, message }: RemainingFinding): Json {
  return { codemod, rule, line, severity, message };
}

/** A recipe as an item of `recipes`. */
function recipeText(recipe: RecipeReport): string {
  const { file, module, line, scenario, findings } = recipe;
  const head = { file, module, function: recipe.function, line, scenario: scenarioJson(scenario) };
  const fields = Object.entries(head).map(([name, value]) => `      "${name}": ${pretty(value, 6)}`);
  fields.push(`      "knobs": ${knobsText(recipe.knobs)}`);
  fields.push(`      "findings": ${pretty(findings.map(findingJson), 6)}`);
  return `    {\n${fields.join(",\n")}\n    }`;
}

function knobsText(knobs: RecipeReport["knobs"]): string {
  const lines = Object.entries(knobs).map(([name, knob]) => `        "${name}":${knobText(knob)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n      }`;
}

const texts = new WeakMap<KnobReport, string>();

/** Of a large repository, these are a hundred thousand, and most are the same few reports. */
function knobText(knob: KnobReport): string {
  let text = texts.get(knob);
  if (text === undefined) texts.set(knob, (text = JSON.stringify(knobJson(knob))));
  return text;
}

function knobJson({ declared, effective, writers, decidedBy }: KnobReport): Json {
  return {
    declared,
    effective,
    writers: writers.map(({ file, line, value }) => ({ file, line, value })),
    decidedBy,
  };
}

function findingJson({ codemod, rule, severity, line, message }: RemainingFinding): Json {
  return { codemod, rule, severity, line, message };
}
