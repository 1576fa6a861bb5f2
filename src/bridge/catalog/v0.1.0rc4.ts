// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_1_0rc4: CatalogEdition<"0.1.0rc4"> = {
  version: "0.1.0rc4",
  core: "0.14.0",
  source: "Megatron-Bridge v0.1.0rc4 and Megatron-LM core_v0.14.0",
  load: () => import("./data/0.1.0rc4.json", { with: { type: "json" } }),
};
