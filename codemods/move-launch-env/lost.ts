import {
  blocks,
  edits as edit,
  type Assign,
  type Finding,
  type RecipeFile,
  type Site,
  type Stmt,
  type Value,
  type Write,
} from "../../src/index.ts";
import { dictOf, environmentsIn } from "./environments.ts";
import { lineOf } from "./put.ts";

/** A function that fills `env_vars` and then assigns it as a whole: what it said first is lost. */
interface Loss {
  readonly whole: Write;
  readonly entries: readonly LostEntry[];
  readonly recipes: readonly string[];
}

interface LostEntry {
  readonly name: string;
  readonly value: Value;
  readonly site: Site;
}

export function* lostSettings(file: RecipeFile): Generator<Finding> {
  for (const loss of lossesIn(file)) yield findingFor(file, loss);
}

function findingFor(file: RecipeFile, loss: Loss): Finding {
  const { whole, entries, recipes } = loss;
  const names = entries.map(({ name }) => name).join(", ");
  const [first] = entries;
  const { start, end } = first?.site ?? whole.site;
  const message = `${names} ${entries.length > 1 ? "are" : "is"} lost: line ${lineOf(file, whole.site)} assigns env_vars as a whole afterwards.`;
  const base = { rule: "lost-setting", severity: "warning", span: { start, end } } as const;
  const dict = whole.site.value?.kind === "Dict" ? whole.site.value : null;
  const moved = dict ? sourcesOf(file, loss) : "it is no literal";
  const knobs = entries.map(({ name }) => `env_vars.${name}`);
  if (!dict || typeof moved === "string") {
    const why = typeof moved === "string" ? moved : "it is no literal";
    return { ...base, message: `${message} Say it there; this is left for you, as ${why}.`, fix: null };
  }
  if (file.intent === "report") return { ...base, message: `${message} Say it there.`, fix: null };
  const removed = edit.removeStatements(file.text, file.source.parsed().module, moved.stmts);
  if (file.intent === "preserve") {
    const fix = { edits: removed, claims: [], recipes, knobs };
    return { ...base, message: `${message} Deleting it changes nothing that runs.`, fix };
  }
  const edits = [...edit.addDictEntries(file.text, dict, moved.sources), ...removed];
  const claims = recipes.flatMap((recipe) => knobs.map((knob) => ({ recipe, knob })));
  return {
    ...base,
    message: `${message} Said there, it takes effect.`,
    fix: { edits, claims, recipes, knobs },
  };
}

/** What the lost statements say as dict entries, and the statements that go; a text where some of one has to stay. */
function sourcesOf(
  { text }: RecipeFile,
  { entries, whole }: Loss,
): { sources: string[]; stmts: Stmt[] } | string {
  const sources: string[] = [];
  for (const { name, site } of entries) {
    const value = site.value;
    if (!value || value.kind !== "Constant") return "its value is computed";
    sources.push(`"${name}": ${text.slice(value.start, value.end)}`);
  }
  const stmts = [...new Set(entries.map(({ site }) => site.stmt))];
  const { func, module, stmt: last } = whole.site;
  const body = blocks.bodyOf(module.parsed().module, func?.kind === "FunctionDef" ? func : null);
  const block = blocks.commonBlock(body, [...stmts, last]);
  if (![...stmts, last].every((stmt) => block.includes(stmt)))
    return "one of the two stands under a condition";
  const isWhole = stmts.every((stmt) => stmt.kind === "Assign" && saysNoMore(stmt));
  return isWhole ? { sources, stmts } : "the statement says more than that";
}

/** Whether a statement holds nothing but entries that are lost, or that the whole assignment has, too. */
function saysNoMore({ targets, value }: Assign): boolean {
  const [, ...others] = targets;
  if (others.length > 0) return false;
  if (value?.kind !== "Dict") return true;
  return value.entries.every(({ key, value: held }) => key?.kind === "Constant" && blocks.isPure(held));
}

function lossesIn(file: RecipeFile): readonly Loss[] {
  const found = new Map<Stmt, { whole: Write; entries: readonly LostEntry[]; recipes: Set<string> }>();
  for (const { recipe, write } of environmentsIn(file).assignments) {
    const entries = lostBy(write);
    if (entries.length === 0) continue;
    const known = found.get(write.site.stmt);
    if (known) known.recipes.add(recipe.name);
    else found.set(write.site.stmt, { whole: write, entries, recipes: new Set([recipe.name]) });
  }
  return [...found.values()].map(({ recipes, ...loss }) => ({ ...loss, recipes: [...recipes] }));
}

/** The entries that the same function made before and the new dict lacks. */
function lostBy({ previous, value, site }: Write): LostEntry[] {
  const now = dictOf(value);
  if (!now || now.open !== null || site.form !== "attribute") return [];
  return [...(dictOf(previous)?.entries ?? [])].flatMap(([key, slot]) => {
    const from = slot.site;
    const isHere = from?.func === site.func && from?.module === site.module && from.stmt !== site.stmt;
    const name = slot.key.kind === "const" ? String(slot.key.value) : key;
    return from && isHere && !now.entries.has(key) ? [{ name, value: slot.value, site: from }] : [];
  });
}
