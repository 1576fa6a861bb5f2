import type { Write } from "../../src/index.ts";

/** What one kind of overlap comes to in one way of a recipe. */
export type Part =
  /** It runs already, or the layout has nothing to overlap. */
  | { readonly kind: "on" | "none" }
  | { readonly kind: "add"; readonly why: string }
  | Left
  /** A person has to decide. `at`: the write that stands against it. */
  | { readonly kind: "ask"; readonly why: string; readonly at: Write | null };

/** It stays off on purpose, or it cannot be told whether it may be on. */
export interface Left {
  readonly kind: "left";
  readonly why: string;
  /** `decided`: the project, or Bridge for this very layout, chose so. `possible`: whoever wants it names it. */
  readonly because: "decided" | "possible" | "obstacle";
}

export const ON: Part = { kind: "on" };
export const NONE: Part = { kind: "none" };

export function left(why: string, because: Left["because"] = "obstacle"): Left {
  return { kind: "left", why, because };
}
