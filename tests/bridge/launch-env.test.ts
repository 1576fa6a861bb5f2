import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/bridge/catalog.ts";
import {
  conflictsWith,
  connectionsFor,
  gpuFamily,
  launchMechanism,
  layernormMargin,
  type LaunchFacts,
  type LaunchMechanism,
} from "../../src/bridge/launch-env.ts";

/** One GPU of Hopper; every test says what is different. */
const ONE: LaunchFacts = {
  family: "hopper",
  tp: 1,
  cp: 1,
  pp: 1,
  dp: 1,
  expertOverlap: false,
  flexDispatcher: false,
  fsdp: false,
};

it.each([
  ["0.1.0rc4", "setup"],
  ["0.2.0", "plugin"],
  ["0.3.1", "plugin"],
  ["0.5.1", "plugin"],
  ["0.6.0", "env_vars"],
  ["0.6.2", "env_vars"],
  ["0.7.0.dev0", "env_vars"],
])("knows who sets launch-time settings in %s", async (version, mechanism) => {
  expect(launchMechanism(await loadCatalog(version))).toBe(mechanism);
});

it.each([
  ["a100", "hopper"],
  ["h100", "hopper"],
  ["H200", "hopper"],
  ["b200", "blackwell"],
  ["b300", "blackwell"],
  ["gb200", "blackwell"],
  ["gb300", "blackwell"],
  ["vr200", "blackwell"],
  ["r100", "blackwell"],
  ["tpu", null],
  [null, null],
])("puts %s into a family", (gpu, family) => {
  expect(gpuFamily(gpu)).toBe(family);
});

/** The rules of `CommOverlapConfig.setup` (v0.1), of the plugin, and of v0.6's own recipes. */
const TABLE: readonly (readonly [string, Partial<LaunchFacts>, Record<LaunchMechanism, number | null>])[] = [
  ["Hopper, nothing split", {}, { setup: null, plugin: 8, env_vars: 8 }],
  ["Hopper, TP", { tp: 4 }, { setup: 1, plugin: 1, env_vars: 1 }],
  ["Hopper, CP", { cp: 2 }, { setup: 1, plugin: 1, env_vars: 1 }],
  ["Hopper, TP and DP", { tp: 4, dp: 8 }, { setup: 1, plugin: 1, env_vars: 1 }],
  ["Hopper, PP only", { pp: 4 }, { setup: null, plugin: 8, env_vars: 8 }],
  ["Hopper, TP with expert overlap", { tp: 2, expertOverlap: true }, { setup: null, plugin: 8, env_vars: 8 }],
  [
    "Hopper, TP with expert overlap over DeepEP",
    { tp: 2, expertOverlap: true, flexDispatcher: true },
    { setup: null, plugin: 32, env_vars: 32 },
  ],
  [
    "Hopper, TP with DeepEP and no overlap: the order of TP wins",
    { tp: 2, flexDispatcher: true },
    { setup: 1, plugin: 1, env_vars: 1 },
  ],
  ["Hopper, DeepEP", { flexDispatcher: true }, { setup: null, plugin: 32, env_vars: 32 }],
  ["Hopper, TP under FSDP", { tp: 2, fsdp: true }, { setup: 1, plugin: 8, env_vars: 8 }],
  ["Blackwell, nothing split", { family: "blackwell" }, { setup: null, plugin: 8, env_vars: 32 }],
  ["Blackwell, TP alone", { family: "blackwell", tp: 2 }, { setup: null, plugin: 8, env_vars: 32 }],
  ["Blackwell, TP and DP", { family: "blackwell", tp: 2, dp: 8 }, { setup: 32, plugin: 32, env_vars: 32 }],
  ["Blackwell, CP and PP", { family: "blackwell", cp: 2, pp: 2 }, { setup: 32, plugin: 32, env_vars: 32 }],
  [
    "Blackwell, HybridEP",
    { family: "blackwell", flexDispatcher: true },
    { setup: null, plugin: 32, env_vars: 32 },
  ],
];

describe.each(TABLE)("%s", (_name, facts, expected) => {
  it.each(Object.entries(expected))("by %s", (mechanism, value) => {
    expect(connectionsFor({ ...ONE, ...facts }, mechanism as LaunchMechanism)?.value).toBe(value);
  });
});

it.each<[string, Partial<LaunchFacts>]>([
  ["the GPU", { family: null, tp: 4 }],
  ["TP, where CP is 1", { tp: null }],
  ["expert overlap", { tp: 4, expertOverlap: null }],
  ["the dispatcher, where it decides", { flexDispatcher: null }],
])("says nothing where %s is unknown", (_what, facts) => {
  expect(connectionsFor({ ...ONE, ...facts }, "plugin")).toBeNull();
});

it("needs to know only what decides", () => {
  const facts = { ...ONE, tp: 4, cp: null, pp: null, dp: null, flexDispatcher: null };
  expect(connectionsFor(facts, "env_vars")?.value).toBe(1);
});

it("leaves LayerNorm the margin that upstream does", () => {
  expect(layernormMargin("plugin", { flexDispatcher: false })).toBe(16);
  expect(layernormMargin("plugin", { flexDispatcher: true })).toBe(20);
  expect(layernormMargin("env_vars", { flexDispatcher: false })).toBe(20);
});

describe("one connection", () => {
  it("stops FSDP from 0.5.0 on, and holds it up before", () => {
    const facts = { ...ONE, tp: 2, fsdp: true };
    expect(conflictsWith(1, facts, "0.6.2")).toMatchObject([{ with: "fsdp", fatal: true }]);
    expect(conflictsWith("1", facts, "0.5.0")).toMatchObject([{ with: "fsdp", fatal: true }]);
    expect(conflictsWith(1, facts, "0.4.2")).toMatchObject([{ with: "fsdp", fatal: false }]);
  });

  it("is wrong for expert overlap, which wants 8, or 32 with a dispatcher of its own", () => {
    const facts = { ...ONE, tp: 2, expertOverlap: true };
    expect(conflictsWith(1, facts, "0.6.2")).toMatchObject([
      { with: "expert overlap", fatal: false, instead: "take 8, or 32 with DeepEP or HybridEP" },
    ]);
    expect(conflictsWith(1, { ...facts, flexDispatcher: true }, "0.6.2")).toMatchObject([
      { instead: "take 32" },
    ]);
  });

  it("is never right on Blackwell", () => {
    expect(conflictsWith(1, { ...ONE, family: "blackwell", tp: 2, dp: 2 }, "0.6.2")).toMatchObject([
      { with: "blackwell", fatal: false },
    ]);
  });

  it("is right for TP on Hopper, and no other number is ever wrong", () => {
    expect(conflictsWith(1, { ...ONE, tp: 4 }, "0.6.2")).toEqual([]);
    const all = { ...ONE, family: "blackwell", fsdp: true, expertOverlap: true } as const;
    for (const value of [8, "32", null, true, "one"]) expect(conflictsWith(value, all, "0.6.2")).toEqual([]);
  });
});
