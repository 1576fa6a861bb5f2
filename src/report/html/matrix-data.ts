import type { Digest, DigestEffect, DigestRecipe } from "../digest.ts";
import { visible } from "../visible.ts";
import { anchor } from "./anchors.ts";
import { DIFFERS, UNSEEN, type CellData, type MatrixData } from "./page-data.ts";

/** Gives each text its index; nothing in a text acts unseen. */
export interface TextTable {
  readonly texts: readonly string[];
  readonly of: (text: string | null) => number;
}

export function textTable(): TextTable {
  const texts: string[] = [];
  const indices = new Map<string, number>();
  function of(text: string | null): number {
    if (text === null) return -1;
    const known = indices.get(text);
    if (known !== undefined) return known;
    indices.set(text, texts.length);
    return texts.push(visible(text)) - 1;
  }
  return { texts, of };
}

/** Recipes by knobs: those that run differently, came or went. */
export function changeMatrix({ recipes, files }: Digest): MatrixData {
  const table = textTable();
  const shown = recipes.filter(({ effects, status }) => effects.length > 0 || status !== "unchanged");
  const count = new Map<string, number>();
  for (const { knob } of shown.flatMap(({ effects }) => effects)) count.set(knob, (count.get(knob) ?? 0) + 1);
  const knobs = [...count.keys()].sort(
    (a, b) => (count.get(b) ?? 0) - (count.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  const paths = new Set(files.map(({ path }) => path));
  const rows = shown.map((recipe) => ({
    id: anchor("recipe", recipe.name),
    name: table.of(recipe.name),
    note: table.of(noteOf(recipe)),
    cells: recipe.effects.map((effect): CellData => {
      const { knob, before, after, scenario, decidedBy, expected, cause } = effect;
      const value = scenario === null ? after : `${after} (${scenario})`;
      const by = cause === null ? decidedBy : `${cause}${decidedBy === null ? "" : ` (${decidedBy})`}`;
      const href = table.of(hrefOf(effect, paths));
      const marks = DIFFERS | (expected === false ? UNSEEN : 0);
      return [knobs.indexOf(knob), table.of(before), table.of(value), table.of(by), href, marks];
    }),
  }));
  return { columns: ["before", "after"], knobs: knobs.map(table.of), rows, texts: table.texts };
}

function noteOf({ file, line, status, renamedFrom }: DigestRecipe): string | null {
  const parts = [
    file === null ? null : `${file}:${line ?? 1}`,
    status === "changed" || status === "renamed" ? null : status,
    renamedFrom === null ? null : `was ${renamedFrom}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" · ");
}

/** The fix that does it, else the diff of the file that decides. */
function hrefOf({ source, decidedBy }: DigestEffect, paths: ReadonlySet<string>): string | null {
  if (source) return anchor("fix", `${source.path}:${source.line}`);
  const file = decidedBy?.replace(/:\d+$/, "");
  return file !== undefined && paths.has(file) ? anchor("file", file) : null;
}
