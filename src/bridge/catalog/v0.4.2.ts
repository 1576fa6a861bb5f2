// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_4_2: CatalogEdition<"0.4.2"> = {
  version: "0.4.2",
  core: "0.17.1",
  source: "megatron-bridge 0.4.2 and megatron-core 0.17.1 from PyPI",
  load: () => import("./data/0.4.2.json", { with: { type: "json" } }),
};
