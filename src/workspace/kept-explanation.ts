import type { ExplainReport, KnobReport, RecipeReport } from "../outcome.ts";

type Rest = Omit<ExplainReport, "recipes">;

/** A recipe's report with the numbers of its knobs' reports. */
interface KeptRecipe extends Omit<RecipeReport, "knobs"> {
  readonly knobs: Readonly<Record<string, number>>;
}

/** What `explain` said, with each report of a knob once: most recur in recipe after recipe. */
interface KeptExplanation {
  readonly reports: readonly KnobReport[];
  /** Each recipe under every scenario. */
  readonly recipes: readonly (readonly KeptRecipe[])[];
  readonly rest: Rest;
}

/** Gathers what is kept of an explanation, recipe by recipe: as text, so that it holds none of the reports. */
export interface ExplanationKeeper {
  add(variants: readonly RecipeReport[]): void;
  /** All of it as JSON. */
  text(rest: Rest): string;
}

export function keepExplanation(): ExplanationKeeper {
  const numbers = new WeakMap<KnobReport, number>();
  const byText = new Map<string, number>();
  const recipes: string[] = [];
  const numberOf = (report: KnobReport): number => {
    const known = numbers.get(report);
    if (known !== undefined) return known;
    const text = JSON.stringify(report);
    const number = byText.get(text) ?? byText.size;
    byText.set(text, number);
    numbers.set(report, number);
    return number;
  };
  return {
    add: (variants) => {
      const kept = variants.map((one): KeptRecipe => ({ ...one, knobs: mapValues(one.knobs, numberOf) }));
      recipes.push(JSON.stringify(kept));
    },
    text: (rest) =>
      `{"reports":[${[...byText.keys()].join()}],"recipes":[${recipes.join()}],"rest":${JSON.stringify(rest)}}`,
  };
}

/** An explanation again. */
export interface Explanation {
  readonly recipes: Iterable<readonly RecipeReport[]>;
  readonly rest: Rest;
}

export function restoreExplanation(kept: unknown): Explanation {
  const { reports, recipes, rest } = kept as KeptExplanation;
  const reportOf = (number: number): KnobReport => {
    const report = reports[number];
    if (!report) throw new Error(`report ${number} was not kept`);
    return report;
  };
  return {
    rest,
    recipes: recipes.map((variants) =>
      variants.map((one) => ({ ...one, knobs: mapValues(one.knobs, reportOf) })),
    ),
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  const changed: Record<string, B> = {};
  for (const [key, value] of Object.entries(record)) changed[key] = change(value);
  return changed;
}
