import type { Edit, KnobSite, KnobUse, RecipeFile, Site, Value } from "../../src/index.ts";

/** A write without effect that can go, or say the same as what runs. */
export interface DeadKnob {
  readonly rule: string;
  readonly site: KnobSite;
  /** What is written and why it has no effect, as sentences. */
  readonly what: string;
  /** What runs. */
  readonly effective: Value;
  /** The place that decides the knob: a comment goes there. */
  readonly decider: Site | null;
  /** The edit that makes the write say what runs; null where it goes. */
  readonly becomes: ((file: RecipeFile) => Edit[]) | null;
}

export type Effective = KnobUse["effective"];

/**
 * Whether something holds in each way that a recipe keeps the write, whatever it is called with, under every scenario.
 * False where nothing keeps it: what replaces it is another rule's concern.
 */
export function holdsWherever(site: KnobSite, test: (effective: Effective) => boolean): boolean {
  const lasting = site.uses.filter(({ isLast }) => isLast);
  return (
    lasting.length > 0 &&
    lasting.every(({ effectives }) => effectives.every((one) => one.raises === null && test(one)))
  );
}

/** The constant that runs; undefined where it is none, or hangs on something unknown. */
export function runningConstant(effective: Effective, knob: string): unknown {
  const value = effective.resolved(knob)?.value;
  return value?.kind === "const" ? value.value : undefined;
}

/** The constant that a recipe declares; undefined where it is none. */
export function declaredConstant(effective: Effective, knob: string): unknown {
  const value = effective.declared(knob);
  return value?.kind === "const" ? value.value : undefined;
}

/** What a use's first scenario runs. */
export function effectiveValue({ uses }: KnobSite, knob: string): Value | null {
  return uses.find(({ isLast }) => isLast)?.effective.resolved(knob)?.value ?? null;
}
