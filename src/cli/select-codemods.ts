import type { Config } from "../workspace/config.ts";
import { Problem } from "../workspace/problem.ts";
import { suggestName } from "../workspace/suggest.ts";
import type { CodemodInfo } from "./engine.ts";
import type { RawOptions } from "./options.ts";

/** What `--set` takes. */
export const sets = ["recommended", "overlap", "cleanup", "all"];

/**
 * The names of the codemods to run: those named, those of the set named, else the recommended ones.
 * @throws {Problem} for an unknown codemod or set.
 */
export function selectCodemods(all: readonly CodemodInfo[], raw: RawOptions, config: Config): string[] {
  const given = raw.codemod !== undefined || raw.set !== undefined;
  const named = given ? raw.codemod : config.codemod;
  const set = given ? raw.set : config.set;
  const place = given ? null : config.file;
  for (const name of named ?? [])
    requireKnown(name, { what: "codemod", choices: all.map((one) => one.name), place });
  if (set !== undefined) requireKnown(set, { what: "set", choices: sets, place });
  const wanted = set ?? (named === undefined ? "recommended" : null);
  return all
    .filter((one) => named?.includes(one.name) || wanted === "all" || one.set === wanted)
    .map((one) => one.name);
}

interface Choices {
  readonly what: "codemod" | "set";
  readonly choices: readonly string[];
  readonly place: string | null;
}

function requireKnown(name: string, { what, choices, place }: Choices): void {
  if (choices.includes(name)) return;
  const reason = `unknown ${what} ${JSON.stringify(name)}`;
  throw new Problem(reason, { place, next: suggestName(name, choices) });
}
