import { describe, expect, it } from "vitest";
import { explain } from "../src/engine.ts";
import type { ExplainReport } from "../src/outcome.ts";
import { defaultPolicy, inputOf } from "./memory-run.ts";

const HEAD = `import elsewhere
from typing import Optional
from megatron.bridge.recipes.llama.llama3 import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.training.gpt_step import forward_step
from megatron.bridge.training.pretrain import pretrain


`;

function explained(code: string, name: string | null = null): Promise<ExplainReport> {
  return explain(inputOf({ "a.py": HEAD + code }), [{ path: "a.py", function: name }], defaultPolicy);
}

async function reasonsIn(code: string): Promise<Record<string, string>> {
  const { unexplained = [] } = await explained(code);
  return Object.fromEntries(unexplained.map((one) => [`${one.line} ${one.function}`, one.reason]));
}

describe("a function that is meant as a recipe, of which nothing can be told", () => {
  it("is named with its line and the reason", async () => {
    const code = `def far_config() -> ConfigContainer:
    cfg = elsewhere.make()
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg


def later_config() -> "Optional[ConfigContainer]":
    raise NotImplementedError("not for this model")


def bare_config() -> ConfigContainer | None:
    raise NotImplementedError


def empty_config() -> ConfigContainer: ...


def other_config(fast) -> ConfigContainer:
    return {"fast": True} if fast else None
`;
    expect(await reasonsIn(code)).toEqual({
      "9 far_config": "it ends with elsewhere.make(), of which nothing can be told",
      "15 later_config": "it raises NotImplementedError: not for this model (a.py:16)",
      "19 bare_config": "it raises NotImplementedError (a.py:20)",
      "23 empty_config": "it ends with None",
      "26 other_config":
        "it ends with a dict, which is no ConfigContainer as far as can be told; or it ends with None",
    });
  });

  it("may be one that launches what came from elsewhere, or the script itself", async () => {
    const code = `def main():
    pretrain(elsewhere.make(llama3_8b_pretrain_config), forward_step)


if __name__ == "__main__":
    main()
`;
    const reason = "it ends with elsewhere.make(llama3_8b_pretrain_config), of which nothing can be told";
    expect(await reasonsIn(code)).toEqual({ "9 main": reason, "1 <module>": reason });
  });

  it("is not one that can be told, or that is not meant as one", async () => {
    const code = `def good_config() -> ConfigContainer:
    return llama3_8b_pretrain_config()


def change(cfg: ConfigContainer) -> ConfigContainer:
    cfg.ddp.grad_reduce_in_fp32 = True
    return cfg


def sometimes_config() -> ConfigContainer:
    if elsewhere.FAST:
        return elsewhere.make()
    return llama3_8b_pretrain_config()


def registry() -> dict[str, ConfigContainer]:
    return {"a": llama3_8b_pretrain_config()}


def size():
    return elsewhere.size(llama3_8b_pretrain_config())
`;
    const { recipes, unexplained } = await explained(code);
    expect([...new Set(recipes.map((one) => one.function))]).toEqual(["good_config", "sometimes_config"]);
    expect(unexplained).toBeUndefined();
  });

  it("is left out where others are asked for", async () => {
    const code = `def a_config() -> ConfigContainer:
    return elsewhere.make()


def b_config() -> ConfigContainer:
    return llama3_8b_pretrain_config()
`;
    expect((await explained(code, "b_config")).unexplained).toBeUndefined();
    expect((await explained(code, "a_config")).unexplained).toHaveLength(1);
  });
});
