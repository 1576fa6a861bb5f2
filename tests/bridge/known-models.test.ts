import { expect, it } from "vitest";
import { knownModel } from "../../src/bridge/known-models.ts";

it.each([
  ["meta-llama/Meta-Llama-3-70B", 8192],
  ["meta-llama/Llama-3.1-405B", 16384],
  ["meta-llama/Llama-3.3-70B-Instruct", 8192],
  ["meta-llama/Llama-3.2-1B", 2048],
  ["/checkpoints/Llama-3.1-405B-Instruct", 16384],
  ["Qwen/Qwen2.5-72B", 8192],
  ["Qwen/Qwen3-30B-A3B", 2048],
  ["nvidia/Nemotron-4-340B-Base", 18432],
])("knows the hidden size of %s", (checkpoint, hidden) => {
  expect(knownModel(checkpoint)).toEqual({ hidden, latent: false });
});

it.each(["deepseek-ai/DeepSeek-V3", "deepseek-ai/DeepSeek-V2-Lite", "moonshotai/Kimi-K2-Instruct"])(
  "knows that %s has multi-latent attention",
  (checkpoint) => {
    expect(knownModel(checkpoint)?.latent).toBe(true);
  },
);

it.each(["acme/Llama-3-700B", "Qwen/Qwen3-Next-80B-A3B", "gpt2", "Qwen/Qwen2.5-VL-72B", "my-llama-3-70b"])(
  "says nothing of %s",
  (checkpoint) => {
    expect(knownModel(checkpoint)).toBeNull();
  },
);
