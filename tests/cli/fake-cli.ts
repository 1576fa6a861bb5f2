import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const source = `
import { fakeEngine } from ${JSON.stringify(resolve("tests/cli/fake-engine.ts"))};
export const { run, explain, explainEach, review, codemods, versions, mentionsRecipes } = fakeEngine;
`;

/** Bundles the command line with the fake engine; gives the path of the program. */
export async function buildFakeCli(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "bridgemod-cli-"));
  chmodSync(directory, 0o755);
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }\n');
  await build({
    entryPoints: { cli: "src/cli/main.ts" },
    outdir: directory,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    define: { __filename: '"bridgemod"' },
    banner: {
      js: 'import { createRequire as nodeRequire } from "node:module";\nconst require = nodeRequire(import.meta.url);',
    },
    plugins: [
      {
        name: "fake-engine",
        setup: (bundler) => {
          bundler.onResolve({ filter: /^\.\.\/engine\.ts$/ }, () => ({ path: "engine", namespace: "fake" }));
          bundler.onLoad({ filter: /.*/, namespace: "fake" }, () => ({
            contents: source,
            resolveDir: resolve("."),
          }));
        },
      },
    ],
  });
  return join(directory, "cli.js");
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface StartOptions {
  readonly cwd: string;
  readonly uid?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts a program with these arguments. */
export function start(program: string, argv: readonly string[], options: StartOptions): Started {
  const { env, ...others } = options;
  const child = spawn(process.execPath, [program, ...argv], { ...others, env: { ...process.env, ...env } });
  const printed = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => void (printed.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (printed.err += chunk.toString()));
  const ended = new Promise<Ended>((settle) => {
    child.on("close", (code, signal) => settle({ code, signal, ...printed }));
  });
  return { child, ended };
}
