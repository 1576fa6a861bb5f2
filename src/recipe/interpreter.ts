import { getAttribute, setAttribute } from "./attributes.ts";
import { call } from "./calls.ts";
import { evaluate } from "./expressions.ts";
import type { Limits, Machine, Session } from "./machine.ts";
import { execute } from "./statements.ts";

/** Enough for the longest recipe by a factor of twenty; a recipe that needs more is unknown. */
export const DEFAULT_LIMITS: Limits = { steps: 200_000, depth: 60, worlds: 32 };

/** A fresh interpreter; `assumed` are the conditions that an earlier run left open and this one shall take. */
export function newMachine(session: Session, limits: Limits, assumed: ReadonlyMap<string, boolean>): Machine {
  const m: Machine = {
    session,
    limits,
    globals: new Map(),
    writes: [],
    decisions: new Map(),
    touched: new Set(),
    called: new Set(),
    launched: [],
    doubts: new Set(),
    steps: 0,
    depth: 0,
    objects: 1,
    occurrences: new Map(),
    unfollowed: 0,
    ran: new Set(),
    isPatched: false,
    classPatches: new Map(),
    isHooked: false,
    escaped: new Set(),
    handling: null,
    writingFor: null,
    evaluate: (expr, env) => evaluate(m, expr, env),
    execute: (block, env) => execute(m, block, env),
    call: (func, args, place) => call(m, func, args, place),
    getAttribute: (value, name) => getAttribute(m, value, name),
    setAttribute: (value, name, assigned, site) => {
      setAttribute(m, value, { name, assigned, site });
    },
    nth: (key) => {
      const times = (m.occurrences.get(key) ?? 0) + 1;
      m.occurrences.set(key, times);
      return `${key}#${times}`;
    },
    decide: (condition) => decide(m, condition.key, assumed),
  };
  return m;
}

function decide(m: Machine, key: string, assumed: ReadonlyMap<string, boolean>): boolean {
  if (key.startsWith("not ")) return !decide(m, key.slice("not ".length), assumed);
  const known = m.decisions.get(key);
  if (known !== undefined) return known;
  const taken = assumed.get(key) ?? true;
  m.decisions.set(key, taken);
  return taken;
}
