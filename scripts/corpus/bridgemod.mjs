// The tool under test, as users run it: a process and its JSON.
import { existsSync } from "node:fs";
import { cp, mkdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
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

/** No command over a whole package may take longer, on a busy machine either. */
export const LIMIT_SECONDS = 600;

/** Copies the build, so that a new one made meanwhile does not mix with it; answers the copy's command line. */
export async function snapshotCli(folder) {
  if (process.env.BRIDGEMOD_CLI !== undefined) return CLI;
  const home = join(folder, "tool");
  await mkdir(home);
  await cp(dirname(CLI), join(home, "dist"), { recursive: true });
  await cp(join(ROOT, "package.json"), join(home, "package.json")); // says that the files are modules
  return join(home, "dist", "cli.js");
}

/** Runs one command over a workspace's sources and reads the JSON that it prints. */
export async function runBridgemod(command, options, { cli, workspace, bridge, outputFile }) {
  const args = [cli, command, SOURCES, "--format", "json", "--bridge", bridge, ...options];
  if (command !== "explain") args.push("--no-cache"); // what is tested is the work, not its memory
  const env = { NO_COLOR: "1", NODE_OPTIONS: "" };
  const limits = { cwd: workspace, stdoutFile: outputFile, env, limitSeconds: LIMIT_SECONDS };
  const { code, stderr, seconds } = await run(process.execPath, args, limits);
  const said = shorten(stderr);
  return { code, said, seconds, output: await parse(outputFile, { command, code, said }) };
}

async function parse(file, { command, code, said }) {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${command} ended with ${code} and no JSON (${error.message}); it said:\n${said}`, {
      cause: error,
    });
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
