import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { git, makeRepository, textOf } from "../workspace/temp-tree.ts";

// npm and git, on machines that do other things, too.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

interface Hook {
  readonly id: string;
  readonly name: string;
  readonly entry: string;
  readonly language: string;
  readonly types: readonly string[];
  readonly require_serial: boolean;
}

const hooks: readonly Hook[] = parse(readFileSync(".pre-commit-hooks.yaml", "utf8"));
const { version } = JSON.parse(readFileSync("package.json", "utf8"));

const recipe = `from megatron.bridge.recipes.common import _pretrain_common
from megatron.bridge.training.config import ConfigContainer


def a_pretrain_config() -> ConfigContainer:
    """A recipe."""
    cfg = _pretrain_common()
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
`;

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
});

/** A repository where npx finds this version of bridgemod, as it finds a published one. */
function makeProject(): string {
  const root = makeRepository({
    "recipes/a b.py": recipe,
    "recipes/plain.py": "x = 1\n",
    ".gitignore": "node_modules\n",
  });
  const installed = join(root, "node_modules", "bridgemod");
  mkdirSync(join(root, "node_modules", ".bin"), { recursive: true });
  mkdirSync(installed);
  cpSync("package.json", join(installed, "package.json"));
  symlinkSync(resolve("dist"), join(installed, "dist"));
  symlinkSync("../bridgemod/dist/cli.js", join(root, "node_modules", ".bin", "bridgemod"));
  return root;
}

/** Runs a hook as pre-commit does: the words of its entry and the files, without a shell. */
function runHook(root: string, id: string): { code: number | null; out: string } {
  const hook = hooks.find((one) => one.id === id);
  if (!hook) throw new Error(`no hook ${id}`);
  const [program = "", ...words] = hook.entry.split(" ");
  const files = git(root, "ls-files", "-z", "*.py")
    .split("\0")
    .filter((file) => file !== "");
  const env = { ...process.env, npm_config_offline: "true", PRE_COMMIT: "1" };
  const { status, stdout, stderr } = spawnSync(program, [...words, ...files], {
    cwd: root,
    encoding: "utf8",
    env,
  });
  return { code: status, out: stdout + stderr };
}

it("runs the published version of this package", () => {
  expect(hooks.map(({ id }) => id)).toEqual(["bridgemod-check", "bridgemod-migrate"]);
  for (const { entry, language, types } of hooks) {
    expect({ language, types }).toEqual({ language: "node", types: ["python"] });
    expect(entry).toContain(`npx --yes bridgemod@${version} `);
    expect(entry).not.toMatch(/["'$\\]/);
  }
});

it("checks the files of a commit, and changes none", () => {
  const root = makeProject();
  const { code, out } = runHook(root, "bridgemod-check");
  expect(code).toBe(1);
  expect(out).toContain("recipes/a b.py\n  8  fix  move-precision-knobs/dead-precision-knob");
  expect(git(root, "status", "--porcelain")).toBe("");
});

it("migrates staged files, after which the check passes", () => {
  const root = makeProject();
  git(root, "rm", "-q", "--cached", "recipes/a b.py");
  git(root, "commit", "-qm", "without");
  git(root, "add", "recipes/a b.py");
  expect(runHook(root, "bridgemod-migrate").code).toBe(0);
  expect(textOf(root, "recipes/a b.py")).toContain("cfg.mixed_precision.grad_reduce_in_fp32 = False");
  expect(runHook(root, "bridgemod-check").code).toBe(0);
});
