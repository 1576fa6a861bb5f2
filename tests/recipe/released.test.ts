import { expect, it } from "vitest";
import { releasedFiles } from "../../src/recipe/released.ts";

it.each([
  ["a file of a checkout of Bridge", "src/megatron/bridge/recipes/llama.py", true],
  ["a file of a copy of Bridge elsewhere", "../third/megatron/bridge/models/gpt.py", true],
  ["a file of Megatron-LM", "lm/megatron/training/arguments.py", true],
  ["a package of the user's own beside Bridge", "src/megatron/corp/recipes.py", false],
  ["a package of that name elsewhere", "mine/megatron/bridge/recipes/llama.py", false],
  ["a recipe", "recipes/llama.py", false],
])("tells %s", (_, path, expected) => {
  const isReleased = releasedFiles([
    "src/megatron/bridge/training/config.py",
    "../third/megatron/bridge/training/config.py",
    "lm/megatron/core/package_info.py",
    path,
  ]);
  expect(isReleased(path)).toBe(expected);
});
