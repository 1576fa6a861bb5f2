import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Original } from "./load-files.ts";
import { Problem } from "./problem.ts";
import { systemReason } from "./read-source.ts";

/** A file that is to get a new text. */
export interface PlannedWrite {
  readonly path: string;
  readonly original: Original;
  readonly text: string;
}

/** What became of the plan: every path is in exactly one of the three. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly failed: ReadonlyMap<string, string>;
  /** Left as they were because the user interrupted. */
  readonly interrupted: readonly string[];
}

/** @throws {Problem} before anything is written, where a file or its directory cannot be written. */
export function checkWritable(plan: readonly PlannedWrite[]): void {
  for (const { path, original } of plan) {
    for (const place of [original.absolute, dirname(original.absolute)]) {
      const reason = whyNotWritable(place);
      if (reason === null) continue;
      const what = place === original.absolute ? "cannot be written" : "its directory cannot be written";
      throw new Problem(`${what}: ${reason}`, {
        place: path,
        next: "nothing was written; check its permissions",
      });
    }
  }
}

/** Writes file after file, each whole or not at all; after an interrupt no other file is begun. */
export async function writeFiles(plan: readonly PlannedWrite[], signal: AbortSignal): Promise<WriteResult> {
  const written: string[] = [];
  const interrupted: string[] = [];
  const failed = new Map<string, string>();
  for (const one of plan) {
    await letSignalsIn();
    if (signal.aborted) {
      interrupted.push(one.path);
      continue;
    }
    const reason = whyStale(one.original) ?? (await writeOne(one.original.absolute, one.text));
    if (reason === null) written.push(one.path);
    else failed.set(one.path, reason);
  }
  return { written, failed, interrupted };
}

/**
 * Finds out before any work that a report could not be written.
 * @throws {Problem}
 */
export function checkOutput(absolute: string, named: string): void {
  const isThere = existsSync(absolute);
  const isDirectory = isThere && statSync(absolute).isDirectory();
  const places = isThere ? [absolute, dirname(absolute)] : [dirname(absolute)];
  const reason = isDirectory
    ? "is a directory"
    : (places.map(whyNotWritable).find((why) => why !== null) ?? null);
  if (reason === null) return;
  throw new Problem(`cannot be written: ${reason}`, {
    place: named,
    next: "check the path given with --output",
  });
}

/**
 * Writes a report, whole or not at all.
 * @throws {Problem} where it cannot be written.
 */
export async function writeOutput(absolute: string, named: string, text: string): Promise<void> {
  const reason = await writeOne(absolute, text);
  if (reason !== null)
    throw new Problem(reason, { place: named, next: "check the path given with --output" });
}

/** Null when the bytes on disk are still those that were read, in the same place. */
function whyStale({ absolute, bytes }: Original): string | null {
  try {
    const same = realpathSync(absolute) === absolute && readFileSync(absolute).equals(bytes);
    return same ? null : "changed while bridgemod worked";
  } catch (error) {
    return `changed while bridgemod worked: ${systemReason(error)}`;
  }
}

async function writeOne(absolute: string, text: string): Promise<string | null> {
  try {
    await writeFileAtomic(absolute, text);
    return null;
  } catch (error) {
    return `cannot be written: ${systemReason(error)}`;
  }
}

function whyNotWritable(path: string): string | null {
  try {
    accessSync(path, constants.W_OK);
    return null;
  } catch (error) {
    return systemReason(error);
  }
}

function letSignalsIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
