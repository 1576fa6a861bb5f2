import type { ClassValue } from "./value.ts";

/** A model that a checkpoint's own configuration shapes: what `AutoBridge` returns. */
export const CHECKPOINT_MODEL: ClassValue = {
  kind: "class",
  name: "model from a checkpoint",
  path: "bridgemod.CheckpointModel",
  bases: [],
  source: null,
  table: { fields: [], methods: new Set() },
};
