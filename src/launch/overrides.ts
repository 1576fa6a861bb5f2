import type { Span } from "../edit.ts";
import type { LaunchSetting } from "./setting.ts";

/** An override of a container's field, as Hydra takes it: `ddp.overlap_grad_reduce=true`, `++model.fp8=hybrid`. */
const OVERRIDE =
  /(?<![\w.$/-])\+{0,2}((?:mixed_precision|comm_overlap|model|ddp|optimizer|dist|train|env_vars)(?:\.\w+)*)=("[^"]*"|'[^']*'|[^\s"'\\]*)/g;

/** The overrides in a piece of a text. */
export function overridesIn(text: string, { start, end }: Span): LaunchSetting[] {
  return [...text.slice(start, end).matchAll(OVERRIDE)].map((match) => {
    const [all, name = "", value = ""] = match;
    const from = start + match.index;
    return { kind: "override", name, value: literalOf(value), start: from, end: from + all.length };
  });
}

/** A value without its quotes; null where the shell puts something in. */
export function literalOf(source: string): string | null {
  const isRaw = source.startsWith("'");
  const inner = /^(["'])(.*)\1$/s.exec(source)?.[2] ?? source;
  return !isRaw && /[$`]/.test(inner) ? null : inner;
}
