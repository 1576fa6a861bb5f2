// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_5_1: CatalogEdition<"0.5.1"> = {
  version: "0.5.1",
  core: "0.18.2",
  source: "megatron-bridge 0.5.1 and megatron-core 0.18.2 from PyPI",
  load: () => import("./data/0.5.1.json", { with: { type: "json" } }),
};
