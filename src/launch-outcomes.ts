import type { NamedCodemod } from "./codemod.ts";
import { wordsIn, type Directive } from "./directives.ts";
import { OURSELVES } from "./file-outcome.ts";
import { readLaunchFile } from "./launch/read.ts";
import type { LaunchContent, LaunchFile } from "./launch/setting.ts";
import type { FileOutcome, PlacedFinding } from "./outcome.ts";
import type { LaunchSource } from "./project.ts";
import { lineAt } from "./python/source.ts";
import { heed, judgeIgnore, type CommentFinding, type Heeded, type KnownNames } from "./suppression.ts";

interface LaunchSetup {
  readonly codemods: readonly NamedCodemod[];
  readonly version: string;
  /** What comments may name, whether it runs or not. */
  readonly comments: KnownNames;
}

/** What codemods find in files beside Python; those that nobody named are left out where there is nothing to say. */
export async function launchOutcomes(
  sources: readonly LaunchSource[],
  setup: LaunchSetup,
): Promise<readonly FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  for (const source of sources) {
    const outcome = outcomeOf(await readLaunchFile(source, setup.version), setup);
    const { remaining, suppressed } = outcome;
    if (source.named || remaining.length > 0 || suppressed) outcomes.push(outcome);
  }
  return outcomes;
}

function outcomeOf(file: LaunchFile & LaunchContent, { codemods, comments }: LaunchSetup): FileOutcome {
  const { path, text } = file;
  const directives = directivesIn(file);
  const found = codemods.flatMap((codemod) =>
    [...(codemod.findInLaunch?.(file) ?? [])].map((finding) =>
      heed(directives, { text, codemod: codemod.name, finding }),
    ),
  );
  const ran = new Set(codemods.map(({ name }) => name));
  const judged = directives.flatMap((one) =>
    one.word === "ignore" ? judgeIgnore(one, { ...comments, ran, found }) : [],
  );
  const open = found.filter(({ ignored }) => ignored === null);
  const remaining = [
    ...open.map(({ codemod, finding }) => placed(text, codemod, finding)),
    ...judged.map((one) => placed(text, OURSELVES, one)),
  ];
  const suppressed = found.flatMap((one) => suppressedFrom(text, one));
  return {
    path,
    outcome: "unchanged",
    reason: null,
    fixes: [],
    remaining: byLine(remaining),
    ...(suppressed.length > 0 && { suppressed: byLine(suppressed) }),
    before: text,
    after: text,
  };
}

function directivesIn({ text, comments }: LaunchFile & LaunchContent): Directive[] {
  return comments.flatMap(({ about, ...comment }) => {
    const said = wordsIn(text, comment);
    return said ? [{ ...said, alone: false, about: [about], place: null }] : [];
  });
}

function suppressedFrom(text: string, { codemod, finding, ignored }: Heeded) {
  return ignored ? [{ ...placed(text, codemod, finding), reason: ignored.text }] : [];
}

function placed(text: string, codemod: string, finding: CommentFinding): PlacedFinding {
  const { rule, severity, message, span } = finding;
  return { codemod, rule, severity, message, line: lineAt(text, span.start), span, spanAfter: span };
}

function byLine<T extends { readonly line: number }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.line - b.line);
}
