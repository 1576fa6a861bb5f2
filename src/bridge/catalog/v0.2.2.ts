// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_2_2: CatalogEdition<"0.2.2"> = {
  version: "0.2.2",
  core: "0.16.0rc0",
  source: "Megatron-Bridge v0.2.2 and Megatron-LM cba6b0ed0f1e",
  load: () => import("./data/0.2.2.json", { with: { type: "json" } }),
};
