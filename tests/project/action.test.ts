import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { git, makeRepository, makeTree, put, textOf } from "../workspace/temp-tree.ts";

// Real git repositories and processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action: Action = parse(readFileSync("action.yml", "utf8"));
const { version, repository } = JSON.parse(readFileSync("package.json", "utf8"));

const base = `from megatron.bridge.recipes.common import _pretrain_common
from megatron.bridge.training.config import ConfigContainer


def base_config() -> ConfigContainer:
    return _pretrain_common()
`;
const recipe = `from recipes.base import base_config
from megatron.bridge.training.config import ConfigContainer


def a_config() -> ConfigContainer:
    cfg = base_config()
    return cfg
`;

/** As little of `gh` as the action uses: comments of one issue, kept in a folder. */
const GH = `#!/usr/bin/env bash
set -euo pipefail
[[ $GH_TOKEN == secret ]] || { echo "bad token" >&2; exit 4; }
printf '%s\\n' "$*" >> "$GH_STORE/calls"
case "$*" in
  *"--method PATCH"*) cp "\${@: -1:1}" /dev/null 2>/dev/null || cp "$(sed 's/^body=@//' <<< "\${@: -1:1}")" "$GH_STORE/comment" ;;
  *"--method POST"*) cp "$(sed 's/^body=@//' <<< "\${@: -1:1}")" "$GH_STORE/comment" ;;
  *--paginate*) if [[ -f $GH_STORE/comment ]] && head -n 1 "$GH_STORE/comment" | grep -qF '<!-- bridgemod -->'; then echo 17; fi ;;
esac
`;

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
});

/** A pull request in a checkout: `main` is the base, what stands in the files the change. */
function makePullRequest(change: Readonly<Record<string, string>>): string {
  const root = makeRepository({ "recipes/__init__.py": "", "recipes/base.py": base, "recipes/a.py": recipe });
  git(root, "update-ref", "refs/remotes/origin/main", "HEAD");
  git(root, "checkout", "-q", "-b", "change");
  for (const [path, text] of Object.entries(change)) put(root, path, text);
  git(root, "add", "-A");
  git(root, "commit", "-qm", "change");
  return root;
}

interface Ran {
  readonly code: number;
  readonly printed: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly home: string;
}

interface Run {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly home?: string;
  readonly pullRequest?: boolean;
}

/** Runs the action's steps one after the other, each as a runner does: its own bash, the environment, the files. */
function runAction(root: string, { inputs = {}, home = makeHome(), pullRequest = true }: Run = {}): Ran {
  const command = `${process.execPath} ${resolve("dist/cli.js")}`;
  const values: Record<string, string> = { "github.base_ref": pullRequest ? "main" : "" };
  values["github.event.pull_request.number"] = pullRequest ? "7" : "";
  for (const [name, input] of Object.entries(action.inputs)) {
    values[`inputs.${name}`] = inputs[name] ?? (name === "command" ? command : input.default);
  }
  let printed = "";
  let code = 0;
  for (const step of action.runs.steps) {
    put(home, "output", "");
    put(home, "step.sh", step.run);
    const env = {
      PATH: `${join(home, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      HOME: home,
      BRIDGEMOD_CACHE_DIR: join(home, "cache"),
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_REPOSITORY: "lab/recipes",
      GITHUB_OUTPUT: join(home, "output"),
      GITHUB_STEP_SUMMARY: join(home, "summary"),
      RUNNER_TEMP: join(home, "temp"),
      GH_STORE: home,
      ...Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, evaluated(text, values)])),
    };
    const argv = ["--noprofile", "--norc", "-eo", "pipefail", join(home, "step.sh")];
    const ran = spawnSync("bash", argv, { cwd: root, encoding: "utf8", env });
    printed += ran.stdout + ran.stderr;
    for (const line of textOf(home, "output")
      .split("\n")
      .filter((one) => one !== "")) {
      const at = line.indexOf("=");
      values[`steps.${step.id ?? ""}.outputs.${line.slice(0, at)}`] = line.slice(at + 1);
    }
    code = ran.status ?? -1;
    if (code !== 0) break;
  }
  const summary = existsSync(join(home, "summary")) ? textOf(home, "summary") : "";
  return { code, printed, outputs: values, summary, home };
}

function makeHome(): string {
  const home = makeTree({ "bin/gh": GH });
  chmodSync(join(home, "bin/gh"), 0o755);
  mkdirSync(join(home, "temp"));
  return home;
}

function evaluated(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nothing gives ${name} a value`);
    return value;
  });
}

const flipped = {
  "recipes/base.py": base.replace(
    "return _pretrain_common()",
    "cfg = _pretrain_common()\n    cfg.train.global_batch_size = 64\n    return cfg",
  ),
};
const dead = {
  "recipes/a.py": recipe.replace("    return cfg", "    cfg.ddp.grad_reduce_in_fp32 = False\n    return cfg"),
};

describe("action.yml", () => {
  it("runs the published version, and nothing but bash", () => {
    expect(action.runs.using).toBe("composite");
    expect(action.inputs["command"]?.default).toBe(`npx --yes bridgemod@${version}`);
    for (const step of action.runs.steps) {
      expect(step.shell).toBe("bash");
      // What a pull request brings along reaches a script through the environment only.
      expect(step.run).not.toContain("${{");
    }
    for (const { description } of Object.values(action.inputs)) expect(description).toMatch(/\w/);
  });

  it("annotates, writes SARIF and a summary, and fails for findings", () => {
    const root = makePullRequest(dead);
    const { code, printed, summary } = runAction(root, {
      inputs: { "sarif-file": "findings.sarif", paths: "recipes\n" },
    });
    expect(code).toBe(1);
    expect(printed).toMatch(/^::warning .*file=recipes\/a\.py,.*line=7/m);
    expect(printed).toContain("No comment: there is no token");
    const sarif = JSON.parse(textOf(root, "findings.sarif"));
    expect(sarif.runs[0].results[0].ruleId).toBe("move-precision-knobs/dead-precision-knob");
    expect(summary).not.toBe("");
  });

  it("passes when there is nothing to do", () => {
    const root = makePullRequest({ "notes.md": "hello\n" });
    expect(runAction(root)).toMatchObject({ code: 0 });
  });

  it("says what changes in what runs in one comment, however often it runs", () => {
    const root = makePullRequest(flipped);
    const first = runAction(root, { inputs: { token: "secret" } });
    expect(first.printed).not.toContain("No comment");
    const comment = textOf(first.home, "comment");
    expect(comment).toMatch(/^<!-- bridgemod -->\n/);
    expect(comment).toContain("train.global_batch_size");
    expect(comment).toContain("recipes.a.a_config");
    expect(comment.slice(comment.indexOf("\n") + 1)).toBe(first.summary);
    runAction(root, { inputs: { token: "secret" }, home: first.home });
    const calls = textOf(first.home, "calls").trim().split("\n");
    expect(calls.map((call) => /--method (\w+) (\S+)/.exec(call)?.slice(1, 3).join(" ") ?? "list")).toEqual([
      "list",
      "POST repos/lab/recipes/issues/7/comments",
      "list",
      "PATCH repos/lab/recipes/issues/comments/17",
    ]);
  });

  it("fails for what `fail-on` names", () => {
    const root = makePullRequest(flipped);
    expect(runAction(root, { inputs: { "fail-on": "any" } }).code).toBe(1);
    expect(runAction(root).code).toBe(0);
  });

  it("fails when it is misused, and takes no path or argument for a command", () => {
    const root = makePullRequest(dead);
    const odd = runAction(root, { inputs: { arguments: "--intent=$(touch pwned)" } });
    expect(odd.code).toBe(2);
    expect(existsSync(join(root, "pwned"))).toBe(false);
    expect(runAction(root, { inputs: { paths: "; touch pwned" } }).code).toBe(2);
    expect(existsSync(join(root, "pwned"))).toBe(false);
  });
});

describe("the workflow that init writes", () => {
  interface WorkflowStep {
    readonly if?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly run?: string;
  }

  /** Runs the workflow's own steps as a runner does, with the built package for the published one. */
  function runWorkflow(root: string): {
    readonly codes: readonly number[];
    readonly printed: string;
    readonly summary: string;
  } {
    const home = makeHome();
    const npx = `#!/usr/bin/env bash\n[[ $1 == --yes && $2 == bridgemod@${version} ]] || exit 99\nshift 2\nexec ${process.execPath} ${resolve("dist/cli.js")} "$@"\n`;
    put(home, "bin/npx", npx);
    chmodSync(join(home, "bin/npx"), 0o755);
    execFileSync(process.execPath, [resolve("dist/cli.js"), "init", "--quiet"], { cwd: root });
    const workflow = parse(textOf(root, ".github/workflows/bridgemod.yml")) as {
      jobs: { recipes: { steps: WorkflowStep[] } };
    };
    const steps = workflow.jobs.recipes.steps.flatMap(({ run, ...step }) =>
      run === undefined ? [] : [{ ...step, run }],
    );
    const values = { "github.base_ref": "main" };
    const ran = steps.map(({ run, env = {} }) => {
      put(home, "step.sh", run);
      return spawnSync("bash", ["-e", join(home, "step.sh")], {
        cwd: root,
        encoding: "utf8",
        env: {
          PATH: `${join(home, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
          BRIDGEMOD_CACHE_DIR: join(home, "cache"),
          GITHUB_STEP_SUMMARY: join(home, "summary"),
          ...Object.fromEntries(Object.entries(env).map(([name, text]) => [name, evaluated(text, values)])),
        },
      });
    });
    for (const { if: condition } of steps.slice(1)) expect(condition).toBe("${{ !cancelled() }}");
    return {
      codes: ran.map(({ status }) => status ?? -1),
      printed: ran.map(({ stdout }) => stdout).join(""),
      summary: textOf(home, "summary"),
    };
  }

  it("annotates findings, and says in the summary what changes in what runs", () => {
    const { codes, printed, summary } = runWorkflow(makePullRequest({ ...flipped, ...dead }));
    expect(codes).toEqual([1, 0]);
    expect(printed).toMatch(/^::warning .*file=recipes\/a\.py,.*line=7/m);
    expect(summary).toContain("train.global_batch_size");
    expect(summary).toContain("recipes.a.a_config");
  });

  it("passes a change that does not touch recipes", () => {
    expect(runWorkflow(makePullRequest({ "notes.md": "hello\n" })).codes).toEqual([0, 0]);
  });
});

describe("README.md", () => {
  it("names the action by the repository that package.json names, once it does", () => {
    const [, owner] = /github\.com[/:]([\w-]+)\/bridgemod/.exec(JSON.stringify(repository ?? "")) ?? [];
    const [, named] = /uses: ([\w-]+)\/bridgemod@/.exec(readFileSync("README.md", "utf8")) ?? [];
    expect(named).toBe(owner ?? "OWNER");
  });
});
