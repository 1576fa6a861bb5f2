import type { ReviewReport } from "../outcome.ts";
import { hasConsequence, type Consequence } from "../review-judgements.ts";
import { Problem } from "../workspace/problem.ts";
import { loadReview } from "../workspace/review-input.ts";
import { readNamed } from "../workspace/read-named.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { bridgeText } from "./messages.ts";
import { bridgeWish, checkOptions, oneOf, policyOf, type RawOptions } from "./options.ts";
import { renderReview, type Reviewed } from "./render-review.ts";
import { fixesOfNew, offersFixes } from "./review-fixes.ts";
import { selectCodemods } from "./select-codemods.ts";
import { exitCodes, type Session } from "./session.ts";
import { checkOutputPath, give, tell, tellFailures } from "./tell.ts";

/** `bridgemod review`: what a change does to every recipe's effective configuration. */
export async function review(session: Session, range: string | null, raw: RawOptions): Promise<number> {
  checkReviewOptions(range, raw);
  await checkOutputPath(session, raw);
  const { host } = session;
  const patch = raw.patch === undefined ? null : await readNamed(host, raw.patch);
  const workspace = await openWorkspace({
    cwd: host.cwd,
    paths: ["."],
    stdin: null,
    configFile: raw.config ?? null,
    isolated: raw.isolated ?? false,
  });
  const { config } = workspace;
  const engine = await session.loadEngine();
  const codemods = selectCodemods(await engine.codemods(), raw, config);
  const input = await loadReview(workspace, {
    range,
    staged: raw.staged ?? false,
    patch: patch === null ? null : { name: patch.name, text: patch.bytes.toString("utf8") },
    bridge: bridgeWish(raw, config, workspace.cwd),
    knownVersions: engine.versions(),
    mentionsRecipes: (bytes) => engine.mentionsRecipes(bytes),
  });
  const policy = policyOf(raw, config);
  const report = await engine.review(input, codemods, policy);
  const fixes = offersFixes(raw) ? await fixesOfNew(engine, { input, report, codemods, policy }) : [];
  const patchRoot = workspace.targets[0]?.root.gitRoot ?? workspace.cwd;
  await show(session, raw, { report, input, fixes, range, patchRoot });
  return exitCodeOf(report, raw);
}

const consequences: readonly Consequence[] = ["activated", "requested", "new-findings", "any"];

function checkReviewOptions(range: string | null, raw: RawOptions): void {
  checkOptions(raw);
  for (const one of raw.failOn ?? []) oneOf("--fail-on", one, consequences);
  if (raw.stdinFilename !== undefined) {
    throw new Problem("review reads no file from stdin", { next: "give a patch with --patch -" });
  }
  if (raw.patch !== undefined && (range !== null || raw.staged)) {
    throw new Problem("--patch is compared with the checkout, not with a revision or the index", {
      next: `leave out ${range === null ? "--staged" : JSON.stringify(range)}`,
    });
  }
}

const SIDES: Readonly<Record<string, string>> = {
  WORKTREE: "the working tree",
  INDEX: "the index",
  PATCH: "the patch applied to it",
};

async function show(session: Session, raw: RawOptions, reviewed: Reviewed): Promise<void> {
  const { report } = reviewed;
  const { base, head, skipped } = report;
  tell(session, raw, bridgeText(report.bridge, report.bridgeBefore));
  tell(session, raw, `Comparing ${SIDES[base] ?? base} with ${SIDES[head] ?? head}\n`);
  await give(session, raw, await renderReview(session, raw, reviewed));
  tellFailures(
    session,
    raw,
    skipped.filter(({ failed }) => failed).map(({ file, reason }) => ({ path: file, reason })),
  );
  const { reviewSummary } = await import("../report/review-text.ts");
  tell(session, raw, `${reviewSummary(report)}\n`);
}

/** 2 when a changed file could not be judged, 1 for a consequence that `--fail-on` names, else 0. */
function exitCodeOf(report: ReviewReport, { failOn = [] }: RawOptions): number {
  if (report.skipped.some(({ failed }) => failed)) return exitCodes.misuse;
  const fails = consequences.some((one) => failOn.includes(one) && hasConsequence(report, one));
  return fails ? exitCodes.findings : exitCodes.clean;
}
