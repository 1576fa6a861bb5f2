// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";

export const v0_4_0: CatalogEdition<"0.4.0"> = {
  version: "0.4.0",
  core: "0.17.0rc0",
  source: "Megatron-Bridge v0.4.0 and Megatron-LM d7288711ba27",
  load: () => import("./data/0.4.0.json", { with: { type: "json" } }),
};
