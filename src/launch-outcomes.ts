import type { NamedCodemod } from "./codemod.ts";
import { readLaunchFile } from "./launch/read.ts";
import type { LaunchFile } from "./launch/setting.ts";
import type { FileOutcome, PlacedFinding } from "./outcome.ts";
import type { LaunchSource } from "./project.ts";
import { lineAt } from "./python/source.ts";

/** What codemods find in files beside Python; those that nobody named are left out where there is nothing to say. */
export async function launchOutcomes(
  sources: readonly LaunchSource[],
  { codemods, version }: { codemods: readonly NamedCodemod[]; version: string },
): Promise<readonly FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  for (const source of sources) {
    const file = await readLaunchFile(source, version);
    const remaining = codemods
      .flatMap((codemod) => findingsOf(codemod, file))
      .sort((a, b) => a.line - b.line);
    const { path, text } = source;
    if (source.named || remaining.length > 0)
      outcomes.push({
        path,
        outcome: "unchanged",
        reason: null,
        fixes: [],
        remaining,
        before: text,
        after: text,
      });
  }
  return outcomes;
}

function findingsOf(codemod: NamedCodemod, file: LaunchFile): PlacedFinding[] {
  return [...(codemod.findInLaunch?.(file) ?? [])].map(({ rule, severity, message, span }) => ({
    codemod: codemod.name,
    rule,
    severity,
    message,
    line: lineAt(file.text, span.start),
    span,
    spanAfter: span,
  }));
}
