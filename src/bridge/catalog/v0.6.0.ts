// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_6_0: CatalogEdition<"0.6.0"> = {
  version: "0.6.0",
  core: "0.19.0",
  source: "Megatron-Bridge v0.6.0 and Megatron-LM cd4afffa6484",
  load: () => import("./data/0.6.0.json", { with: { type: "json" } }),
};
