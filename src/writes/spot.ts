import * as blocks from "../python/blocks.ts";
import type { Stmt } from "../python/syntax.ts";
import type { KnobSite } from "../sites.ts";
import { containerName } from "./container.ts";

/** Where a recipe's function can write something new. */
export interface Spot {
  /** What names the container there: `cfg`. */
  readonly container: string;
  /** The statement that new lines go behind. */
  readonly after: Stmt;
}

/**
 * Where a new write to a section goes in the function around a site: behind the site and all that the function writes
 * to the section, branches included. A text says why there is no such place.
 */
export function spotFor({ site, uses }: KnobSite, section: string): Spot | string {
  const { func, module, stmt } = site;
  const anchors = new Set([stmt]);
  for (const { container, effective } of uses) {
    const object = container.fields.get(section)?.value;
    for (const write of effective.world.writes) {
      if (write.site.func !== func || write.site.module !== module) continue;
      const isWhole = write.object === container && write.field === section;
      if (isWhole || write.object === object) anchors.add(write.site.stmt);
    }
  }
  const body = blocks.bodyOf(module.parsed().module, func?.kind === "FunctionDef" ? func : null);
  const after = blocks.lastHolder(blocks.commonBlock(body, [...anchors]), [...anchors]) ?? stmt;
  if (blocks.mayReturn(after)) return "the function may return before it";
  const names = new Set(uses.flatMap((use) => containerName(site, use.container) ?? []));
  const [container] = names;
  return container !== undefined && names.size === 1
    ? { container, after }
    : "there is no name for the container here";
}
