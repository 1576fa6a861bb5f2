import * as blocks from "../python/blocks.ts";
import type { Dict, DictEntry, Module } from "../python/syntax.ts";
import * as walk from "../python/walk.ts";
import type { KnobSite } from "../sites.ts";

/** The dict literal and its entry that wrote a knob, if nothing but one `**name` reads the dict. */
export function entryOf(module: Module, { site }: KnobSite): { dict: Dict; entry: DictEntry } | null {
  const { stmt, func, form } = site;
  if (form !== "dictEntry" || stmt.kind !== "Assign" || stmt.value?.kind !== "Dict") return null;
  const [target, ...others] = stmt.targets;
  if (target?.kind !== "Name" || others.length > 0) return null;
  const body = blocks.bodyOf(module, func?.kind === "FunctionDef" ? func : null);
  const parts = [...walk.blockExpressions(body)];
  const names = parts.filter((part) => part.kind === "Name" && part.id === target.id);
  const spreads = parts.filter(
    (part) =>
      part.kind === "Call" &&
      part.args.some(
        ({ kind, value }) => kind === "doubleStar" && value.kind === "Name" && value.id === target.id,
      ),
  );
  const entry = stmt.value.entries.find((one) => one.start <= site.start && site.end <= one.end);
  return entry && names.length === 2 && spreads.length === 1 ? { dict: stmt.value, entry } : null;
}
