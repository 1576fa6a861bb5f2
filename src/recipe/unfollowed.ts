import { refuseNamespace } from "./assignment.ts";
import { forget } from "./forget.ts";
import type { CallPlace, Machine } from "./machine.ts";
import { unknown, type ArgumentValue, type Unknown, type Value } from "./value.ts";

interface Invocation {
  readonly args: readonly ArgumentValue[];
  readonly place: CallPlace;
}

/** The result of a call that is not followed: the same text in the same function, counted. */
export function unfollowed(m: Machine, func: Value, { args, place }: Invocation): Unknown {
  const harmless = isReading(func) || (func.kind === "symbol" && m.session.library.isHarmless(func.path));
  if (!harmless) {
    for (const arg of args) forget(m, arg.value, `after ${place.shown}`);
    forget(m, func, `after ${place.shown}`);
    if (/\.(?:update|setdefault|pop|clear|__setitem__)\(/.test(place.shown))
      refuseNamespace(func, place.shown);
  }
  // Even what leaves its arguments alone calls the functions among them.
  for (const { value } of args)
    if (value.kind === "function" || value.kind === "partial") forget(m, value, `after ${place.shown}`);
  m.unfollowed += 1;
  return unknown(place.shown, m.nth(`${place.scope}:${place.shown}`));
}

/** Methods of texts and numbers change nothing; those of lists and dicts may. */
function isReading(func: Value): boolean {
  return func.kind === "builtin" && /^(str|number)\./.test(func.name);
}
