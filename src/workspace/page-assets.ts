import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export interface PageAssets {
  readonly script: string;
  readonly style: string;
  /** `sha256-…`, as a policy names the script. */
  readonly scriptDigest: string;
}

/** What the build made of `src/page`: it lies beside the bundle, and is looked for in `dist` when run from source. */
export function readPageAssets(): PageAssets {
  const folder = import.meta.url.endsWith(".ts") ? "../../dist/page/" : "./page/";
  const read = (name: string) => readFileSync(new URL(folder + name, import.meta.url), "utf8").trim();
  const script = read("main.js");
  return {
    script,
    style: read("page.css"),
    scriptDigest: `sha256-${createHash("sha256").update(script).digest("base64")}`,
  };
}
