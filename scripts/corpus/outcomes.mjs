// What every run@1 report must hold, whatever the codemods do.
import { isInput } from "./knobs.mjs";
import { appliedFixes } from "./claims.mjs";

const OUTCOMES = ["changed", "unchanged", "skipped", "failed"];

/** Files that failed. */
export function failedFiles(report) {
  return report.files
    .filter((file) => file.outcome === "failed")
    .map((file) => `${file.path}: ${file.reason}`);
}

/** Counts that do not add up to the files listed, or files that are not listed once. */
export function miscounts(report, paths) {
  const lines = [];
  for (const outcome of OUTCOMES) {
    const listed = report.files.filter((file) => file.outcome === outcome).length;
    if (listed !== report.counts[outcome])
      lines.push(`${outcome}: counted ${report.counts[outcome]}, listed ${listed}`);
  }
  const listed = report.files.map((file) => file.path);
  if (new Set(listed).size !== listed.length) lines.push("a file is listed more than once");
  const missing = paths.filter((path) => !listed.includes(path));
  const strange = listed.filter((path) => !paths.includes(path));
  lines.push(
    ...missing.map((path) => `${path}: not listed`),
    ...strange.map((path) => `${path}: listed, but not given`),
  );
  return lines;
}

/** Written fixes without a proof, changed files without a written fix, and fixes that contradict their verdict. */
export function unprovenWrites(report) {
  const lines = [];
  for (const file of report.files) {
    const fixes = file.fixes ?? [];
    const refuted = fixes.filter((fix) => fix.verdict === "refuted");
    lines.push(
      ...refuted.map((fix) => `${file.path}:${fix.line} ${fix.codemod}/${fix.rule}: refuted (our bug)`),
    );
    const written = appliedFixes({ files: [file] });
    if (file.outcome === "changed" && written.length === 0)
      lines.push(`${file.path}: changed without a proven fix`);
  }
  for (const fix of appliedFixes(report)) {
    const changes = (fix.effects ?? []).filter((effect) => !isInput(effect.knob));
    const line = `line ${fix.line} ${fix.codemod}/${fix.rule}`;
    if (!["preserving", "requested"].includes(fix.verdict))
      lines.push(`${line}: written with verdict ${fix.verdict}`);
    if (fix.verdict === "preserving" && changes.length > 0)
      lines.push(`${line}: preserving, yet it claims ${changes[0].knob}`);
  }
  return lines;
}

/** The exit code that a command must end with, given its own report; `undefined` if any will do. */
export function expectedExit(command, report) {
  if (report.counts.failed > 0) return undefined;
  const left = report.files
    .flatMap((file) => file.remaining ?? [])
    .some((finding) => finding.severity !== "info");
  return left || (command === "check" && report.counts.changed > 0) ? 1 : 0;
}

/** Where `check` and `migrate` do not say the same. */
export function disagreements(check, migrate) {
  const promised = new Map(check.files.map((file) => [file.path, essence(file)]));
  return migrate.files
    .filter((file) => promised.get(file.path) !== essence(file))
    .map((file) => `${file.path}: check and migrate differ in outcome, reason or fixes`);
}

function essence({ outcome, reason, fixes }) {
  return JSON.stringify({ outcome, reason: reason ?? null, fixes: fixes ?? [] });
}
