import { readdirSync, readFileSync } from "node:fs";

/** The names in a directory; none where it cannot be listed. */
export function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** The text of a file, or null where it cannot be read. */
export function textIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
