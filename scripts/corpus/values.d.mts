import type { Json } from "../../src/json.ts";

/** Judges one of our JSON values by what somebody else found; `undefined` is an attribute that was not found. */
export function judge(ours: Json, theirs: Json | undefined): "equal" | "unknown" | "wrong";
