import type { writes } from "../../src/index.ts";

const MODULE = "megatron.bridge.training.comm_overlap";

/** `CommOverlapConfig(…)`, by the name that the file has for it. */
export function makeConfig(names: writes.Names, ...args: readonly string[]): string {
  return `${names.local(MODULE, "CommOverlapConfig")}(${args.join(", ")})`;
}

/** `cfg.comm_overlap` where it holds an object: what setup overwrites is only overwritten there. */
export const COMM_OVERLAP: writes.Destination = {
  section: "comm_overlap",
  accepts: () => false,
  ofLiteral: (_constant, names) => makeConfig(names, "tp_comm_overlap=False"),
  ofHolder: (holder) => holder,
  copyOf(holder, changes, names) {
    return `${names.local("dataclasses", "replace")}(${[holder, ...changes].join(", ")})`;
  },
  guardOf: (holder) => `${holder} is not None`,
};
