// Brings one package from PyPI and unpacks it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finishPackage, isComplete, startPackage } from "./cache.mjs";
import { run } from "./process.mjs";

/** Makes sure that a package is in the cache; answers what was done, or the reason why it could not be. */
export async function obtain(wanted, { python, platforms }) {
  if (isComplete(wanted)) return { status: "cached" };
  const wheels = await mkdtemp(join(tmpdir(), "bridgemod-wheel-"));
  try {
    await download(wanted, wheels, { python, platforms });
    await startPackage(wanted);
    await python3([join(import.meta.dirname, "unpack.py"), wheels, wanted.folder]);
    await finishPackage(wanted);
    return { status: "fetched" };
  } catch (error) {
    return { status: "missing", reason: error.message };
  } finally {
    await rm(wheels, { recursive: true, force: true });
  }
}

function download({ name, version }, folder, { python, platforms }) {
  const target = ["--python-version", python, "--only-binary=:all:", "--implementation", "cp"];
  const systems = platforms.flatMap((platform) => ["--platform", platform]);
  const options = ["--no-deps", "--quiet", "--disable-pip-version-check", "--dest", folder];
  return python3(["-m", "pip", "download", ...options, ...target, ...systems, `${name}==${version}`]);
}

async function python3(args) {
  const { code, stderr } = await run("python3", args);
  if (code !== 0) throw new Error(lastError(stderr) || `python3 ${args[0]} ended with exit code ${code}`);
}

/** pip's own last word, which names the cause; the lines before it list every version that exists. */
function lastError(stderr) {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const errors = lines.filter((line) => line.startsWith("ERROR:"));
  return (errors.at(-1) ?? lines.at(-1) ?? "").replace(/^ERROR:\s*/, "").trim();
}
