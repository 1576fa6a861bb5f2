// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_3_1: CatalogEdition<"0.3.1"> = {
  version: "0.3.1",
  core: "0.16.1",
  source: "megatron-bridge 0.3.1 and megatron-core 0.16.1 from PyPI",
  load: () => import("./data/0.3.1.json", { with: { type: "json" } }),
};
