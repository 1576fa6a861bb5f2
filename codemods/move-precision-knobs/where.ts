import type { Site } from "../../src/index.ts";

/** `line 10` in the same file, else `recipes/base.py:10`. */
export function where({ module, start }: Site, from: Site): string {
  const line = module.text.slice(0, start).split("\n").length;
  return module === from.module ? `line ${line}` : `${module.path}:${line}`;
}
