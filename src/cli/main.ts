#!/usr/bin/env node
import nodeModule from "node:module";
import v8 from "node:v8";
import packageJson from "../../package.json" with { type: "json" };

const oldest = [20, 19] as const;
/** From this version of Node on, V8 has a cheaper compiler before its best one. */
const COMPILES_IN_STEPS = 22;

/** Checks Node and answers `--version` before anything is loaded: that must cost no more than starting Node. */
async function main(): Promise<void> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    process.stderr.write(
      `error: bridgemod needs Node ${oldest.join(".")} or newer, and this is ${process.versions.node}\n`,
    );
    process.exitCode = 2;
    return;
  }
  const [first] = process.argv.slice(2);
  if (first === "--version" || first === "-V") {
    process.stdout.write(`${packageJson.version}\n`);
    return;
  }
  if (major < COMPILES_IN_STEPS) optimizeLater();
  keepCompiledCode();
  const { runProcess } = await import("./run.ts");
  await runProcess(packageJson.version);
}

/** To optimize as soon as this V8 does takes a seventh of the processor's time, and makes a run of seconds no faster. */
function optimizeLater(): void {
  v8.setFlagsFromString("--interrupt-budget=300000");
}

/** What V8 compiles is kept for the next run, where Node can do that: from 22.1 on, unless the user disables it. */
function keepCompiledCode(): void {
  const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: () => unknown };
  enableCompileCache?.();
}

await main();
