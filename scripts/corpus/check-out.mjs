// Brings one version's sources from git: what `npm run corpus` cannot have from PyPI.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finishPackage, isComplete, startPackage } from "./cache.mjs";
import { run } from "./process.mjs";

/** Where a repository keeps what its package holds, and what else the oracle reads of it. */
const LAYOUTS = {
  "Megatron-Bridge": { tree: "src", prefix: "", lock: "uv.lock" },
  "Megatron-LM": { tree: "megatron", prefix: "megatron/" },
};

/** Makes sure that a commit is in the cache; answers what was done, or the reason why it could not be. */
export async function checkOut(wanted, gitDirectory) {
  if (isComplete(wanted)) return { status: "cached" };
  const folder = await mkdtemp(join(tmpdir(), "bridgemod-commit-"));
  const { tree, prefix, lock } = LAYOUTS[wanted.name];
  const git = (...args) => succeed("git", [`--git-dir=${gitDirectory}`, ...args]);
  try {
    const archive = join(folder, "sources.tar");
    const options = ["--format=tar", `--prefix=${prefix}`, "--output", archive];
    await git("archive", ...options, `${wanted.version}:${tree}`);
    await startPackage(wanted);
    await succeed("tar", ["xf", archive, "-C", wanted.folder]);
    if (lock !== undefined)
      await writeFile(join(wanted.folder, lock), await git("show", `${wanted.version}:${lock}`));
    await finishPackage(wanted);
    return { status: "fetched" };
  } catch (error) {
    return { status: "missing", reason: error.message };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function succeed(command, args) {
  const { code, stdout, stderr } = await run(command, args);
  if (code === 0) return stdout;
  throw new Error(stderr.trim().split("\n").at(-1) || `${command} ended with exit code ${code}`);
}
