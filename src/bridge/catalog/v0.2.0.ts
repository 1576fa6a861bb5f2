// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_2_0: CatalogEdition<"0.2.0"> = {
  version: "0.2.0",
  core: "0.16.0rc0",
  source: "Megatron-Bridge v0.2.0 and Megatron-LM 0d8e0714cd29",
  load: () => import("./data/0.2.0.json", { with: { type: "json" } }),
};
