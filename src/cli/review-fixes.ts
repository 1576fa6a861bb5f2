import type { FileOutcome, OfferedFix, ReviewReport } from "../outcome.ts";
import type { Policy } from "../policy.ts";
import type { ChangeInput } from "../project.ts";
import { linesOfFix } from "../report/positions.ts";
import type { Engine } from "./engine.ts";
import { formatOf, type RawOptions } from "./options.ts";

/** Whether the output asked for holds fixes. */
export function offersFixes(raw: RawOptions): boolean {
  return raw.diff === true || ["patch", "sarif", "rdjson"].includes(formatOf(raw));
}

export interface Reviewing {
  readonly input: ChangeInput;
  readonly report: ReviewReport;
  readonly codemods: readonly string[];
  readonly policy: Policy;
}

/** What `migrate` would do, on the state that the change leaves, about the findings that the change brings. */
export async function fixesOfNew(
  engine: Engine,
  { input, report, codemods, policy }: Reviewing,
): Promise<readonly FileOutcome[]> {
  const fresh = report.recipes.flatMap(({ findings }) => findings.new);
  if (fresh.length === 0) return [];
  const targets = new Set(fresh.map(({ file }) => file));
  const texts = new Map(input.after.files.map(({ path, text }) => [path, text]));
  const isNew = ({ path, fix }: OfferedFix) => {
    const lines = linesOfFix(texts.get(path) ?? "", fix);
    return fresh.some(
      ({ file, codemod, line }) => file === path && codemod === fix.codemod && lines.has(line),
    );
  };
  const run = await engine.runChoosing({ ...input.after, targets }, codemods, policy, (offers) =>
    Promise.resolve({ accepted: offers.filter(isNew), goOn: true }),
  );
  return run.files;
}
