// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_7_0_dev0: CatalogEdition<"0.7.0.dev0"> = {
  version: "0.7.0.dev0",
  core: "0.20.0",
  source: "Megatron-Bridge 067f987df03b and Megatron-LM 2a75ac12c54b",
  load: () => import("./data/0.7.0.dev0.json", { with: { type: "json" } }),
};
