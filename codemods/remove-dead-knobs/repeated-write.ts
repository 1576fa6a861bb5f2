import { blocks, walk, writes, type Expr, type KnobSite, type Site, type Stmt } from "../../src/index.ts";
import type { DeadKnob } from "./dead-knob.ts";

/** An assignment that another one of the same block replaces before anything can read it. */
export function repeatedWrite(site: KnobSite): DeadKnob | null {
  if (site.site.form !== "attribute" || site.uses.some(({ isLast }) => isLast)) return null;
  const later = site.uses.map(({ write, effective }) =>
    effective.world.writes.find(
      (one) => one.object === write.object && one.field === write.field && one.order > write.order,
    ),
  );
  const [first] = later;
  if (!first || later.some((one) => one?.site.stmt !== first.site.stmt)) return null;
  if (first.site.form !== "attribute" || !replacesUnread(site, first.site)) return null;
  const what = `${writes.shown(site)} has no effect: ${writes.where(first.site, site.site)} writes it again.`;
  return { rule: "repeated-write", site, what, effective: first.value, decider: first.site, becomes: null };
}

/** Whether nothing from one statement to the other, in one block, may read what the first one wrote. */
function replacesUnread({ site, field }: KnobSite, later: Site): boolean {
  if (later.func !== site.func || later.module !== site.module || site.stmt === later.stmt) return false;
  const body = blocks.bodyOf(
    site.module.parsed().module,
    site.func?.kind === "FunctionDef" ? site.func : null,
  );
  const block = blocks.commonBlock(body, [site.stmt, later.stmt]);
  const [from, to] = [block.indexOf(site.stmt), block.indexOf(later.stmt)];
  if (from < 0 || to < from) return false;
  const root = site.target ? walk.rootName(site.target) : null;
  return block.slice(from + 1, to + 1).every((stmt) => !mayRead(stmt, { field, root }));
}

function mayRead(stmt: Stmt, { field, root }: { field: string; root: string | null }): boolean {
  if (stmt.kind === "Return") return true;
  const targets = new Set<Expr>(stmt.kind === "Assign" ? stmt.targets : []);
  return [...walk.blockExpressions([stmt])].some((expr) => {
    if (expr.kind === "Attribute") return expr.attr === field && !targets.has(expr);
    if (expr.kind !== "Call") return false;
    const handed = [expr.func, ...expr.args.map(({ value }) => value)];
    return handed.some((one) => root !== null && walk.rootName(one) === root);
  });
}
