import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { git, makeTree, put } from "../workspace/temp-tree.ts";

// Real processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const readme = readFileSync("README.md", "utf8");

/** What a reader is told to type and no console block shows, and what runs it. */
const elsewhere = new Set([
  "npm ci && npm run demo", // .ci/run, and the demo below
  "npm test", // this
  "npx bridgemod recipes/", // package.test.ts
]);

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
});

describe("README.md", () => {
  it("shows what its commands print; `vitest -u` writes it anew", async () => {
    const shown = readme.replace(/```console\n(.*?)```/gs, (_, block: string) => {
      return `\`\`\`console\n${transcript(commandsOf(block))}\`\`\``;
    });
    await expect(shown).toMatchFileSnapshot(resolve("README.md"));
  });

  it("names no command that nothing runs", () => {
    const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = ""]) =>
      block.trim().split("\n"),
    );
    expect(new Set(blocks)).toEqual(elsewhere);
  });

  it("names every command and common option", () => {
    const help = ["", "migrate", "check", "explain", "review"].map((command) =>
      execFileSync(process.execPath, ["dist/cli.js", ...(command ? [command] : []), "--help"], {
        encoding: "utf8",
      }),
    );
    const options = new Set(help.flatMap((text) => text.match(/--[a-z][a-z-]+/g) ?? []));
    const unlisted = ["--help", "--version", "--jobs"];
    const missing = [...options].filter((one) => !readme.includes(one) && !unlisted.includes(one));
    expect(missing).toEqual([]);
  });
});

describe("npm run demo", () => {
  it("shows a diff, a table, and what to do next", () => {
    const { status, stdout } = spawnSync(process.execPath, ["scripts/demo.mjs"], { encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout).toContain("+    cfg.mixed_precision.grad_reduce_in_fp32 = False");
    expect(stdout).toMatch(/^ {2}knob +declared +effective +decided by$/m);
    expect(stdout).toContain("npx bridgemod migrate recipes/");
  });
});

function commandsOf(block: string): string[] {
  return block.split("\n").flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : []));
}

/** What a terminal shows when these commands are typed in a fresh clone of the examples. */
function transcript(commands: readonly string[]): string {
  const root = makeTree({
    "bin/bridgemod": `#!/bin/sh\nexec "${process.execPath}" "${resolve("dist/cli.js")}" "$@"\n`,
  });
  chmodSync(join(root, "bin/bridgemod"), 0o755);
  const project = join(root, "examples");
  cpSync("examples", project, { recursive: true });
  git(project, "init", "-q");
  git(project, "add", "-A");
  git(project, "commit", "-q", "-m", "start");
  put(root, "session.sh", sessionOf(commands));
  const env = {
    ...process.env,
    PATH: `${join(root, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
    GIT_CONFIG_GLOBAL: "/dev/null",
    NO_COLOR: "1",
    npm_command: "exec", // `bridgemod` stands for `npx bridgemod`
  };
  return execFileSync("bash", [join(root, "session.sh")], { cwd: project, encoding: "utf8", env });
}

/** Prints each command before it runs, and keeps `$?` for the next. */
function sessionOf(commands: readonly string[]): string {
  const lines = commands.map(
    (command) => `printf '%s\\n' ${quoted(`$ ${command}`)}\n(exit $status)\n${command}\nstatus=$?\n`,
  );
  return `exec 2>&1\nstatus=0\n${lines.join("")}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
