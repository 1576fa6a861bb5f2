// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_6_2: CatalogEdition<"0.6.2"> = {
  version: "0.6.2",
  core: "0.19.2",
  source: "megatron-bridge 0.6.2 and megatron-core 0.19.2 from PyPI",
  load: () => import("./data/0.6.2.json", { with: { type: "json" } }),
};
