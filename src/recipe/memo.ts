import type { FunctionDef, Lambda } from "../python/syntax.ts";
import type { Machine } from "./machine.ts";
import { isTame } from "./module-order.ts";
import type { SourceModule } from "./source-module.ts";
import { copyAll } from "./copy-values.ts";
import { isMutable, type Value, type Write } from "./value.ts";

/** What a call without arguments did, so that it need not be run again: most recipes start from the same few bases. */
export interface Memo {
  readonly result: Value;
  readonly writes: readonly Write[];
  readonly touched: readonly SourceModule[];
  readonly called: readonly (FunctionDef | Lambda)[];
  readonly doubts: readonly string[];
  /** How often each unknown came up; a run that has met one of them before must count on. */
  readonly occurrences: ReadonlyMap<string, number>;
  readonly steps: number;
}

export type Memos = Map<FunctionDef | Lambda, Memo | null>;

/** What a part of a run went through. */
export interface Trace {
  readonly touched: readonly SourceModule[];
  readonly called: readonly (FunctionDef | Lambda)[];
  readonly doubts: readonly string[];
}

/** Runs a part of a run and tells what that part alone went through. */
export function traced<T>(m: Machine, part: () => T): { result: T; trace: Trace } {
  const { touched, called, doubts } = m;
  m.touched = new Set();
  m.called = new Set();
  m.doubts = new Set();
  try {
    const result = part();
    return { result, trace: { touched: [...m.touched], called: [...m.called], doubts: [...m.doubts] } };
  } finally {
    for (const module of m.touched) touched.add(module);
    for (const def of m.called) called.add(def);
    for (const doubt of m.doubts) doubts.add(doubt);
    Object.assign(m, { touched, called, doubts });
  }
}

/** The state of a run before a call, to see afterwards what the call did. */
export interface Mark {
  readonly objects: number;
  readonly writes: number;
  readonly decisions: number;
  readonly launched: number;
  readonly steps: number;
  readonly occurrences: ReadonlyMap<string, number>;
}

export function mark(m: Machine): Mark {
  return {
    objects: m.objects,
    writes: m.writes.length,
    decisions: m.decisions.size,
    launched: m.launched.length,
    steps: m.steps,
    occurrences: new Map(m.occurrences),
  };
}

/** Plays a remembered call back into a run: fresh copies of what it made, as if its code had run. Null if it cannot. */
export function replay(m: Machine, memo: Memo): Value | null {
  for (const key of memo.occurrences.keys()) if (m.occurrences.has(key)) return null;
  const { result, writes } = copyAll(m, memo, m.writes.length);
  m.writes.push(...writes);
  for (const [key, times] of memo.occurrences) m.occurrences.set(key, times);
  for (const module of memo.touched) m.touched.add(module);
  for (const def of memo.called) m.called.add(def);
  for (const doubt of memo.doubts) m.doubts.add(doubt);
  m.steps += memo.steps;
  return result;
}

/** Remembers a call, if all that it did shows in its result: no decisions, no launches, nothing older changed. */
export function remember(m: Machine, call: { before: Mark; result: Value; trace: Trace }): Memo | null {
  const { before, result, trace } = call;
  if (m.decisions.size > before.decisions || m.launched.length > before.launched) return null;
  if (m.isPatched || m.isHooked || m.classPatches.size > 0 || m.escaped.size > 0) return null;
  const writes = m.writes.slice(before.writes);
  if (writes.some((write) => write.object.id < before.objects)) return null;
  if (trace.touched.some((module) => !isTame(module) && holdsMutable(m, module))) return null;
  const globals = new Set([...m.globals.values()].flatMap((vars) => [...vars.values()].filter(isMutable)));
  if (!isFresh({ before, globals }, result, new Set())) return null;
  const occurrences = new Map(
    [...m.occurrences].filter(([key, times]) => before.occurrences.get(key) !== times),
  );
  if ([...occurrences.keys()].some((key) => before.occurrences.has(key))) return null;
  return {
    // A copy: the run goes on and changes what it got.
    ...copyAll(m, { result, writes }, 0),
    touched: trace.touched,
    called: trace.called,
    doubts: trace.doubts,
    occurrences,
    steps: m.steps - before.steps,
  };
}

/** Whether a call may have left its mark on what a module of the project holds, or have found such a mark. */
function holdsMutable(m: Machine, module: SourceModule): boolean {
  return [...(m.globals.get(module)?.values() ?? [])].some(isMutable);
}

/** Whether everything mutable in a value was made during the call. */
function isFresh(at: { before: Mark; globals: ReadonlySet<Value> }, value: Value, seen: Set<Value>): boolean {
  if (seen.has(value)) return true;
  seen.add(value);
  if (at.globals.has(value)) return false;
  if (value.kind === "object") {
    return (
      value.id >= at.before.objects &&
      [...value.fields.values()].every((slot) => isFresh(at, slot.value, seen))
    );
  }
  if (value.kind === "dict")
    return [...value.entries.values()].every((slot) => isFresh(at, slot.value, seen));
  if (value.kind === "list" || value.kind === "set" || value.kind === "tuple") {
    return value.items.every((item) => isFresh(at, item, seen));
  }
  // A closure may hold on to variables of the call.
  return value.kind !== "function" || value.scope === null;
}
