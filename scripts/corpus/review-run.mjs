// `review` of a migrated package: a repository whose one uncommitted change is what migrate did.
import { mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { LIMIT_SECONDS, SOURCES } from "./bridgemod.mjs";
import { run } from "./process.mjs";
import { copyTree } from "./tree.mjs";

/** Commits the package as published, puts the rewritten sources in its place, and reviews that. */
export async function reviewRewrite({ cli, bridge, folder, sources, package: published }) {
  const root = join(folder, "review");
  await mkdir(root);
  await copyTree(published, join(root, SOURCES));
  await commitAll(root);
  await copyTree(sources, join(root, SOURCES));
  return await reviewIn({ cli, root, args: ["--bridge", bridge] });
}

/** Makes a folder a repository whose first commit is all that it holds. */
export async function commitAll(root) {
  await git(root, "init", "-q", "-b", "main");
  await git(root, "add", "-A", "-f");
  await git(root, "commit", "-q", "-m", "as published");
}

/** Reviews a repository; answers the report and how long it took. */
export async function reviewIn({ cli, root, args: more }) {
  return await jsonOf("review", { cli, root, args: more });
}

/** Explains a project; answers the report and how long it took. */
export async function explainIn({ cli, root, args: more }) {
  return await jsonOf("explain", { cli, root, args: more });
}

async function jsonOf(command, { cli, root, args: more }) {
  const stdoutFile = join(root, "..", `${command}-${basename(root)}.json`);
  const args = [cli, command, "--format", "json", ...more];
  const env = { NO_COLOR: "1", NODE_OPTIONS: "" };
  const { code, stderr, seconds } = await run(process.execPath, args, {
    cwd: root,
    stdoutFile,
    env,
    limitSeconds: LIMIT_SECONDS,
  });
  if (code !== 0) throw new Error(`${command} ended with ${code}; it said:\n${stderr}`);
  const report = JSON.parse(await readFile(stdoutFile, "utf8"));
  return { report, seconds };
}

/** A review's effects in the shape of a run's, so that both are held against the oracle in the same way. */
export function asRun({ recipes }) {
  const effects = recipes.flatMap(({ recipe, effects: own }) => own.map((effect) => ({ recipe, ...effect })));
  return { files: [{ outcome: "changed", fixes: [{ verdict: "requested", effects }] }] };
}

async function git(cwd, ...args) {
  const identity = [
    "-c",
    "user.name=corpus",
    "-c",
    "user.email=corpus@localhost",
    "-c",
    "core.autocrlf=false",
  ];
  const { code, stderr } = await run("git", [...identity, ...args], { cwd });
  if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}: ${stderr.trim()}`);
}
