import type { Tree } from "./temp-tree.ts";

const config = "class ConfigContainer:\n    model: object\n";
const precision = "def bf16_with_nvfp4_mixed(): ...\ndef nemotron_3_super_bf16_with_nvfp4_mixed(): ...\n";

/** The files of a source tree that the probes look at. */
export function bridgeTree(at: string, newest: "0.4" | "0.5" | "0.6", stated: string): Tree {
  const [major, minor, patch] = stated.split(".");
  const fp4 = newest === "0.4" ? "" : "class MixedPrecisionConfig:\n    fp4_param_gather: bool = False\n";
  const tree: Tree = {
    [`${at}/training/config.py`]: newest === "0.6" ? `${config}    env_vars: dict\n` : config,
    [`${at}/training/mixed_precision.py`]: precision + fp4,
    [`${at}/recipes/common.py`]: "x = 1\n",
    [`${at}/package_info.py`]: `MAJOR = ${major}\nMINOR = ${minor}\nPATCH = ${patch}\nPRE_RELEASE = ""\n`,
  };
  return newest === "0.6" ? { ...tree, [`${at}/perf_recipes/__init__.py`]: "" } : tree;
}
