import * as engine from "../../src/engine.ts";
import { bridgemod as start, type Ran } from "../cli/fake-host.ts";
import { git, makeTree, put, type Tree } from "../workspace/temp-tree.ts";

/** A lab's recipes: a base, two that start from it, and a helper. */
export const lab: Tree = {
  "pyproject.toml": '[project]\nname = "lab"\ndependencies = ["megatron-bridge==0.6.2"]\n',
  "recipes/__init__.py": "",
  "recipes/base.py": `from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.mixed_precision import bf16_mixed


def lab_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = bf16_mixed()
    cfg.train.global_batch_size = 256
    return cfg


def small_batch(cfg: ConfigContainer) -> None:
    cfg.train.micro_batch_size = 1
`,
  "recipes/fast.py": `from megatron.bridge.training.config import ConfigContainer

from recipes.base import lab_config


def fast_config() -> ConfigContainer:
    """Less traffic."""
    cfg = lab_config()
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
`,
  "recipes/small.py": `from megatron.bridge.training.config import ConfigContainer

from recipes.base import lab_config, small_batch


def small_config() -> ConfigContainer:
    cfg = lab_config()
    small_batch(cfg)
    return cfg


def tiny_config(layers: int = 4) -> ConfigContainer:
    cfg = small_config()
    cfg.model.num_layers = layers
    if layers > 8:
        cfg.train.global_batch_size = 32
    return cfg
`,
};

/** The lab's repository on branch \`work\`, which starts at \`main\`. */
export function labRepository(files: Tree = {}): string {
  const root = makeTree({ ...lab, ...files });
  git(root, "init", "-q", "-b", "main");
  git(root, "add", "-A");
  git(root, "commit", "-qm", "start");
  git(root, "checkout", "-qb", "work");
  return root;
}

/** Replaces a text that a file holds once. */
export function edit(root: string, path: string, [from, to]: readonly [string, string]): void {
  const text = String(lab[path]);
  if (text.split(from).length !== 2) throw new Error(`${path} does not hold ${from} once`);
  put(root, path, text.replace(from, to));
}

export function commit(root: string, message = "work"): void {
  git(root, "add", "-A");
  git(root, "commit", "-qm", message);
}

/** Runs one command line with the real engine. */
export function bridgemod(cwd: string, argv: readonly string[], stdin = ""): Promise<Ran> {
  return start(cwd, argv, { engine, stdin });
}
