import type { Catalog } from "./catalog.ts";
import { PATHS } from "./names.ts";
import { isAtLeast } from "./versions.ts";

/**
 * Settings that CUDA, NCCL and Transformer Engine read when a process starts: environment variables, and no fields of
 * any configuration. Which part of Bridge sets them depends on its version.
 */
export const CONNECTIONS = "CUDA_DEVICE_MAX_CONNECTIONS";

/** Transformer Engine reads both when layers are built; one without the other is never meant. */
export const LAYERNORM_MARGINS = ["NVTE_FWD_LAYERNORM_SM_MARGIN", "NVTE_BWD_LAYERNORM_SM_MARGIN"] as const;

/**
 * Who sets them:
 * - `env_vars`: the field of the container, exported first thing in training with `os.environ.setdefault` (v0.6.0 on);
 * - `plugin`: `PerfEnvPlugin` of the launcher; nothing in a recipe can say it (v0.2.0 to v0.5.1);
 * - `setup`: `CommOverlapConfig.setup` sets the connections by itself, and may unset them (v0.1).
 */
export type LaunchMechanism = "env_vars" | "plugin" | "setup";

/** The plugin of the launcher, where a version has it. */
export const PLUGIN = "megatron.bridge.recipes.run_plugins.PerfEnvPlugin";

/** Told by what the version declares, as its number can be wrong. */
export function launchMechanism({ classes }: Pick<Catalog, "classes">): LaunchMechanism {
  if (classes[PATHS.container]?.fields.some(({ name }) => name === "env_vars")) return "env_vars";
  const setsThem = classes[PATHS.commOverlap]?.methods.includes("_set_num_cuda_device_max_connections");
  return setsThem ? "setup" : "plugin";
}

/** Blackwell and what follows it run kernels of several streams in order by themselves; Hopper and older do not. */
export type GpuFamily = "blackwell" | "hopper";

const FAMILIES: Readonly<Record<string, GpuFamily>> = {
  a100: "hopper",
  h100: "hopper",
  h200: "hopper",
  b200: "blackwell",
  b300: "blackwell",
  gb200: "blackwell",
  gb300: "blackwell",
  vr200: "blackwell",
  r100: "blackwell",
};

export function gpuFamily(gpu: string | null): GpuFamily | null {
  return gpu === null ? null : (FAMILIES[gpu.toLowerCase()] ?? null);
}

/** What the number of connections hangs on; null for what is not known. */
export interface LaunchFacts {
  readonly family: GpuFamily | null;
  readonly tp: number | null;
  readonly cp: number | null;
  readonly pp: number | null;
  readonly dp: number | null;
  /** Whether expert parallelism overlaps, as it runs. */
  readonly expertOverlap: boolean | null;
  /** The token dispatcher that sends by itself: DeepEP or HybridEP. */
  readonly flexDispatcher: boolean | null;
  readonly fsdp: boolean | null;
}

/** A number of connections, null for leaving the variable unset, and the reason. */
export interface Connections {
  readonly value: 1 | 8 | 32 | null;
  readonly why: string;
}

/** CUDA's own number where the variable is unset. */
export const CUDA_CONNECTIONS = 8;

/**
 * What Bridge or its launcher sets for a run, save one connection under FSDP, which it forbids; null where that hangs on
 * something unknown. Sources:
 * `CommOverlapConfig._set_num_cuda_device_max_connections` (v0.1), `PerfEnvPlugin._set_num_cuda_device_max_connections`
 * (v0.2.0 to v0.5.1), and for `env_vars` the launcher's overrides and the perf recipes, which say 32 on every Blackwell.
 */
export function connectionsFor(facts: LaunchFacts, mechanism: LaunchMechanism): Connections | null {
  const { family } = facts;
  if (family === null) return null;
  return family === "blackwell" ? onBlackwell(facts, mechanism) : onHopper(facts, mechanism);
}

function onBlackwell(facts: LaunchFacts, mechanism: LaunchMechanism): Connections | null {
  if (mechanism === "env_vars") return { value: 32, why: "Blackwell orders kernels by itself" };
  const splits = or(more(facts.tp), more(facts.cp));
  const both = and(splits, or(more(facts.dp), more(facts.pp)));
  if (both === null) return null;
  if (both) return { value: 32, why: "TP or CP beside DP or PP on Blackwell" };
  return mechanism === "setup" ? UNSET : otherwise(facts);
}

function onHopper(facts: LaunchFacts, mechanism: LaunchMechanism): Connections | null {
  const splits = or(more(facts.tp), more(facts.cp));
  const serial = and(splits, not(facts.expertOverlap), not(mechanism === "setup" ? false : facts.fsdp));
  if (serial === null) return null;
  if (serial)
    return { value: 1, why: "TP or CP on Hopper, whose kernels start in order with one connection" };
  return mechanism === "setup" ? UNSET : otherwise(facts);
}

const UNSET: Connections = { value: null, why: "nothing needs an order of kernels" };

/** What stays where order is not needed: room for the dispatcher's own kernels, else what CUDA does by itself. */
function otherwise({ flexDispatcher }: LaunchFacts): Connections | null {
  if (flexDispatcher === null) return null;
  return flexDispatcher
    ? { value: 32, why: "DeepEP and HybridEP send on connections of their own" }
    : { value: CUDA_CONNECTIONS, why: "nothing needs an order of kernels" };
}

/** Streaming multiprocessors that LayerNorm leaves to communication, as upstream's own recipes and launchers have it. */
export function layernormMargin(
  mechanism: LaunchMechanism,
  { flexDispatcher }: Pick<LaunchFacts, "flexDispatcher">,
): 16 | 20 {
  return mechanism === "env_vars" || flexDispatcher === true ? 20 : 16;
}

/** Why a number of connections is wrong for a run. */
export interface Conflict {
  readonly with: "fsdp" | "expert overlap" | "blackwell";
  /** Whether training does not start. */
  readonly fatal: boolean;
  readonly why: string;
  /** What to set instead. */
  readonly instead: string;
}

/** What stands against a number of connections. Only one connection can be wrong. */
export function conflictsWith(value: unknown, facts: LaunchFacts, version: string): readonly Conflict[] {
  if (Number(value) !== 1 || value === true) return [];
  const found: Conflict[] = [];
  if (facts.fsdp === true) {
    const fatal = isAtLeast(version, "0.5.0");
    const why = fatal
      ? "validate() raises: FSDP requires CUDA_DEVICE_MAX_CONNECTIONS > 1 or unset"
      : "Megatron-FSDP needs several connections to overlap";
    found.push({ with: "fsdp", fatal, why, instead: "leave it unset or take 8" });
  }
  if (facts.expertOverlap === true) {
    const why = "expert-parallel overlap needs kernels of several streams at once";
    const value = facts.flexDispatcher === true ? "32" : "8, or 32 with DeepEP or HybridEP";
    found.push({ with: "expert overlap", fatal: false, why, instead: `take ${value}` });
  }
  if (facts.family === "blackwell") {
    const why = "Blackwell orders kernels by itself, and one connection only holds them up";
    found.push({
      with: "blackwell",
      fatal: false,
      why,
      instead: "take 32, as upstream does, or leave it unset",
    });
  }
  return found;
}

/** True, false, or null where it hangs on something unknown. */
type Maybe = boolean | null;

function more(size: number | null): Maybe {
  return size === null ? null : size > 1;
}

function not(one: Maybe): Maybe {
  return one === null ? null : !one;
}

function or(a: Maybe, b: Maybe): Maybe {
  if (a === true || b === true) return true;
  return a === null || b === null ? null : false;
}

function and(...all: readonly Maybe[]): Maybe {
  if (all.includes(false)) return false;
  return all.includes(null) ? null : true;
}
