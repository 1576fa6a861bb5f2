import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PRECISION_KNOBS } from "../../codemods/move-precision-knobs/fields.ts";
import { catalogVersions, type Catalog, type Frozen } from "../../src/bridge/catalog.ts";
import { PATHS } from "../../src/bridge/names.ts";
import {
  environmentMechanism,
  fieldTable,
  overwritesOf,
  precisionRecipes,
  valuesOf,
} from "../../src/bridge/tables.ts";

function catalogOf(version: string): Catalog {
  return JSON.parse(readFileSync(`src/bridge/catalog/data/${version}.json`, "utf8"));
}

const catalogs = new Map(catalogVersions().map((version) => [version, catalogOf(version)]));
const newest = catalogOf("0.6.2");

describe("the tables of every version", () => {
  it("are of the versions that their source is named for", () => {
    const rows = JSON.parse(readFileSync("scripts/catalog/sources.json", "utf8"));
    expect(catalogVersions()).toEqual(rows.map(({ version }: { version: string }) => version));
    for (const [version, catalog] of catalogs) expect(catalog.version).toBe(version);
  });

  it("hold every preset, with all that Transformer Engine is given", () => {
    for (const catalog of catalogs.values()) {
      expect(Object.keys(catalog.presets)).toHaveLength(19);
      for (const preset of Object.values(catalog.presets)) {
        const layers = Object.values(valuesOf(catalog, preset as Frozen) ?? {});
        expect(layers).toHaveLength(10);
        const set = layers.flatMap((layer) => (layer === null ? [] : [valuesOf(catalog, layer)]));
        for (const layer of set) expect(layer).toHaveProperty("method");
      }
    }
  });

  it("name all knobs that a codemod takes for overwritten by mixed precision", () => {
    const knobs = [...catalogs.values()].flatMap((catalog) =>
      Object.entries(overwritesOf(catalog).precision).flatMap(
        ([section, fields]: [string, readonly string[]]) => fields.map((field) => `${section}.${field}`),
      ),
    );
    expect([...new Set(knobs)].sort()).toEqual([...PRECISION_KNOBS].sort());
  });
});

describe("the tables of one version", () => {
  it("have types and defaults", () => {
    const gather = fieldTable(newest, PATHS.ddp).find(({ name }) => name === "overlap_param_gather");
    expect(gather).toEqual({ name: "overlap_param_gather", type: "bool", default: false });
    const tp = fieldTable(newest, PATHS.commOverlap).find(({ name }) => name === "tp_comm_overlap");
    expect(tp).toEqual({ name: "tp_comm_overlap", type: "bool" });
  });

  it("say what communication overlap overwrites", () => {
    expect(overwritesOf(newest).overlap.ddp).toEqual([
      "overlap_grad_reduce",
      "overlap_param_gather",
      "align_param_gather",
      "bucket_size",
      "delay_wgrad_compute",
    ]);
    expect(overwritesOf(newest).overlap.model).toContain("tp_comm_overlap_cfg");
  });

  it("say what a precision name stands for", () => {
    expect(precisionRecipes(newest)["fp16_mixed"]).toMatchObject({
      fp16: true,
      grad_reduce_in_fp32: false,
      bf16: false,
    });
    expect(precisionRecipes(catalogOf("0.1.0rc4"))).not.toHaveProperty("bf16_with_nvfp4_mixed");
  });

  it("say how the environment is set", () => {
    expect(environmentMechanism(catalogOf("0.5.1"))).toBe("launch plugin");
    expect(environmentMechanism(newest)).toBe("env_vars");
  });
});
