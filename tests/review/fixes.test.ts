import { describe, expect, it, vi } from "vitest";
import { git, put, textOf } from "../workspace/temp-tree.ts";
import { bridgemod, commit, edit, lab, labRepository } from "./repository.ts";

// Real git repositories and processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000 });

const fast = String(lab["recipes/fast.py"]);

/** Adds a dead write beside the one that the lab has from the start. */
function withDeadWrite(text: string): string {
  return text.replace("    return cfg", "    cfg.model.bf16 = False\n    return cfg");
}

function applyPatch(root: string, patch: string, ...options: readonly string[]): void {
  put(root, ".git/review.patch", patch);
  git(root, "apply", ...options, ".git/review.patch");
}

async function newFindings(root: string, ...argv: readonly string[]): Promise<string[]> {
  const { out } = await bridgemod(root, ["review", "--format", "json", ...argv]);
  const { recipes } = JSON.parse(out) as {
    recipes: { findings: { new: { codemod: string; rule: string }[] } }[];
  };
  return recipes.flatMap(({ findings }) => findings.new.map(({ codemod, rule }) => `${codemod}/${rule}`));
}

describe("review --diff", () => {
  it("prints the fixes for what the change brings, and leaves older findings alone", async () => {
    const root = labRepository();
    const before = textOf(root, "recipes/small.py");
    edit(root, "recipes/small.py", [
      "    small_batch(cfg)\n",
      "    small_batch(cfg)\n    cfg.model.bf16 = False\n",
    ]);
    expect(await newFindings(root)).toEqual(["move-precision-knobs/dead-precision-knob"]);
    const { code, out } = await bridgemod(root, ["review", "--diff", "--intent", "preserve"]);
    expect(code).toBe(0);
    applyPatch(root, out);
    expect(textOf(root, "recipes/small.py")).toBe(before);
    expect(textOf(root, "recipes/fast.py")).toBe(fast);
    expect((await bridgemod(root, ["review", "--diff"])).out).toBe("");
  });

  it("prints a fix as a whole, the older finding that it answers along", async () => {
    const root = labRepository();
    put(root, "recipes/fast.py", withDeadWrite(fast));
    const { out } = await bridgemod(root, ["review", "--diff", "--intent", "preserve"]);
    expect(out.split("\n").filter((line) => line.startsWith("-    "))).toEqual([
      "-    cfg.ddp.grad_reduce_in_fp32 = False",
      "-    cfg.model.bf16 = False",
    ]);
  });

  it.each<[string, (text: string) => string, string]>([
    ["LF", (text) => text, "recipes/fast.py"],
    ["CRLF", (text) => text.replaceAll("\n", "\r\n"), "recipes/fast.py"],
    ["a byte-order mark", (text) => `\uFEFF${text}`, "recipes/fast.py"],
    ["no final newline", (text) => text.trimEnd(), "recipes/fast.py"],
    ["spaces and accents in the path", (text) => text, "recipes/été à deux.py"],
  ])("is taken by git apply with %s", async (_, written, path) => {
    const root = labRepository({ [path]: written(fast) });
    const changed = written(withDeadWrite(fast));
    put(root, path, changed);
    for (const argv of [["--diff"], ["--format", "patch"]]) {
      const { out } = await bridgemod(root, ["review", ...argv]);
      applyPatch(root, out);
      expect(textOf(root, path)).not.toBe(changed);
      expect(await newFindings(root)).toEqual([]);
      put(root, path, changed);
    }
  });

  it("is about the state that the change leaves, from wherever it is asked for", async () => {
    const root = labRepository();
    put(root, "recipes/fast.py", withDeadWrite(fast));
    commit(root);
    git(root, "checkout", "-q", "main");
    const { out } = await bridgemod(`${root}/recipes`, ["review", "main..work", "--diff"]);
    git(root, "checkout", "-q", "work");
    applyPatch(root, out, "--check");
    expect(out).toContain("--- a/recipes/fast.py\n");
  });

  it("offers nothing where only older findings stand", async () => {
    const root = labRepository();
    edit(root, "recipes/small.py", ["def small_config", "def little_config"]);
    expect((await bridgemod(root, ["review", "--diff"])).out).toBe("");
  });
});

describe("fixes in annotations", () => {
  it("are SARIF fixes and rdjson suggestions for new findings", async () => {
    const root = labRepository();
    put(root, "recipes/fast.py", withDeadWrite(fast));
    const sarif = JSON.parse((await bridgemod(root, ["review", "--format", "sarif"])).out) as {
      runs: { results: { ruleId: string; fixes?: unknown[] }[] }[];
    };
    expect(sarif.runs[0]?.results.map(({ ruleId, fixes }) => [ruleId, fixes?.length])).toEqual([
      ["move-precision-knobs/dead-precision-knob", 1],
    ]);
    const rdjson = JSON.parse((await bridgemod(root, ["review", "--format", "rdjson"])).out) as {
      diagnostics: { code: { value: string }; suggestions?: { text: string }[] }[];
    };
    expect(rdjson.diagnostics).toMatchObject([
      { code: { value: "move-precision-knobs/dead-precision-knob" }, suggestions: [{}] },
    ]);
  });
});

describe("check --format patch", () => {
  it("is what --diff prints", async () => {
    const root = labRepository();
    const patch = await bridgemod(root, ["check", "--format", "patch", "recipes"]);
    const diff = await bridgemod(root, ["check", "--diff", "recipes"]);
    expect(patch).toEqual(diff);
    applyPatch(root, patch.out, "--check");
  });

  it("is what migrate did", async () => {
    const root = labRepository();
    const { out } = await bridgemod(root, ["migrate", "--format", "patch", "recipes"]);
    applyPatch(root, out, "--check", "--reverse");
    expect(out).toContain("+++ b/recipes/fast.py");
  });
});
