#!/usr/bin/env node
import nodeModule from "node:module";
import packageJson from "../../package.json" with { type: "json" };

const oldest = [20, 19] as const;

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
  keepCompiledCode();
  const { runProcess } = await import("./run.ts");
  await runProcess(packageJson.version);
}

/** What V8 compiles is kept for the next run, where Node can do that: from 22.1 on, unless the user disables it. */
function keepCompiledCode(): void {
  const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: () => unknown };
  enableCompileCache?.();
}

await main();
