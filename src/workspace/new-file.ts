import { lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "./problem.ts";
import { systemReason } from "./read-source.ts";

/** Whether something is in the way of a new file, a dangling symlink included. */
export function isTaken(absolute: string): boolean {
  try {
    return lstatSync(absolute, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // Whatever is in the way, writing will name it.
  }
}

/**
 * Writes a file that is not there yet, and the directories above it. Whatever is there by then stays.
 * @throws {Problem} where that is impossible.
 */
export function createFile(absolute: string, named: string, text: string): void {
  try {
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, text, { flag: "wx" });
  } catch (error) {
    throw new Problem(`cannot be written: ${systemReason(error)}`, {
      place: named,
      next: "check the permissions of its directory; --dry-run shows what the file would hold",
    });
  }
}
