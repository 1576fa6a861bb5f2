import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Problem } from "./problem.ts";
import { systemReason } from "./read-source.ts";

/** What an option that takes `FILE|-` leads to. */
export interface Named {
  /** As messages call it. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** Reads the file that an option names, or stdin for `-`. @throws {Problem} where that cannot be read. */
export async function readNamed(
  host: { readonly cwd: string; readStdin(): Promise<Buffer> },
  named: string,
): Promise<Named> {
  if (named === "-") return { name: "stdin", bytes: await host.readStdin() };
  try {
    return { name: named, bytes: readFileSync(resolve(host.cwd, named)) };
  } catch (error) {
    throw new Problem(`cannot be read: ${systemReason(error)}`, {
      place: named,
      next: "name a file, or `-` for stdin",
    });
  }
}
