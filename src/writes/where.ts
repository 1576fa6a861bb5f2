import type { Site } from "../recipe/value.ts";
import type { KnobSite } from "../sites.ts";

/** `line 10` in the same file, else `recipes/base.py:10`. */
export function where({ module, start }: Site, from: Site): string {
  const line = module.text.slice(0, start).split("\n").length;
  return module === from.module ? `line ${line}` : `${module.path}:${line}`;
}

/** `ddp.grad_reduce_in_fp32 = False`, as the source has it. */
export function shown({ section, field, site }: KnobSite): string {
  const value = site.value
    ? site.module.text.slice(site.value.start, site.value.end).replace(/\s+/g, " ")
    : "…";
  return `${section}.${field} = ${value}`;
}
