import { resolve } from "node:path";
import type { FileOutcome } from "../outcome.ts";
import { plainPalette, type Palette } from "../report/palette.ts";
import { Problem } from "../workspace/problem.ts";
import { paletteFor } from "./color.ts";
import { problemText, warningText } from "./messages.ts";
import type { RawOptions } from "./options.ts";
import type { Session } from "./session.ts";

/** Colours for the result; none in a file. */
export function resultPalette({ host }: Session, raw: RawOptions): Palette {
  return raw.output === undefined ? paletteFor(host, raw.color ?? "auto", host.stdoutIsTty) : plainPalette;
}

/** Colours for stderr. */
export function noticePalette({ host }: Session, raw: RawOptions): Palette {
  return paletteFor(host, raw.color ?? "auto", host.stderrIsTty);
}

/** Prints the result on stdout, or into the file that `--output` names. */
export async function give(session: Session, raw: RawOptions, text: string): Promise<void> {
  if (raw.output === undefined) {
    session.host.out(text);
    return;
  }
  const { writeOutput } = await import("../workspace/write-files.ts");
  await writeOutput(resolve(session.host.cwd, raw.output), raw.output, text);
}

/** A result that is given in parts. */
export interface ResultParts {
  write(part: string): void;
  /** Resolves when more may be written without piling up. */
  ready(): Promise<void>;
  end(): Promise<void>;
}

/** On stdout at once; into a file when all parts are there. */
export function openResult(session: Session, raw: RawOptions): ResultParts {
  const { host } = session;
  if (raw.output === undefined)
    return { write: (part) => host.out(part), ready: () => host.outDrained(), end: () => Promise.resolve() };
  const parts: string[] = [];
  return {
    write: (part) => parts.push(part),
    ready: () => Promise.resolve(),
    end: () => give(session, raw, parts.join("")),
  };
}

/** @throws {Problem} where the file that `--output` names could not be written. */
export async function checkOutputPath({ host }: Session, { output }: RawOptions): Promise<void> {
  if (output === undefined) return;
  const { checkOutput } = await import("../workspace/write-files.ts");
  checkOutput(resolve(host.cwd, output), output);
}

/** A line on stderr that `--quiet` drops. */
export function tell(session: Session, raw: RawOptions, text: string): void {
  if (!raw.quiet) session.host.err(text);
}

export function warn(session: Session, raw: RawOptions, message: string): void {
  tell(session, raw, warningText(message, noticePalette(session, raw)));
}

/** A file that could not be worked on, and why; a reason may begin with `line 3: `. */
export interface Failure {
  readonly path: string;
  readonly reason: string | null;
}

/** Names failed files on stderr, `--quiet` or not. */
export function tellFailures(session: Session, raw: RawOptions, failures: readonly Failure[]): void {
  const palette = noticePalette(session, raw);
  for (const { path, reason } of failures) {
    const [, line, rest] = /^line (\d+): (.*)$/s.exec(reason ?? "") ?? [];
    const place = line === undefined ? path : `${path}:${line}`;
    const next = "mend the file, or name only others; the rest was worked on";
    session.host.err(problemText(new Problem(rest ?? reason ?? "failed", { place, next }), palette));
  }
}

/** The failed ones among outcomes. */
export function failuresIn(files: readonly FileOutcome[]): Failure[] {
  return files.filter(({ outcome }) => outcome === "failed");
}
