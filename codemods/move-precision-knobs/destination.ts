import type { writes } from "../../src/index.ts";

const MODULE = "megatron.bridge.training.mixed_precision";

/** `cfg.mixed_precision`: it holds an object, the name of one, or None, which no object can be made of. */
export const MIXED_PRECISION: writes.Destination = {
  section: "mixed_precision",
  accepts: (constant) => constant !== null,
  // "bf16-mixed" is made by bf16_mixed().
  ofLiteral: (name, names) => `${names.local(MODULE, String(name).replaceAll("-", "_"))}()`,
  ofHolder,
  copyOf(holder, changes, names) {
    const replace = names.local("dataclasses", "replace");
    return `${replace}(${[ofHolder(holder, names), ...changes].join(", ")})`;
  },
  guardOf: (holder) => `not isinstance(${holder}, str)`,
};

function ofHolder(holder: string, names: writes.Names): string {
  return `${names.local(MODULE, "get_mixed_precision_config")}(${holder})`;
}
