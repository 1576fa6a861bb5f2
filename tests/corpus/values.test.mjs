import { describe, expect, test } from "vitest";
import { judge, mayEqual } from "../../scripts/corpus/values.mjs";

describe("judge", () => {
  test.each([
    ["the same scalar", true, true, "equal"],
    ["a number for a flag", 1, true, "wrong"],
    ["null for a missing attribute", null, undefined, "wrong"],
    ["two names of one dtype", "torch.half", "torch.float16", "equal"],
    ["another dtype", "torch.float16", "torch.bfloat16", "wrong"],
    ["an unknown", { unknown: "args.fast" }, 3, "unknown"],
    ["an unknown where nothing is", { unknown: "args.fast" }, undefined, "unknown"],
    ["one of several, with the right one", { oneOf: ["e4m3", null] }, null, "unknown"],
    ["one of several, all wrong", { oneOf: ["e4m3", "hybrid"] }, null, "wrong"],
    ["one of several, one not known", { oneOf: ["e4m3", { unknown: "x" }] }, null, "unknown"],
    ["absent", { absent: true }, undefined, "equal"],
    ["absent, but it is there", { absent: true }, false, "wrong"],
    ["a preset", { preset: "userbuffers_a" }, { preset: "userbuffers_a", value: { qkv: {} } }, "equal"],
    ["another preset", { preset: "userbuffers_b" }, { preset: "userbuffers_a", value: {} }, "wrong"],
    ["an object of a class", { object: "Plan" }, { __class__: "a.b.Plan", x: 1 }, "equal"],
    ["an object of another class", { object: "Plan" }, { __class__: "a.b.Other" }, "wrong"],
    ["an enum's member", { object: "a.b.Part.router" }, "Part.router", "equal"],
    ["another member of the enum", { object: "a.b.Part.router" }, "Part.mlp", "wrong"],
    ["an object instead of a text", { object: "a.b.router" }, "router", "wrong"],
    ["an object instead of None", { object: "Plan" }, null, "wrong"],
    ["a list", [1, "a"], [1, "a"], "equal"],
    ["a shorter list", [1], [1, "a"], "wrong"],
    ["a list with an unknown", [1, { unknown: "x" }], [1, "a"], "unknown"],
    ["fields", { a: 1 }, { a: 1, __class__: "x.Y" }, "equal"],
    ["fields of which one is missing", { a: 1 }, { a: 1, b: 2 }, "wrong"],
    ["the fields of a plan", { qkv: 1 }, { preset: null, value: { qkv: 1 } }, "equal"],
  ])("%s", (_, ours, theirs, verdict) => {
    expect(judge(ours, theirs)).toBe(verdict);
  });
});

test("an unknown may equal anything, a value only itself", () => {
  expect(mayEqual({ unknown: "x" }, 1)).toBe(true);
  expect(mayEqual(1, { oneOf: [1, 2] })).toBe(true);
  expect(mayEqual(1, 2)).toBe(false);
});
