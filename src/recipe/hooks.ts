import { ancestryOf, findMember } from "./classes.ts";
import { forget } from "./forget.ts";
import { EvaluationLimit, type Machine } from "./machine.ts";
import { isTame } from "./module-order.ts";
import { changesThings } from "./reach.ts";
import { isStrange } from "./strange-classes.ts";
import { unknown, type ClassValue, type Value } from "./value.ts";

/** Special methods that are called where it can be seen: by a constructor, an attribute, a call, a `with`, a class. */
const SEEN =
  /^__(init|post_init|new|init_subclass|set_name|class_getitem|getattr|getattribute|setattr|delattr|get|set|enter|exit|call)__$/;

const MERE_DATA = /^__(slots|match_args|hash|doc|all|version)__$/;

const acting = new WeakMap<ClassValue, boolean>();

/** Whether operators, or what else Python calls by itself, may change something where an object of a class is involved. */
function hasActingHook(type: ClassValue): boolean {
  let known = acting.get(type);
  if (known === undefined)
    acting.set(type, (known = ancestryOf(type).classes.some((one) => definesActingHook(one))));
  return known;
}

function definesActingHook({ source }: ClassValue): boolean {
  if (!source || isTame(source.module)) return false;
  return source.def.body.some((stmt) => {
    if (stmt.kind === "FunctionDef") return isHook(stmt.name) && changesThings(stmt);
    if (stmt.kind !== "Assign") return false;
    return stmt.targets.some(
      (target) => target.kind === "Name" && isHook(target.id) && !MERE_DATA.test(target.id),
    );
  });
}

function isHook(name: string): boolean {
  return /^__\w+__$/.test(name) && !SEEN.test(name);
}

/** To be told of each object that is made, as most runs have none whose operators do anything. */
export function noteHooks(m: Machine, type: ClassValue): void {
  if (m.isHooked && !findMember(type, "__del__")) return;
  const last = findMember(type, "__del__");
  const isOwn = last?.owner.source && !isTame(last.owner.source.module);
  if (isOwn && (last.stmt.kind !== "FunctionDef" || changesThings(last.stmt)))
    throw new EvaluationLimit(`${type.name}.__del__ runs at a time that nobody can tell`);
  m.isHooked ||= hasActingHook(type);
}

/** Python has had these values in its hands: operators of their classes may have changed what they can reach. */
export function stir(m: Machine, ...values: readonly Value[]): void {
  if (m.isHooked) for (const value of values) stirIn(m, value, 0);
}

const DEEPEST = 5;

function stirIn(m: Machine, value: Value, depth: number): void {
  if (depth > DEEPEST) return;
  const inside = (part: Value) => {
    stirIn(m, part, depth + 1);
  };
  if (value.kind === "object") {
    if (hasActingHook(value.type)) forget(m, value, `after an operator of ${value.type.name}`);
    else for (const slot of value.fields.values()) inside(slot.value);
  } else if (value.kind === "dict") {
    for (const slot of value.entries.values()) [slot.key, slot.value].forEach(inside);
  } else if ("items" in value) [...value.items].forEach(inside);
  else if (value.kind === "choice") [value.then, value.otherwise].forEach(inside);
  else if (value.kind === "unknown" && value.may)
    forget(m, value, "after an operator of a class out of sight");
}

/** Calls a special method that a class of the project defines in plain sight; null where it has none. */
export function callHook(
  m: Machine,
  self: Value,
  call: { name: string; args: readonly Value[] },
): Value | null {
  if (self.kind !== "object" || isStrange(m, self.type)) return null;
  const found = findMember(self.type, call.name);
  if (found?.stmt.kind !== "FunctionDef" || found.stmt.decorators.length > 0) return null;
  if (!found.owner.source || isTame(found.owner.source.module)) return null;
  const args = call.args.map((value) => ({ name: null, value, site: null }));
  const place = { scope: self.type.path, shown: `${self.type.name}.${call.name}()` };
  const result = m.call(m.getAttribute(self, call.name), args, place);
  if (!isNotImplemented(result)) return result;
  for (const value of [self, ...call.args]) forget(m, value, `after ${place.shown}`);
  return unknown(place.shown, m.nth(`${self.type.path}.${call.name}`));
}

function isNotImplemented(value: Value): boolean {
  if (value.kind === "choice") return isNotImplemented(value.then) || isNotImplemented(value.otherwise);
  return /\bNotImplemented\b/.test(
    value.kind === "unknown" ? value.key : value.kind === "builtin" ? value.name : "",
  );
}

const BINARY: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "**": "pow",
  "@": "matmul",
  "<<": "lshift",
  ">>": "rshift",
  "&": "and",
  "|": "or",
  "^": "xor",
};

/** `left op right`, where a class of the project says what that is; null where none does. */
export function operatorOf(m: Machine, op: string, [left, right]: readonly [Value, Value]): Value | null {
  const name = BINARY[op];
  if (name === undefined || (left.kind !== "object" && right.kind !== "object")) return null;
  // The class that derives from the other one has its say first.
  if (left.kind === "object" && right.kind === "object" && left.type !== right.type) return null;
  return (
    callHook(m, left, { name: `__${name}__`, args: [right] }) ??
    (left.kind === "object" ? null : callHook(m, right, { name: `__r${name}__`, args: [left] }))
  );
}

/** `left op= right`, where the class of the left one says what that is; null where it does not. */
export function inPlaceOperatorOf(
  m: Machine,
  op: string,
  [left, right]: readonly [Value, Value],
): Value | null {
  const name = BINARY[op];
  if (name === undefined) return null;
  return callHook(m, left, { name: `__i${name}__`, args: [right] }) ?? operatorOf(m, op, [left, right]);
}

const COMPARISONS: Readonly<Record<string, string>> = {
  "==": "__eq__",
  "!=": "__ne__",
  "<": "__lt__",
  "<=": "__le__",
  ">": "__gt__",
  ">=": "__ge__",
};

/** A comparison that a class of the project answers; null where none does. */
export function comparisonOf(m: Machine, op: string, [left, right]: readonly [Value, Value]): Value | null {
  const name = COMPARISONS[op];
  if (name === undefined || left.kind !== "object" || right.kind === "object") return null;
  return callHook(m, left, { name, args: [right] });
}
