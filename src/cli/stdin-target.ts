import { Problem } from "../workspace/problem.ts";
import type { RawOptions } from "./options.ts";
import type { Host } from "./session.ts";

/** The text on stdin and the name it goes by, when `-` or `--stdin-filename` ask for it. */
export async function readStdinTarget(
  host: Host,
  paths: readonly string[],
  raw: RawOptions,
): Promise<{ readonly name: string; readonly bytes: Buffer } | null> {
  if (!readsStdin(paths, raw)) return null;
  const others = paths.filter((path) => path !== "-");
  if (others.length > 0) {
    throw new Problem("stdin and paths cannot be mixed", {
      place: others[0] ?? null,
      next: "name paths, or `-` alone with --stdin-filename PATH",
    });
  }
  return { name: raw.stdinFilename ?? "stdin.py", bytes: await host.readStdin() };
}

/** Whether the input comes from stdin. */
export function readsStdin(paths: readonly string[], raw: RawOptions): boolean {
  return paths.includes("-") || raw.stdinFilename !== undefined;
}
