import { refuseNamespace } from "./assignment.ts";
import { forget, forgetEscaped } from "./forget.ts";
import { handOut } from "./strange-classes.ts";
import { isActing } from "./handed-code.ts";
import { EvaluationLimit, type CallPlace, type Machine } from "./machine.ts";
import { isMutable, isWalkedOnce, unknown, type ArgumentValue, type Unknown, type Value } from "./value.ts";

interface Invocation {
  readonly args: readonly ArgumentValue[];
  readonly place: CallPlace;
}

/** The result of a call that is not followed: the same text in the same function, counted. */
export function unfollowed(m: Machine, func: Value, { args, place }: Invocation): Unknown {
  forgetEscaped(m, `after ${place.shown}`);
  if (args.some((arg) => isActing(arg.value)))
    for (const { value } of args) if (value.kind !== "const" && value.kind !== "symbol") m.escaped.add(value);
  refusePatches(func, { args, place });
  for (const { value } of args) handOut(value);
  const harmless = isReading(func) || (func.kind === "symbol" && m.session.library.isHarmless(func.path));
  if (!harmless) {
    for (const arg of args) forget(m, arg.value, `after ${place.shown}`);
    forget(m, func, `after ${place.shown}`);
    if (/\.(?:update|setdefault|pop|clear|__setitem__)\(/.test(place.shown))
      refuseNamespace(func, place.shown);
  }
  // Even what leaves its arguments alone calls the functions among them, and uses up what is walked once.
  for (const { value } of args)
    if (isActing(value) || isWalkedOnce(value)) forget(m, value, `after ${place.shown}`);
  m.unfollowed += 1;
  const made = unknown(place.shown, m.nth(`${place.scope}:${place.shown}`));
  const may = isReading(func) ? [] : args.flatMap(({ value }) => (isKept(value) ? [value] : []));
  return may.length > 0 ? { ...made, may } : made;
}

/** Whether what comes of a call may hold on to a value in a way that shows. */
function isKept(value: Value): boolean {
  if (value.kind === "tuple") return value.items.some(isKept);
  return isMutable(value) || isActing(value) || (value.kind === "unknown" && value.may !== undefined);
}

/** Ends a run in which what names stand for is changed from outside: attributes of classes and modules, whole modules. */
function refusePatches(func: Value, { args, place }: Invocation): void {
  const path = func.kind === "symbol" ? func.path : func.kind === "unknown" ? func.key : null;
  if (path === null) return;
  const isPatch = /(^|\()(unittest\.mock|mock|mocker|monkeypatch)\b/.test(path) || PATCHES.has(path);
  const isOfClass =
    /\.__(set|del)attr__\b/.test(path) && ["class", "module"].includes(args[0]?.value.kind ?? "");
  if (isPatch || isOfClass) throw new EvaluationLimit(`${place.shown} changes what names stand for`);
}

const PATCHES: ReadonlySet<string> = new Set([
  "importlib.reload",
  "weakref.finalize",
  "weakref.ref",
  "sys.settrace",
  "sys.setprofile",
]);

/** Methods of texts and numbers change nothing; those of lists and dicts may. */
function isReading(func: Value): boolean {
  return func.kind === "builtin" && /^(str|number)\./.test(func.name);
}
