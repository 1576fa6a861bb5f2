import { bridgesText } from "./cause-text.ts";
import type { Digest, DigestEffect, DigestFinding, DigestRecipe } from "./digest.ts";
import { grouped } from "./grouped.ts";
import { codeBlock, codeSpan, plainMarkdown } from "./markdown-text.ts";
import { plural } from "./plural.ts";
import { shiftSection } from "./shift-markdown.ts";

/** GitHub takes no more than 65 536 characters in a pull request's body or a comment. */
const MOST_CHARACTERS = 65_000;

/** How many entries of a list are shown. What matters least is cut first, down to its count. */
interface Limits {
  readonly notes: number;
  readonly tidied: number;
  readonly person: number;
  readonly runs: number;
}

const WHOLE: Limits = { notes: Infinity, tidied: Infinity, person: Infinity, runs: Infinity };
const CUTS = (["notes", "tidied", "person", "runs"] as const).flatMap((section) =>
  [100, 20, 3, 0].map((limit) => ({ section, limit })),
);

/** Lists that are longer are folded. */
const UNFOLDED = 8;

/** The body of a pull request: risk first, then what is tidied, what needs a person, and how to reproduce it. */
export function markdownText(digest: Digest): string {
  let limits = WHOLE;
  let text = bodyOf(digest, limits);
  for (const { section, limit } of CUTS) {
    if (text.length <= MOST_CHARACTERS) break;
    limits = { ...limits, [section]: limit };
    text = bodyOf(digest, limits);
  }
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}\n`;
}

function bodyOf(digest: Digest, limits: Limits): string {
  const sections = [
    `## ${plainMarkdown(digest.risk)}`,
    shiftSection(digest, (entries, noun) => list(entries, noun, limits.runs)),
    runsSection(digest, limits.runs),
    comingAndGoing(digest, limits.runs),
    tidiedSection(digest, limits.tidied),
    personSection(digest, limits.person),
    notesSection(digest, limits.notes),
    reproduceSection(digest, limits !== WHOLE),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function runsSection({ recipes, command, shift }: Digest, limit: number): string {
  const groups = new Map<string, string[]>();
  const ordered = recipes
    .flatMap((recipe) => recipe.effects.map((effect) => ({ recipe, effect })))
    .filter(({ effect }) => effect.cause === null)
    .sort((a, b) => Number(a.effect.expected ?? true) - Number(b.effect.expected ?? true));
  for (const { recipe, effect } of ordered) {
    const title = changeText(effect);
    groups.set(title, [...(groups.get(title) ?? []), recipeText(recipe, effect)]);
  }
  const title =
    shift && !shift.isInDiff ? "### What the diff changes in what runs" : "### What changes in what runs";
  if (groups.size === 0)
    return `${title}\n\nNothing${command === "migrate" ? "; every fix was proved" : ""}.`;
  const shown = [...groups].slice(0, Math.max(limit, 10));
  const blocks = shown.map(([change, names]) => {
    return `**${change}** in ${plural(names.length, "recipe")}\n\n${list(names, "recipe", limit)}`;
  });
  const hidden = groups.size - shown.length;
  return [title, ...blocks, ...(hidden > 0 ? [`… and ${plural(hidden, "more change")}.`] : [])].join("\n\n");
}

function changeText({ knob, before, after, scenario }: DigestEffect): string {
  const where = scenario === null ? "" : ` (${plainMarkdown(scenario)})`;
  return `${codeSpan(knob)}: ${codeSpan(before)} → ${codeSpan(after)}${where}`;
}

function recipeText({ name, file, line }: DigestRecipe, { decidedBy, expected }: DigestEffect): string {
  const parts = [
    file === null ? null : plainMarkdown(`${file}:${line ?? 1}`),
    decidedBy === null ? null : `decided by ${codeSpan(decidedBy)}`,
    expected === false ? "**not to be seen in the diff of its own file**" : null,
  ].filter((part) => part !== null);
  return [codeSpan(name), ...parts].join(", ");
}

function comingAndGoing({ recipes }: Digest, limit: number): string {
  const told = recipes.flatMap(({ name, status, renamedFrom }) => {
    if (status === "added" || status === "removed") return [`${codeSpan(name)} is ${status}`];
    return renamedFrom === null ? [] : [`${codeSpan(renamedFrom)} is now ${codeSpan(name)}`];
  });
  return told.length === 0 ? "" : `### Recipes that come and go\n\n${list(told, "recipe", limit)}`;
}

function tidiedSection({ files, recipes }: Digest, limit: number): string {
  const tidied = [
    ...files.flatMap(({ path, fixes }) =>
      fixes
        .filter(({ verdict }) => verdict === "preserving")
        .map(({ line, message }) => `${codeSpan(`${path}:${line}`)} ${plainMarkdown(message)}`),
    ),
    ...recipes.filter(({ status }) => status === "unchanged").map(({ name }) => codeSpan(name)),
  ];
  if (tidied.length === 0) return "";
  return `### What is merely tidied\n\nNothing that runs changes here.\n\n${list(tidied, "place", limit)}`;
}

function personSection({ findings, files, unread }: Digest, limit: number): string {
  const unproven = files.flatMap(({ path, fixes }) =>
    fixes
      .filter(({ verdict }) => verdict === "unproven")
      .map(({ line, message }) => `${codeSpan(`${path}:${line}`)} (not proved) ${plainMarkdown(message)}`),
  );
  const open = findingTexts(findings.filter(({ severity }) => severity !== "info"));
  const failed = unread
    .filter((file) => file.failed)
    .map(({ path, reason }) => `${codeSpan(path)} failed: ${plainMarkdown(reason)}`);
  const all = [...failed, ...unproven, ...open];
  return all.length === 0 ? "" : `### What needs a person\n\n${list(all, "place", limit)}`;
}

function notesSection({ findings, unread }: Digest, limit: number): string {
  const skipped = unread
    .filter((file) => !file.failed)
    .map(({ path, reason }) => `${codeSpan(path)} skipped: ${plainMarkdown(reason)}`);
  const notes = findingTexts(findings.filter(({ severity }) => severity === "info"));
  const all = [...skipped, ...notes];
  return all.length === 0 ? "" : `### Left alone\n\n${folded(all, "note", limit)}`;
}

/** As many other places of one finding are listed; more are counted. */
const MOST_PLACES = 10;

/** A finding once, with all the places that have it. */
function findingTexts(findings: readonly DigestFinding[]): string[] {
  return grouped(findings, ({ rule, message }) => [rule, message]).flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const [place = "", ...others] = alike.map(({ path, line }) => codeSpan(`${path}:${line}`));
    const hidden = others.length - MOST_PLACES;
    const shown =
      hidden > 0 ? [...others.slice(0, MOST_PLACES), `and ${plural(hidden, "more place")}`] : others;
    const also = others.length === 0 ? "" : ` Also at ${shown.join(", ")}.`;
    return [`${place} ${codeSpan(first.rule)} ${plainMarkdown(first.message)}${also}`];
  });
}

function reproduceSection({ reproduce, bridge, bridgeBefore, summary }: Digest, isCut: boolean): string {
  const cut = isCut ? "\n\nNot everything fits here: the command prints the rest." : "";
  const about = `Bridge ${plainMarkdown(bridgesText(bridge, bridgeBefore))}. ${plainMarkdown(summary)}.`;
  return `### How to reproduce\n\n${codeBlock("sh", reproduce.join("\n"))}\n\n${about}${cut}`;
}

function list(entries: readonly string[], noun: string, limit: number): string {
  return entries.length > UNFOLDED ? folded(entries, noun, limit) : bullets(entries, limit);
}

function folded(entries: readonly string[], noun: string, limit: number): string {
  if (limit === 0) return `${plural(entries.length, noun)}.`;
  return `<details><summary>${plural(entries.length, noun)}</summary>\n\n${bullets(entries, limit)}\n\n</details>`;
}

function bullets(entries: readonly string[], limit: number): string {
  const shown = entries.slice(0, limit).map((entry) => `- ${entry}`);
  const rest = entries.length - shown.length;
  return [...shown, ...(rest > 0 ? [`- … and ${rest} more`] : [])].join("\n");
}
