// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_5_0: CatalogEdition<"0.5.0"> = {
  version: "0.5.0",
  core: "0.18.0",
  source: "Megatron-Bridge v0.5.0 and Megatron-LM d0b3b775498a",
  load: () => import("./data/0.5.0.json", { with: { type: "json" } }),
};
