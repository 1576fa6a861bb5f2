import type { Expr, Param, Stmt } from "../python/syntax.ts";
import { childExpressions } from "../python/walk.ts";
import { isTypeChecking } from "./module-index.ts";
import { outlineOf, type Part } from "./module-outline.ts";
import {
  CONTAINER_TYPE,
  MAKERS,
  MENTIONS,
  PotentialNames,
  wordsPattern,
  type Words,
} from "./potential-names.ts";
import type { ModuleHost, SourceModule } from "./source-module.ts";

/** Code that may make or change a container. Whether it does, only evaluating it tells. */
export interface Candidate {
  readonly module: SourceModule;
  /** The name that the module binds to the function; null for the module's own top-level code. */
  readonly name: string | null;
  /** The statement that binds the name, or the module's first statement. */
  readonly stmt: Stmt;
}

/** Finds the code that can lead to a `ConfigContainer`, by following names and never by what they are called. */
export function findCandidates(project: Announcing): Candidates {
  const finder = candidateFinder(project.host, () => true);
  project.announce(project.modules.filter((module) => finder.mayBeIn(module)));
  return new Map(project.modules.map((module) => [module, finder.in(module)]));
}

/**
 * The same for one module at a time, so that each is parsed when its turn comes. Helpers that can only work on a
 * container that they are given are left out of modules where they are not wanted.
 */
export function candidateFinder(
  host: ModuleHost,
  wantsHelpers: (module: SourceModule) => boolean,
): CandidateFinder {
  const names = new PotentialNames(host, MENTIONS);
  const makers = new PotentialNames(host, MAKERS);
  const toldOf = (module: SourceModule): Told => ({
    potential: names.in(module),
    makers: makers.in(module),
    withHelpers: wantsHelpers(module),
  });
  const known = new Map<SourceModule, boolean>();
  const mayBeIn = (module: SourceModule): boolean => {
    const may = known.get(module) ?? mayHoldCandidates(module, toldOf(module));
    known.set(module, may);
    return may;
  };
  return {
    mayBeIn,
    in: (module) => (mayBeIn(module) ? candidatesIn(module, toldOf(module)) : []),
  };
}

/** Finds the candidates of one module. */
export interface CandidateFinder {
  /** Whether it is worth parsing the module; most are not. */
  mayBeIn(module: SourceModule): boolean;
  in(module: SourceModule): readonly Candidate[];
}

/** Modules, and who wants to know beforehand which of them are parsed. */
interface Announcing {
  readonly host: ModuleHost;
  readonly modules: readonly SourceModule[];
  announce(modules: readonly SourceModule[]): void;
}

/** The candidates of each module. */
export type Candidates = ReadonlyMap<SourceModule, readonly Candidate[]>;

/** The same after an edit that added and removed no functions: modules that stayed keep their candidates. */
export function refindCandidates(before: Candidates, modules: readonly SourceModule[]): Candidates {
  const byPath = new Map([...before].map(([module, candidates]) => [module.path, candidates]));
  return new Map(
    modules.map((module) => {
      const known = before.get(module);
      return [module, known ?? (byPath.get(module.path) ?? []).flatMap((one) => sameIn(module, one))];
    }),
  );
}

function sameIn(module: SourceModule, { name }: Candidate): Candidate[] {
  const { body } = module.parsed().module;
  const stmt = name === null ? body[0] : body.find((one) => boundName(one) === name);
  return stmt ? [{ module, name, stmt }] : [];
}

function boundName(stmt: Stmt): string | null {
  return stmt.kind === "FunctionDef" ? stmt.name : assignedFunction(stmt);
}

/** What is told of a module before it is parsed. */
interface Told {
  /** The names that have to do with containers. */
  readonly potential: Words;
  /** Those of them that may make one rather than only take one. */
  readonly makers: Words;
  /** Whether to look for functions that can only work on a container that they are given, too. */
  readonly withHelpers: boolean;
}

function candidatesIn(module: SourceModule, told: Told): Candidate[] {
  if (module.parsed().problem) return [];
  const { potential } = told;
  const found: Candidate[] = [];
  const { body } = module.parsed().module;
  for (const stmt of body) {
    const name = boundName(stmt);
    if (name !== null && potential.has(name) && mayEndWithContainer(module, stmt, told))
      found.push({ module, name, stmt });
  }
  const [first] = body;
  if (first && runsCode(module, potential)) found.push({ module, name: null, stmt: first });
  return found;
}

/** Whether parsing a module could bring candidates to light. */
function mayHoldCandidates(module: SourceModule, told: Told): boolean {
  const { potential } = told;
  if (potential.size === 0) return false;
  const mentions = wordsPattern(potential);
  // What has a name and mentions one of the potential names is one of them.
  const mayLead = ({ names, text }: Part) =>
    names.length > 0 ? names.some((name) => potential.has(name)) : mentions.test(text);
  return outlineOf(module)
    .parts()
    .some((part) => !part.isInert && mayLead(part) && mayBeCandidate(part, told));
}

/** `mayEndWithContainer` as far as text tells: true where it might be true. */
function mayBeCandidate({ names, text }: Part, { makers, withHelpers }: Told): boolean {
  if (names.length !== 1 || !/^(?:async[ \t]+)?def\b/.test(text)) return true;
  const head = text.slice(0, text.search(/:[ \t]*(?:#.*)?\r?$/m));
  const isMaker = names.some((name) => makers.has(name));
  if (isMaker && (!head.includes("->") || LAUNCHES.test(text))) return true;
  const onlyTakes = !isMaker && !head.replace(CONTAINER_TYPE, "").includes("ConfigContainer");
  return (
    (withHelpers || !onlyTakes) &&
    head.includes("ConfigContainer") &&
    /->.*ConfigContainer|\.\w+\s*=(?!=)|=\s*\w+\.\w+\s*$|\bsetattr\(/m.test(text)
  );
}

/** Whether a function may return a container, take one, or launch one, as far as its head and words tell. */
function mayEndWithContainer(module: SourceModule, stmt: Stmt, { makers, withHelpers }: Told): boolean {
  if (stmt.kind !== "FunctionDef") return true;
  const text = textOf(module, stmt);
  const isMaker = makers.has(stmt.name);
  if (!isMaker && !withHelpers && takesContainer({ module, stmt })) return false;
  if (stmt.returns && textOf(module, stmt.returns).includes("ConfigContainer")) return true;
  if (takesContainer({ module, stmt })) return changesContainer({ module, stmt }, text);
  return isMaker && (!stmt.returns || LAUNCHES.test(text));
}

/** Whether a function says that it returns a container, and nothing around it. */
export function returnsContainer({ module, stmt }: Pick<Candidate, "module" | "stmt">): boolean {
  if (stmt.kind !== "FunctionDef" || !stmt.returns) return false;
  return /^["']?(?:(?:\w+\.)*Optional\[)?["']?[\w.]*ConfigContainer["']?\]?(?:\s*\|\s*None)?["']?$/.test(
    textOf(module, stmt.returns),
  );
}

const LAUNCHES = /\b(?:pretrain|finetune)\b/;

/** Whether a helper stores to what it was given, or gives a part of it a name; most only read their settings. */
function changesContainer(at: Pick<Candidate, "module" | "stmt">, text: string): boolean {
  const names = containerParams(at).map((param) => param.name);
  const stores = new RegExp(
    `\\b(?:${names.join("|")})(?:\\.\\w+)+\\s*=(?!=)|=\\s*(?:${names.join("|")})\\.\\w+\\s*$|\\bsetattr\\(`,
    "m",
  );
  return stores.test(text);
}

/** Whether a function's parameter is annotated as a container: a helper that works on somebody's configuration. */
export function takesContainer({ module, stmt }: Pick<Candidate, "module" | "stmt">): boolean {
  return containerParams({ module, stmt }).length > 0;
}

function containerParams({ module, stmt }: Pick<Candidate, "module" | "stmt">): readonly Param[] {
  if (stmt.kind !== "FunctionDef") return [];
  return stmt.params.filter(({ annotation, default: fallback }) => {
    return annotation !== null && !fallback && /\bConfigContainer["']?$/.test(textOf(module, annotation));
  });
}

/** Whether top-level statements other than definitions mention something that leads to a container. */
function runsCode(module: SourceModule, potential: Words): boolean {
  if (potential.size === 0) return false;
  const mentions = wordsPattern(potential);
  return module.parsed().module.body.some((stmt) => isCode(stmt) && mentions.test(textOf(module, stmt)));
}

function isCode(stmt: Stmt): boolean {
  if (stmt.kind === "Assign" || stmt.kind === "AugAssign") return !stmt.value || !isLiteral(stmt.value);
  if (stmt.kind === "ExprStmt") return stmt.value.kind !== "Constant";
  if (isTypeChecking(stmt)) return false;
  return ["If", "For", "While", "With", "Try", "Match", "Assert"].includes(stmt.kind);
}

/** `__all__` names recipes in strings, and runs none. */
function isLiteral(expr: Expr): boolean {
  const isPlain = ["Constant", "List", "Tuple", "Set", "Dict"].includes(expr.kind);
  return isPlain && childExpressions(expr).every(isLiteral);
}

function textOf(module: SourceModule, span: { start: number; end: number }): string {
  return module.text.slice(span.start, span.end);
}

/** `new_name = old_recipe`, `new_name = partial(old_recipe, …)`: a recipe under another name. */
function assignedFunction(stmt: Stmt): string | null {
  const value = stmt.kind === "Assign" ? stmt.value : null;
  const isName = value?.kind === "Name" || value?.kind === "Attribute" || value?.kind === "Call";
  return isName ? assignedName(stmt) : null;
}

function assignedName(stmt: Stmt): string | null {
  const [target] = stmt.kind === "Assign" ? stmt.targets : [];
  return target?.kind === "Name" ? target.id : null;
}
