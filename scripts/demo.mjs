// npm run demo: the main job on the bundled example recipes, in a copy that is thrown away.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const recipe = "recipes/llama3_8b.py::llama3_8b_fast_config";

const folder = mkdtempSync(join(tmpdir(), "bridgemod-demo-"));
try {
  cpSync(join(root, "examples"), folder, { recursive: true });
  say("What a recipe declares, and what runs:");
  bridgemod("explain", recipe);
  say("What bridgemod would change:");
  bridgemod("check", "--diff", "--quiet", "recipes");
  say("What each change does, proved before it is written (to a copy, here):");
  bridgemod("migrate", "--quiet", "recipes");
  say("What runs now:");
  bridgemod("explain", recipe);
  say(`On your own recipes:

  npx bridgemod recipes/            what would change, and the command that does it
  npx bridgemod explain recipes/    what every recipe declares, and what runs
  npx bridgemod migrate recipes/    change it`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs a command in the copy. 1 means that there is something to do, which is why we are here. */
function bridgemod(...argv) {
  console.log(`$ bridgemod ${argv.join(" ")}`);
  const cli = join(root, "dist", "cli.js");
  const { status } = spawnSync(process.execPath, [cli, ...argv], { cwd: folder, stdio: "inherit" });
  if (status !== 0 && status !== 1)
    throw new Error(`bridgemod ${argv.join(" ")} ended with exit code ${status}`);
}

function say(text) {
  console.log(`\n${text}\n`);
}
