import { execFile } from "node:child_process";

/** The version that a program prints about itself; null where there is no such program. */
export function programVersion(name: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(name, ["--version"], { timeout: 10_000 }, (error, stdout, stderr) => {
      resolve(error ? null : (/\d+(\.\d+)+\S*/.exec(`${stdout} ${stderr}`)?.[0] ?? null));
    });
  });
}

/** The version of the first of several programs that is there. */
export async function firstVersion(names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const version = await programVersion(name);
    if (version !== null) return version;
  }
  return null;
}
