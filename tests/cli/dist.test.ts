import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { git, makeRepository, put, textOf } from "../workspace/temp-tree.ts";

// Real git repositories and processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000 });

const cli = resolve("dist/cli.js");

const recipe = `from megatron.bridge.recipes.common import _pretrain_common
from megatron.bridge.training.config import ConfigContainer


def a_pretrain_config() -> ConfigContainer:
    """A recipe."""
    cfg = _pretrain_common()
    cfg.ddp.grad_reduce_in_fp32 = False  # halves the traffic
    return cfg
`;

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function bridgemod(cwd: string, ...argv: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], { cwd, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

function problemsOf(schema: string, text: string): unknown {
  const definition: unknown = JSON.parse(readFileSync(`dist/schema/${schema}.json`, "utf8"));
  const validate = new Ajv2020({ allErrors: true }).compile(Object(definition));
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

describe.skipIf(!existsSync("src/engine.ts"))("the built program", () => {
  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
  }, 60_000);

  it("is executable and holds what it needs", () => {
    expect(readFileSync(cli, "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
    expect(statSync(cli).mode & 0o111).toBe(0o111);
    for (const file of [
      "wasm/web-tree-sitter.wasm",
      "wasm/tree-sitter-bash.wasm",
      "wasm/tree-sitter-python.wasm",
      "schema/run-1.json",
      "LICENSES.txt",
    ]) {
      expect(existsSync(resolve("dist", file))).toBe(true);
    }
  });

  it("is built once", () => {
    const before = statSync("dist/.stamp").mtimeMs;
    execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
    expect(statSync("dist/.stamp").mtimeMs).toBe(before);
  });

  it("prints its bare version", () => {
    // How long that takes is for `npm run bench` to say.
    expect(bridgemod(process.cwd(), "--version")).toMatchObject({ code: 0, out: "0.1.0\n" });
  });

  it("checks, migrates and explains a recipe", () => {
    const root = makeRepository({ "recipes/a.py": recipe });
    const checked = bridgemod(root, "check", "--format", "json", "recipes");
    expect(checked).toMatchObject({ code: 1 });
    expect(problemsOf("run-1", checked.out)).toEqual([]);
    expect(JSON.parse(checked.out).counts).toEqual({ changed: 1, unchanged: 0, skipped: 0, failed: 0 });
    const patch = bridgemod(root, "check", "--diff", "recipes").out;
    expect(bridgemod(root, "migrate", "recipes")).toMatchObject({ code: 0 });
    const migrated = textOf(root, "recipes/a.py");
    expect(migrated).toContain("cfg.mixed_precision");
    expect(migrated).toContain("# halves the traffic");
    git(root, "checkout", "-q", ".");
    put(root, "p.patch", patch);
    git(root, "apply", "p.patch");
    expect(textOf(root, "recipes/a.py")).toBe(migrated);
    expect(bridgemod(root, "check", "recipes")).toMatchObject({ code: 0, out: "" });
    const explained = bridgemod(root, "explain", "--format", "json", "recipes/a.py::a_pretrain_config");
    expect(explained.code).toBe(0);
    expect(problemsOf("explain-1", explained.out)).toEqual([]);
    expect(JSON.parse(explained.out).recipes[0].knobs["ddp.grad_reduce_in_fp32"]).toMatchObject({
      effective: false,
    });
  });

  it("heeds comments, leaves markers, and passes once they are answered", () => {
    const root = makeRepository({ "a.py": recipe });
    const report = ["--intent", "report"];
    expect(bridgemod(root, "migrate", "--annotate", ...report, "a.py")).toMatchObject({ code: 1 });
    const marked = textOf(root, "a.py");
    expect(marked).toMatch(
      /^ {4}# bridgemod: todo\[move-precision-knobs\/dead-precision-knob\] .+\n {4}cfg\.ddp\.grad_reduce_in_fp32/m,
    );
    const again = bridgemod(root, "migrate", "--annotate", "--allow-dirty", ...report, "a.py");
    expect({ code: again.code, text: textOf(root, "a.py") }).toEqual({ code: 1, text: marked });
    put(root, "a.py", marked.replace(/todo\[([\w-]+)\/.*/, "ignore[$1] measured, and better"));
    const { code, out, err } = bridgemod(root, "check", "--verbose", "a.py");
    expect({ code, out }).toEqual({
      code: 0,
      out: "a.py\n  9  ignored  move-precision-knobs/dead-precision-knob\n      measured, and better\n",
    });
    expect(err).toContain("0 failed; 1 finding ignored as comments ask");
    const json = bridgemod(root, "check", "--format", "json", "a.py").out;
    expect(problemsOf("run-1", json)).toEqual([]);
    expect(JSON.parse(json).files[0].suppressed).toMatchObject([{ line: 9, reason: "measured, and better" }]);
    put(root, "a.py", marked);
    const fixed = bridgemod(root, "migrate", "--annotate", "--allow-dirty", "a.py");
    expect({ code: fixed.code, left: textOf(root, "a.py").includes("bridgemod:") }).toEqual({
      code: 0,
      left: false,
    });
  });

  it("lists its codemods and prints their documentation", () => {
    const root = makeRepository({});
    expect(bridgemod(root, "list").out).toContain("move-precision-knobs");
    expect(bridgemod(root, "docs", "move-precision-knobs").out).toMatch(/^# /);
  });

  it("finds broken Python in a small directory, and works on the rest", () => {
    const root = makeRepository({ "a.py": recipe, "b.py": "def f(:\n", "c.py": "x = 1\n" });
    const { code, err } = bridgemod(root, "migrate", ".");
    expect(code).toBe(2);
    expect(err).toContain("error: b.py");
    expect(textOf(root, "a.py")).toContain("cfg.mixed_precision");
  });
});
