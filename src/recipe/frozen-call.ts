import { EVERYTHING, type FrozenFunction, type FrozenParam } from "../bridge/catalog.ts";
import { forget } from "./forget.ts";
import { thaw, type Thawing } from "./frozen.ts";
import type { Machine } from "./machine.ts";
import { identity, NONE, unknown, type ArgumentValue, type ObjectValue, type Value } from "./value.ts";

/**
 * What a function of the catalog returns for these arguments. What an argument becomes is known; what it decides in
 * some other way, or together with another argument, is unknown, and the rest is as it is by default.
 */
export function callFrozen(m: Machine, frozen: FrozenFunction, call: FrozenCall): Value {
  const result = thaw(frozen.result, call.by);
  const { given, strange } = bindArguments(frozen, call.args);
  for (const [param, value] of given) {
    if (param.changed) forget(m, value, `after ${call.by.scope}`);
    for (const path of param.sets) setPath(result, path, value);
  }
  for (const [param] of given) {
    for (const path of param.affects) spoil(result, path, { why: `depends on ${param.name}`, by: call.by });
  }
  const names = new Set([...given.keys()].map(({ name }) => name));
  for (const path of jointly(frozen, names)) {
    spoil(result, path, { why: "depends on several arguments", by: call.by });
  }
  if (strange !== null) openAll(result, `after the argument ${strange}, which the catalog does not know`);
  return result;
}

export interface FrozenCall {
  readonly args: readonly ArgumentValue[];
  readonly by: Thawing;
}

interface Bound {
  readonly given: ReadonlyMap<FrozenParam, Value>;
  /** An argument that no parameter takes; null if there is none. */
  readonly strange: string | null;
}

function bindArguments({ params, ignoresOthers }: FrozenFunction, args: readonly ArgumentValue[]): Bound {
  const given = new Map<FrozenParam, Value>();
  let strange: string | null = null;
  const positional = params.filter((param) => !param.keywordOnly);
  args.forEach(({ name, value }, index) => {
    const param = name === null ? positional[index] : params.find((one) => one.name === name);
    if (param) given.set(param, value);
    else if (name === null) strange ??= String(index + 1);
    else if (name !== "**" && !ignoresOthers) strange ??= name;
  });
  // Behind an unknown `**` there may be every argument that was not named.
  const spread = args.find(({ name }) => name === "**")?.value;
  for (const param of spread ? params : []) {
    const value = unknown(`${param.name}, maybe passed by **`, `${identity(spread ?? NONE)}[${param.name}]`);
    if (!given.has(param))
      given.set({ ...param, sets: [], affects: [...param.sets, ...param.affects] }, value);
  }
  return { given, strange };
}

/** The paths that several of the given arguments decide together. */
function jointly({ joint }: FrozenFunction, given: ReadonlySet<string>): readonly string[] {
  if (joint === undefined || given.size < 2) return [];
  if (joint === true) return [EVERYTHING];
  return Object.keys(joint).filter(
    (path) => (joint[path] ?? []).filter((name) => given.has(name)).length > 1,
  );
}

function spoil(result: Value, path: string, { why, by }: { why: string; by: Thawing }): void {
  if (path === EVERYTHING) openAll(result, why);
  else setPath(result, path, unknown(why, `${by.scope}(${path})`));
}

function setPath(root: Value, path: string, value: Value): void {
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  const holder = parts.reduce<Value | null>((at, part) => stepInto(at, part), root);
  if (holder?.kind === "object") holder.fields.set(last, { value, write: null });
  else if (holder?.kind === "tuple" || holder?.kind === "list") holder.items[Number(last)] = value;
}

function stepInto(at: Value | null, part: string): Value | null {
  if (at?.kind === "object") return at.fields.get(part)?.value ?? null;
  return at?.kind === "tuple" || at?.kind === "list" ? (at.items[Number(part)] ?? null) : null;
}

function openAll(value: Value, why: string): void {
  if (value.kind === "tuple")
    value.items.forEach((item) => {
      openAll(item, why);
    });
  if (value.kind !== "object") return;
  for (const slot of value.fields.values()) openAll(slot.value, why);
  openObject(value, why);
}

function openObject(object: ObjectValue, why: string): void {
  for (const [name, slot] of object.fields) if (slot.value.kind !== "object") object.fields.delete(name);
  object.open = unknown(why, `${object.type.path} ${why}`);
}
