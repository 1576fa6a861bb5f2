// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_2_0rc6: CatalogEdition<"0.2.0rc6"> = {
  version: "0.2.0rc6",
  core: "0.15.0",
  source: "megatron-bridge 0.2.0rc6 and megatron-core 0.15.0 from PyPI",
  load: () => import("./data/0.2.0rc6.json", { with: { type: "json" } }),
};
