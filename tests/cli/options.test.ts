import { describe, expect, it } from "vitest";
import { wantsColor } from "../../src/cli/color.ts";
import { policyOf, type RawOptions } from "../../src/cli/options.ts";
import { selectCodemods } from "../../src/cli/select-codemods.ts";
import { startProgress } from "../../src/cli/progress.ts";
import { shellCommand } from "../../src/cli/shell-quote.ts";
import type { Config } from "../../src/workspace/config.ts";
import { makeRepository, recipe } from "../workspace/temp-tree.ts";
import { bridgemod } from "./fake-host.ts";

const none: Config = { file: null, directory: "/" };
const all = (["recommended", "overlap", "cleanup"] as const).map((set) => ({
  name: `in-${set}`,
  set,
  summary: "",
  readme: "",
}));

describe("options", () => {
  it.each<[string, RawOptions, Config, readonly string[]]>([
    ["the recommended ones", {}, none, ["in-recommended"]],
    ["a set", { set: "cleanup" }, none, ["in-cleanup"]],
    ["all", { set: "all" }, none, ["in-recommended", "in-overlap", "in-cleanup"]],
    ["one by name", { codemod: ["in-overlap"] }, none, ["in-overlap"]],
    [
      "a set and a name",
      { codemod: ["in-overlap"], set: "recommended" },
      none,
      ["in-recommended", "in-overlap"],
    ],
    ["those of the configuration", {}, { ...none, codemod: ["in-cleanup"] }, ["in-cleanup"]],
    [
      "options before the configuration",
      { set: "overlap" },
      { ...none, codemod: ["in-cleanup"] },
      ["in-overlap"],
    ],
  ])("select %s", (_, raw, config, expected) => {
    expect(selectCodemods(all, raw, config)).toEqual(expected);
  });

  it("go before the configuration", () => {
    const config: Config = { ...none, intent: "report", worldSize: [8], gpu: "B200" };
    const fromConfig = { intent: "report", scenarios: { worldSize: [8], gpu: "b200", te: true } };
    expect(policyOf({}, config)).toMatchObject(fromConfig);
    const raw = { intent: "preserve", worldSize: "64, 8", gpu: "h100" };
    expect(policyOf(raw, config)).toMatchObject({
      intent: "preserve",
      scenarios: { worldSize: [64, 8], gpu: "h100", te: true },
    });
    expect(policyOf({}, none)).toEqual({
      intent: "honor",
      onlyPreserving: false,
      allowUnproven: false,
      scenarios: { worldSize: null, gpu: null, te: true },
    });
  });

  it("may stand before the command, or repeat", async () => {
    const root = makeRepository({ "a.py": recipe });
    const { out } = await bridgemod(root, [
      "--format",
      "json",
      "check",
      "--codemod",
      "tidy-old",
      "--codemod",
      "swap-old",
      ".",
    ]);
    expect(JSON.parse(out).counts.changed).toBe(1);
    const listed = await bridgemod(root, ["check", "--codemod=tidy-old,swap-old", "."]);
    expect(listed.code).toBe(1);
    expect((await bridgemod(root, ["check", "--codemod=tidy-old", "--", "a.py"])).code).toBe(0);
  });
});

describe("colour", () => {
  it.each([
    [{}, "auto", true, true],
    [{}, "auto", false, false],
    [{ TERM: "dumb" }, "auto", true, false],
    [{}, "always", false, true],
    [{}, "never", true, false],
    [{ FORCE_COLOR: "1" }, "never", false, true],
    [{ FORCE_COLOR: "0" }, "always", true, false],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, "always", true, false],
    [{ NO_COLOR: "" }, "auto", true, true],
  ])("with %j, --color %s, TTY %s: %s", (env, choice, isTty, expected) => {
    expect(wantsColor({ env }, choice, isTty)).toBe(expected);
  });

  it("is in the text", async () => {
    const root = makeRepository({ "a.py": recipe });
    expect((await bridgemod(root, ["check", "a.py"], { tty: true })).out).toContain("\u001b[1ma.py");
    expect((await bridgemod(root, ["check", "a.py"])).out).not.toContain("\u001b");
  });

  it.each([
    [["--color", "always"], true],
    [["--color=always"], true],
    [["--color=always", "--color", "never"], false],
    [[], false],
  ])("is in errors as %j asks", async (argv, expected) => {
    const { err } = await bridgemod(makeRepository({}), ["check", "--set", "no-such", ...argv]);
    expect(err).toContain("no-such");
    expect(err.includes("\u001b[")).toBe(expected);
  });
});

describe("a progress bar", () => {
  const terminal = { stderrIsTty: true, env: {} };

  it.each([
    [terminal, false, true],
    [terminal, true, false],
    [{ ...terminal, stderrIsTty: false }, false, false],
    [{ ...terminal, env: { CI: "true" } }, false, false],
    [{ ...terminal, env: { CI: "1" } }, false, false],
    [{ ...terminal, env: { CI: "false" } }, false, true],
    [{ ...terminal, env: { TERM: "dumb" } }, false, false],
  ])("with %j and quiet %s: %s", async (host, quiet, expected) => {
    const none = await startProgress({ stderrIsTty: false, env: {} }, false);
    expect((await startProgress(host, quiet)) !== none).toBe(expected);
  });
});

describe("a command to copy", () => {
  it("is quoted for the shell", () => {
    expect(shellCommand(["a", "b c", "it's", "é", "--x=1", ""])).toBe("a 'b c' 'it'\\''s' 'é' --x=1 ''");
  });
});
