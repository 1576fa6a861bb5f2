import type { FileOutcome, RunReport } from "../outcome.ts";
import type { ProjectInput } from "../project.ts";

/** A report of `check` or `migrate` without the texts that its question holds. */
interface KeptRun extends Omit<RunReport, "files"> {
  readonly files: readonly (Omit<FileOutcome, "before" | "after"> & { readonly after?: string })[];
}

/** What is kept of a run. */
export function keepRun(report: RunReport): KeptRun {
  const files = report.files.map(({ before, after, ...rest }) =>
    before === after ? rest : { ...rest, after },
  );
  return { ...report, files };
}

/** The report again, for the same texts. */
export function restoreRun(kept: unknown, input: ProjectInput): RunReport {
  const report = kept as KeptRun;
  const texts = new Map([...input.files, ...(input.launchFiles ?? [])].map((file) => [file.path, file.text]));
  const files = report.files.map((file) => {
    const before = texts.get(file.path) ?? "";
    return { ...file, before, after: file.after ?? before };
  });
  return { ...report, files };
}
