import { execFileSync, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { makeTree, put } from "../workspace/temp-tree.ts";

// Real processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const cli = resolve("dist/cli.js");
const shells = ["bash", "zsh", "fish"] as const;
const scripts: Record<string, string> = {};

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
  for (const shell of shells) scripts[shell] = bridgemod("completion", shell).stdout;
});

function bridgemod(...argv: readonly string[]) {
  return spawnSync(process.execPath, [cli, ...argv], { encoding: "utf8" });
}

function has(shell: string): boolean {
  return spawnSync(shell, ["--version"]).status === 0;
}

/** What bash offers for the last of these words, which it cuts at `=` as it does while somebody types. */
function offeredByBash(...words: readonly string[]): string[] {
  const root = makeTree({ "completion.bash": scripts["bash"] ?? "" });
  const cut = ["bridgemod", ...words].flatMap((word) =>
    word.split(/(=)/).filter((part, index) => part !== "" || index === 0),
  );
  if (words.at(-1)?.endsWith("=")) cut.push("");
  const quoted = cut.map((word) => `'${word}'`).join(" ");
  const program = `set -u; source completion.bash
COMP_WORDS=(${quoted}); COMP_CWORD=${cut.length - 1}; COMPREPLY=()
"$(complete -p bridgemod | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync("bash", ["--norc", "-c", program], { cwd: root, encoding: "utf8" });
  return out.split("\n").filter((line) => line !== "");
}

describe("completion in bash", () => {
  it.each([
    [["m"], ["migrate"]],
    [
      ["migrate", "--allow-"],
      ["--allow-unproven", "--allow-dirty"],
    ],
    [["check", "--allow-"], ["--allow-unproven"]],
    [["--only-p"], ["--only-preserving"]],
    [
      ["check", "--set", ""],
      ["recommended", "overlap", "cleanup", "all"],
    ],
    [["check", "--set", "c"], ["cleanup"]],
    [
      ["check", "--set="],
      ["recommended", "overlap", "cleanup", "all"],
    ],
    [["check", "--intent=p"], ["preserve"]],
    [["check", "--codemod", "move-p"], ["move-precision-knobs"]],
    [["check", "--format", "sar"], ["sarif"]],
    [["check", "--bridge", "0.6.2"], ["0.6.2"]],
    [["docs", "move-p"], ["move-precision-knobs"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
  ])("offers for %j", (words, expected) => {
    expect(offeredByBash(...words)).toEqual(expected);
  });

  it("leaves paths to the shell", () => {
    expect(offeredByBash("check", "recipes/")).toEqual([]);
    expect(offeredByBash("check", "--output", "x")).toEqual([]);
    expect(scripts["bash"]).toContain("complete -o bashdefault -o default -F _bridgemod bridgemod");
  });

  it("runs nothing that somebody types", () => {
    const root = makeTree({});
    put(root, "c", scripts["bash"] ?? "");
    const program = `source c; COMP_WORDS=(bridgemod check '$(touch pwned)' ''); COMP_CWORD=3; _bridgemod; ls`;
    expect(execFileSync("bash", ["--norc", "-c", program], { cwd: root, encoding: "utf8" })).toBe("c\n");
  });

  it("may be loaded twice", () => {
    const root = makeTree({ c: scripts["bash"] ?? "" });
    const { status, stderr } = spawnSync("bash", ["--norc", "-ec", "source c; source c"], {
      cwd: root,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

it("knows every command and option that the help names", () => {
  const listed =
    bridgemod("--help")
      .stdout.split("\nCommands:\n")[1]
      ?.match(/^ {2}[a-z]+(?= )/gm) ?? [];
  const commands = listed.map((one) => one.trim()).filter((one) => one !== "help");
  expect(offeredByBash("")).toEqual(commands);
  for (const command of ["", ...commands]) {
    const help = bridgemod(...(command === "" ? [] : [command]), "--help").stdout;
    const options = new Set(
      help.match(/^ {2}(?:-\w, )?--[a-z-]+/gm)?.map((one) => one.replace(/.*--/, "--")),
    );
    const offered = offeredByBash(...(command === "" ? [] : [command]), "--");
    expect(offered.toSorted()).toEqual([...options].toSorted());
  }
});

it("knows no other shell", () => {
  const { status, stderr } = bridgemod("completion", "bahs");
  expect(status).toBe(2);
  expect(stderr).toContain('did you mean "bash"?');
});

describe.skipIf(!has("fish"))("completion in fish", () => {
  it("offers commands, values and names", () => {
    const root = makeTree({ "c.fish": scripts["fish"] ?? "" });
    const offered = (line: string) =>
      execFileSync("fish", ["--no-config", "-c", `source c.fish; complete -C '${line}'`], {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, HOME: root },
      })
        .split("\n")
        .flatMap((one) => one.split("\t")[0] || []);
    expect(offered("bridgemod mig")).toEqual(["migrate"]);
    expect(offered("bridgemod check --set c")).toEqual(["cleanup"]);
    expect(offered("bridgemod docs move-p")).toEqual(["move-precision-knobs"]);
    expect(offered("bridgemod migrate --allow-d")).toEqual(["--allow-dirty"]);
  });
});

describe.skipIf(!has("zsh"))("completion in zsh", () => {
  it("loads", () => {
    const root = makeTree({ _bridgemod: scripts["zsh"] ?? "" });
    const program =
      "autoload -U compinit; compinit -u -d dump; source ./_bridgemod; print $_comps[bridgemod]";
    const { stdout, stderr } = spawnSync("zsh", ["-fc", program], { cwd: root, encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: "_bridgemod\n", stderr: "" });
  });
});
