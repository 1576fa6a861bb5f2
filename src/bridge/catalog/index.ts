import type { Catalog } from "../catalog.ts";

/** Written by `npm run catalog`. */
export const CATALOGS: Readonly<Record<string, () => Promise<{ default: Catalog }>>> = {
  "0.1.0rc4": () => import("./data/0.1.0rc4.json"),
  "0.2.0rc6": () => import("./data/0.2.0rc6.json"),
  "0.2.0": () => import("./data/0.2.0.json"),
  "0.2.2": () => import("./data/0.2.2.json"),
  "0.3.0": () => import("./data/0.3.0.json"),
  "0.3.1": () => import("./data/0.3.1.json"),
  "0.4.0": () => import("./data/0.4.0.json"),
  "0.4.2": () => import("./data/0.4.2.json"),
  "0.5.0": () => import("./data/0.5.0.json"),
  "0.5.1": () => import("./data/0.5.1.json"),
  "0.6.0": () => import("./data/0.6.0.json"),
  "0.6.2": () => import("./data/0.6.2.json"),
  "0.7.0.dev0": () => import("./data/0.7.0.dev0.json"),
};
