import type { Analysis } from "./analysis.ts";
import { overwritesOf } from "./bridge/tables.ts";
import type { Codemod, Finding, RecipeFile } from "./codemod.ts";
import type { Span } from "./edit.ts";
import type { Intent } from "./policy.ts";
import { fieldsOf } from "./recipe/classes.ts";
import { DEFAULT_LIMITS, newMachine } from "./recipe/interpreter.ts";
import { indexOf } from "./recipe/module-index.ts";
import type { SourceModule } from "./recipe/source-module.ts";
import { raisedIn, type RaisedSite } from "./raised.ts";
import { sitesIn, type KnobSite } from "./sites.ts";

/** What a codemod looked at in a file, and what it found. */
interface Look {
  readonly codemod: Codemod;
  readonly intent: Intent;
  readonly catalog: Analysis["catalog"];
  readonly sites: readonly KnobSite[];
  readonly raised: readonly RaisedSite[];
  /** What the codemod was told of places: whether some recipe runs them. */
  readonly told: readonly (readonly [place: Span, wasRun: boolean])[];
  /** The whole analysis, if the codemod asked for it. */
  readonly analysis: Analysis | null;
  readonly findings: readonly Finding[];
}

const looks = new WeakMap<SourceModule, Look[]>();

/**
 * What a codemod finds in a file, in the order of its findings; none for a file that the project does not hold. Where
 * an edit elsewhere left all that the codemod looked at as it was, its findings are those of before.
 */
export function findingsIn(
  analysis: Analysis,
  path: string,
  { codemod, intent }: { codemod: Codemod; intent: Intent },
): readonly Finding[] {
  const source = analysis.project.module(path);
  if (!source) return [];
  const known = looks.get(source) ?? [];
  const last = known.find((look) => look.codemod === codemod && look.intent === intent);
  if (last && stillHolds(last, analysis, source)) return last.findings;
  const look = lookAt(analysis, source, { codemod, intent });
  looks.set(source, [...known.filter((one) => one !== last), look]);
  return look.findings;
}

function stillHolds(look: Look, analysis: Analysis, source: SourceModule): boolean {
  if (look.catalog !== analysis.catalog) return false;
  if (look.analysis !== null && look.analysis !== analysis) return false;
  if (sitesIn(analysis, source.path) !== look.sites) return false;
  if (raisedIn(analysis, source.path) !== look.raised) return false;
  return look.told.every(([place, answer]) => wasRun(analysis, source, place) === answer);
}

function lookAt(
  analysis: Analysis,
  source: SourceModule,
  { codemod, intent }: { codemod: Codemod; intent: Intent },
): Look {
  const told: [Span, boolean][] = [];
  let asked: Analysis | null = null;
  const sites = sitesIn(analysis, source.path);
  const raised = raisedIn(analysis, source.path);
  const file: RecipeFile = {
    path: source.path,
    text: source.text,
    source,
    intent,
    sites,
    raised,
    get analysis() {
      asked = analysis;
      return analysis;
    },
    get overwrites() {
      return overwritesOf(analysis.catalog);
    },
    fieldNames: (type) =>
      new Set(
        fieldsOf(newMachine(analysis.session, DEFAULT_LIMITS, new Map()), type).map(({ name }) => name),
      ),
    importedFrom: (name) => importedFrom(source, name),
    wasRun: (place) => {
      const answer = wasRun(analysis, source, place);
      told.push([place, answer]);
      return answer;
    },
  };
  const findings = [...codemod.find(file)];
  return { codemod, intent, catalog: analysis.catalog, sites, raised, told, analysis: asked, findings };
}

function importedFrom(source: SourceModule, name: string): string | null {
  for (const stmt of indexOf(source).bindings.get(name) ?? [])
    if (stmt.kind === "ImportFrom") return stmt.module;
  return null;
}

const ran = new WeakMap<Analysis, ReadonlySet<unknown>>();

function wasRun(analysis: Analysis, source: SourceModule, span: Span): boolean {
  const around = source
    .parsed()
    .module.body.find(
      (stmt) => stmt.kind === "FunctionDef" && stmt.start <= span.start && span.end <= stmt.end,
    );
  if (around) return functionsRun(analysis).has(around);
  return analysis.recipes.some(({ candidate }) => candidate.name === null && candidate.module === source);
}

function functionsRun(analysis: Analysis): ReadonlySet<unknown> {
  const known = ran.get(analysis);
  if (known) return known;
  const called = new Set<unknown>();
  for (const { worlds } of analysis.recipes)
    for (const { machine } of worlds) for (const def of machine.called) called.add(def);
  ran.set(analysis, called);
  return called;
}
