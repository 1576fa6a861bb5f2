import type { Catalog } from "../catalog.ts";

/** Written by `npm run catalog`. */
export const CATALOGS: Readonly<Record<string, () => Promise<{ default: Catalog }>>> = {
  "0.6.2": () => import("./data/0.6.2.json"),
};
