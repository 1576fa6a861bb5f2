// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_3_0: CatalogEdition<"0.3.0"> = {
  version: "0.3.0",
  core: "0.16.0",
  source: "Megatron-Bridge v0.3.0 and Megatron-LM b0cc2706ddc6",
  load: () => import("./data/0.3.0.json", { with: { type: "json" } }),
};
