// Written by `npm run catalog`.
import type { CatalogEdition } from "../catalog.ts";
import { v0_1_0rc4 } from "./v0.1.0rc4.ts";
import { v0_2_0rc6 } from "./v0.2.0rc6.ts";
import { v0_2_0 } from "./v0.2.0.ts";
import { v0_2_2 } from "./v0.2.2.ts";
import { v0_3_0 } from "./v0.3.0.ts";
import { v0_3_1 } from "./v0.3.1.ts";
import { v0_4_0 } from "./v0.4.0.ts";
import { v0_4_2 } from "./v0.4.2.ts";
import { v0_5_0 } from "./v0.5.0.ts";
import { v0_5_1 } from "./v0.5.1.ts";
import { v0_6_0 } from "./v0.6.0.ts";
import { v0_6_2 } from "./v0.6.2.ts";
import { v0_7_0_dev0 } from "./v0.7.0.dev0.ts";

export type CatalogVersion =
  | "0.1.0rc4"
  | "0.2.0rc6"
  | "0.2.0"
  | "0.2.2"
  | "0.3.0"
  | "0.3.1"
  | "0.4.0"
  | "0.4.2"
  | "0.5.0"
  | "0.5.1"
  | "0.6.0"
  | "0.6.2"
  | "0.7.0.dev0";

export const CATALOGS: Readonly<{ [V in CatalogVersion]: CatalogEdition<V> }> = {
  "0.1.0rc4": v0_1_0rc4,
  "0.2.0rc6": v0_2_0rc6,
  "0.2.0": v0_2_0,
  "0.2.2": v0_2_2,
  "0.3.0": v0_3_0,
  "0.3.1": v0_3_1,
  "0.4.0": v0_4_0,
  "0.4.2": v0_4_2,
  "0.5.0": v0_5_0,
  "0.5.1": v0_5_1,
  "0.6.0": v0_6_0,
  "0.6.2": v0_6_2,
  "0.7.0.dev0": v0_7_0_dev0,
};
