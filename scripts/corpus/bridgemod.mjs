// The tool under test, as users run it: a process and its JSON.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ROOT } from "./cache.mjs";
import { run } from "./process.mjs";

/** The command line under test: what `npm run build` made, or what BRIDGEMOD_CLI points to. */
export const CLI = resolve(process.env.BRIDGEMOD_CLI ?? join(ROOT, "dist", "cli.js"));

/** Says what to do when there is nothing to test. */
export function requireCli() {
  if (!existsSync(CLI)) throw new Error(`${CLI}: not there; run \`npm run build\`, or set BRIDGEMOD_CLI`);
}

/** The folder inside the working directory that holds the package's `megatron`. */
export const SOURCES = "src";

/** Runs one command over a workspace's sources and reads the JSON that it prints. */
export async function runBridgemod(command, options, { workspace, bridge, outputFile }) {
  const args = [CLI, command, SOURCES, "--format", "json", "--bridge", bridge, ...options];
  const env = { NO_COLOR: "1", NODE_OPTIONS: "" };
  const { code, stderr, seconds } = await run(process.execPath, args, {
    cwd: workspace,
    stdoutFile: outputFile,
    env,
  });
  return { code, stderr, seconds, output: await parse(outputFile, { command, code, stderr }) };
}

async function parse(file, { command, code, stderr }) {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(
      `${command} ended with exit code ${code} and no JSON (${error.message}); it said:\n${shorten(stderr)}`,
    );
  }
}

/** What a process said, without the middle: an uncaught exception has its message first and its cause last. */
function shorten(stderr) {
  const lines = stderr
    .trim()
    .split("\n")
    .map((line) => line.slice(0, 200));
  return (lines.length <= 16 ? lines : [...lines.slice(0, 8), "...", ...lines.slice(-8)]).join("\n");
}
