import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/bridge/catalog.ts";
import { differenceText, fitPreset, presetDifferences, type RunFacts } from "../../src/bridge/preset-fit.ts";
import { presetHarm } from "../../src/bridge/preset-harm.ts";
import { gpuFamily, readPresetName } from "../../src/bridge/preset-names.ts";

const { presets } = await loadCatalog("0.6.2");

/**
 * What upstream's own recipes run, and the preset that they attach: GPU, precision, hidden size, TP, CP, micro-batch,
 * sequence length, preset, and the parts in which the run is not what the name says. `none` where we attach nothing,
 * since TP overlap with NVFP4 fails.
 */
const UPSTREAM = `
  b200 bf16 8192 2 2 1 8192 bf16_b200_h8192_tp2_mbs1_seqlen8192 cp
  b200 fp8_cs 8192 1 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 tp
  b200 fp8_mx 8192 2 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 exact
  b200 nvfp4 8192 2 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 none
  b200 bf16 16384 4 1 1 8192 bf16_b200_h16384_tp4_cp2_mbs1_seqlen8192 cp
  b200 fp8_cs 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 cp
  b200 fp8_mx 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 cp
  b200 nvfp4 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 none
  b300 bf16 8192 1 1 1 8192 bf16_b200_h8192_tp2_mbs1_seqlen8192 gpu tp
  b300 fp8_cs 8192 1 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 gpu tp
  b300 fp8_mx 8192 1 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 gpu tp
  b300 nvfp4 8192 1 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 none
  b300 bf16 16384 2 1 1 8192 bf16_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu tp cp
  b300 fp8_cs 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu cp
  b300 fp8_mx 16384 2 2 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu tp
  b300 nvfp4 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 none
  gb200 bf16 8192 1 1 1 8192 bf16_b200_h8192_tp2_mbs1_seqlen8192 gpu tp
  gb200 fp8_cs 8192 1 1 2 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 gpu tp mbs
  gb200 fp8_mx 8192 2 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 gpu
  gb200 nvfp4 8192 2 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 none
  gb200 bf16 16384 4 1 1 8192 bf16_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu cp
  gb200 fp8_cs 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu cp
  gb200 fp8_mx 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu cp
  gb200 nvfp4 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 none
  gb300 bf16 8192 1 1 2 8192 bf16_b200_h8192_tp2_mbs1_seqlen8192 gpu tp mbs
  gb300 fp8_cs 8192 1 1 2 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 gpu tp mbs
  gb300 fp8_mx 8192 1 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 gpu tp
  gb300 nvfp4 8192 1 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 none
  gb300 bf16 16384 2 1 1 8192 bf16_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu tp cp
  gb300 fp8_cs 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu cp
  gb300 fp8_mx 16384 2 2 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu tp
  gb300 nvfp4 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 none
  h100 bf16 8192 4 2 1 8192 bf16_h100_h8192_tp4_mbs1_seqlen8192 cp
  h100 fp8_cs 8192 4 1 1 8192 fp8_h100_h8192_tp4_mbs1_seqlen8192 exact
  h100 bf16 16384 8 2 1 8192 bf16_h100_h16384_tp8_cp2_mbs1_seqlen8192 exact
  h100 fp8_cs 16384 8 2 1 8192 fp8_h100_h16384_tp8_cp2_mbs1_seqlen8192 exact
  vr200 bf16 8192 1 1 2 8192 bf16_b200_h8192_tp2_mbs1_seqlen8192 gpu tp mbs
  vr200 fp8_mx 8192 1 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 gpu tp
  vr200 nvfp4 8192 1 1 1 8192 fp8_b200_h8192_tp2_mbs1_seqlen8192 none
  vr200 bf16 16384 2 1 1 8192 bf16_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu tp cp
  vr200 fp8_mx 16384 2 2 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 gpu tp
  vr200 nvfp4 16384 4 1 1 8192 fp8_b200_h16384_tp4_cp2_mbs1_seqlen8192 none
  h100 bf16 12288 4 1 2 2048 bf16_h100_h12288_tp4_mbs1_seqlen2048 mbs
  h100 bf16 8192 8 2 1 16384 bf16_h100_h8192_tp4_mbs1_seqlen8192 tp cp seq
  h100 bf16 8192 8 8 1 65536 bf16_h100_h8192_tp4_mbs1_seqlen8192 tp cp seq
  h100 bf16 8192 4 2 1 131072 bf16_h100_h8192_tp4_mbs1_seqlen8192 cp seq
  h100 bf16 16384 8 4 1 131072 bf16_h100_h16384_tp8_cp2_mbs1_seqlen8192 cp seq
`;

const rows = UPSTREAM.trim()
  .split("\n")
  .map((line) => line.trim().split(" "));

const SCALINGS: Readonly<Record<string, RunFacts["precision"]>> = {
  bf16: "bf16",
  nvfp4: "nvfp4",
  fp8_cs: "fp8",
  fp8_mx: "fp8",
};

function factsOf([gpu = "", precision = "", ...sizes]: readonly string[]): RunFacts {
  const [hidden = 0, tp = 0, cp = 0, mbs = 0, seq = 0] = sizes.slice(0, 5).map(Number);
  return { gpu, precision: SCALINGS[precision] ?? "other", hidden, tp, cp, mbs, seq, peft: false };
}

/** A run that a preset was tuned for. */
const EXACT: RunFacts = {
  precision: "bf16",
  gpu: "h100",
  hidden: 8192,
  peft: false,
  tp: 4,
  cp: 1,
  mbs: 1,
  seq: 8192,
};

function chosen(facts: Partial<RunFacts>): string {
  const fit = fitPreset(presets, { ...EXACT, ...facts });
  return fit.label === "none" ? "none" : `${fit.label} ${fit.preset.replace("userbuffers_", "")}`;
}

it.each(rows)("chooses what upstream attaches: %s %s h%s tp%s cp%s mbs%s seq%s", (...row) => {
  const fit = fitPreset(presets, factsOf(row));
  const [preset = "", ...axes] = row.slice(7);
  const expected = axes[0] === "none" ? null : `userbuffers_${preset}`;
  expect(fit.label === "none" ? null : fit.preset).toBe(expected);
  if (fit.label === "none") return;
  expect(fit.label).toBe(axes[0] === "exact" ? "exact" : "upstream-practice");
  expect(fit.differences.map(({ axis }) => axis)).toEqual(axes.filter((axis) => axis !== "exact"));
});

it("finds each preset from its own name", () => {
  for (const name of Object.keys(presets)) {
    const parts = readPresetName(name);
    expect(parts, name).not.toBeNull();
    if (!parts) continue;
    const precision = parts.precision === "fp8" ? "fp8-delayed" : "bf16";
    const facts: RunFacts = { ...parts, precision, peft: parts.lora };
    expect(fitPreset(presets, facts)).toEqual({ label: "exact", preset: name, differences: [] });
    expect(presetDifferences(name, facts)).toEqual([]);
  }
});

describe("what must match", () => {
  it("borrows no other hidden size", () => {
    expect(chosen({ hidden: 4096 })).toBe("none");
  });

  it("takes no preset of another GPU generation", () => {
    expect(chosen({ hidden: 18432, tp: 8, seq: 4096 })).toBe("none");
    expect(chosen({ hidden: 18432, tp: 8, seq: 4096, gpu: "GB200" })).toContain("bf16_b200_h18432");
    expect(chosen({ gpu: "a100" })).toBe("none");
  });

  it("counts H200 as H100, and every later part as B200", () => {
    expect(chosen({ gpu: "h200" })).toBe("upstream-practice bf16_h100_h8192_tp4_mbs1_seqlen8192");
    expect(["b300", "GB300", "vr200", "r100"].map(gpuFamily)).toEqual(["b200", "b200", "b200", "b200"]);
  });

  it("keeps presets for LoRA from full training, and the others from LoRA", () => {
    const lora = { precision: "fp8-delayed", tp: 2, seq: 4096 } as const;
    expect(chosen({ ...lora, peft: true })).toBe("exact fp8_h100_h8192_tp2_mbs1_seqlen4096_lora");
    expect(chosen(lora)).toBe("upstream-practice fp8_h100_h8192_tp4_mbs1_seqlen8192");
    expect(chosen({ peft: true })).toBe("none");
  });

  it("takes FP8 buffers only where scaling is delayed", () => {
    const nemotron = { hidden: 6144, tp: 2, mbs: 2, seq: 2048 };
    expect(chosen({ ...nemotron, precision: "fp8-delayed" })).toBe(
      "exact fp8_h100_h6144_tp2_mbs2_seqlen2048",
    );
    expect(chosen({ ...nemotron, precision: "fp8" })).toBe("none");
  });

  it("has nothing for half precision", () => {
    expect(chosen({ precision: "other" })).toBe("none");
  });
});

it("is not exact where a size is not known", () => {
  expect(chosen({ mbs: null })).toBe("upstream-practice bf16_h100_h8192_tp4_mbs1_seqlen8192");
});

it("names the nearest presets where none fits, and in what they differ", () => {
  const fit = fitPreset(presets, { ...EXACT, hidden: 7168 });
  expect(fit.label).toBe("none");
  if (fit.label !== "none") return;
  const shown = fit.nearest.map(
    ({ preset, differences }) => `${preset}: ${differences.map(differenceText).join(", ")}`,
  );
  expect(shown).toEqual([
    "userbuffers_bf16_h100_h8192_tp4_mbs1_seqlen8192: hidden size 7168 (tuned for 8192)",
    "userbuffers_bf16_h100_h6144_tp2_mbs2_seqlen2048: hidden size 7168 (tuned for 6144), TP 4 (tuned for 2), micro-batch 1 (tuned for 2), sequence length 8192 (tuned for 2048)",
    "userbuffers_bf16_h100_h12288_tp4_mbs1_seqlen2048: hidden size 7168 (tuned for 12288), sequence length 8192 (tuned for 2048)",
  ]);
});

/** Presets that break a run of some precision, by the part of the name behind `userbuffers_`. */
function harmful(precision: RunFacts["precision"], peft = true): string[] {
  return Object.entries(presets)
    .filter(([name, value]) => presetHarm(name, value, { precision, peft }) !== null)
    .map(([name]) => name.replace("userbuffers_", ""));
}

describe("harm", () => {
  const PIPELINED = [
    "bf16_b200_h16384_tp4_cp2_mbs1_seqlen8192",
    "bf16_b200_h18432_tp8_mbs1_seqlen4096",
    "bf16_b200_h8192_tp2_mbs1_seqlen8192",
    "bf16_h100_h12288_tp4_mbs1_seqlen2048",
    "bf16_h100_h16384_tp8_cp2_mbs1_seqlen8192",
    "bf16_h100_h6144_tp2_mbs2_seqlen2048",
    "bf16_h100_h8192_tp4_mbs1_seqlen8192",
  ];

  it("is in bf16 presets with a pipelined reduce-scatter, once the run is in FP8", () => {
    expect(harmful("fp8-delayed")).toEqual(PIPELINED);
  });

  it("is in presets that ask for FP8 buffers, unless scaling is delayed", () => {
    expect(harmful("fp8").filter((name) => !PIPELINED.includes(name))).toEqual([
      "fp8_h100_h16384_tp4_mbs1_seqlen2048_lora",
      "fp8_h100_h6144_tp2_mbs2_seqlen2048",
      "fp8_h100_h8192_tp2_mbs1_seqlen4096_lora",
    ]);
  });

  it("is in every preset with NVFP4, and in none with bf16 but those for LoRA", () => {
    expect(harmful("nvfp4")).toHaveLength(Object.keys(presets).length);
    expect(harmful("bf16")).toEqual([]);
    expect(harmful("bf16", false)).toEqual([
      "fp8_h100_h16384_tp4_mbs1_seqlen2048_lora",
      "fp8_h100_h8192_tp2_mbs1_seqlen4096_lora",
    ]);
  });
});
