import { constant, floating, type Const, type Value } from "./value.ts";

/** What Python holds: an int, a float, or one of the two where only a catalog's JSON tells the number. */
export type NumberKind = "int" | "float" | "either";

interface Num {
  readonly value: number;
  readonly kind: NumberKind;
}

/** The number behind a value; truth values count as 0 and 1. */
export function numberOf(value: Value): number | null {
  return numOf(value)?.value ?? null;
}

/** The kind of number that a value is; null for what is none. */
export function numberKind(value: Value): NumberKind | null {
  return numOf(value)?.kind ?? null;
}

/** A number where Python takes nothing but an int; null also for what may be a float for certain. */
export function integerOf(value: Value | undefined): number | null {
  const num = value ? numOf(value) : null;
  return num && num.kind !== "float" ? num.value : null;
}

function numOf(value: Value): Num | null {
  if (value.kind !== "const") return null;
  if (typeof value.value === "boolean") return { value: Number(value.value), kind: "int" };
  if (typeof value.value !== "number") return null;
  return { value: value.value, kind: Number.isInteger(value.value) ? (value.numeric ?? "int") : "float" };
}

function made(value: number, kind: NumberKind): Const | null {
  if (kind === "float") return Number.isFinite(value) ? floating(value) : null;
  if (!Number.isSafeInteger(value)) return null;
  // An int has no negative zero.
  const whole = value === 0 ? 0 : value;
  return kind === "int" ? constant(whole) : { kind: "const", value: whole, numeric: kind };
}

function joint(a: Num, b: Num): NumberKind {
  if (a.kind === "float" || b.kind === "float") return "float";
  return a.kind === "either" || b.kind === "either" ? "either" : "int";
}

/** The result of an operation on two numbers; null where it is not a number, or not exactly known. */
export function arithmetic(op: string, left: Value, right: Value): Value | null {
  const a = numOf(left);
  const b = numOf(right);
  if (!a || !b) return null;
  const kind = joint(a, b);
  const bits = BITWISE[op];
  if (bits) return kind === "float" ? null : bitwise(bits, left, right);
  const result = ARITHMETIC[op]?.(a.value, b.value, kind) ?? null;
  return result === null ? null : made(result, op === "/" ? "float" : kind);
}

/** What `-x`, `+x` and `~x` give. */
export function unaryNumber(op: string, operand: Value): Value | null {
  const num = numOf(operand);
  if (!num) return null;
  if (op === "-") return made(-num.value, num.kind);
  if (op === "+") return made(num.value, num.kind);
  return op === "~" && num.kind === "int" ? made(-num.value - 1, "int") : null;
}

/** A number made into an int or a float, as the calls do; null where that is not exact. */
export function convertNumber(value: Value, to: "int" | "float"): Value | null {
  const num = numOf(value);
  return num ? made(to === "int" ? Math.trunc(num.value) : num.value, to) : null;
}

export function absolute(value: Value): Value | null {
  const num = numOf(value);
  return num ? made(Math.abs(num.value), num.kind) : null;
}

type Apply = (a: number, b: number, kind: NumberKind) => number | null;

const ARITHMETIC: Readonly<Record<string, Apply>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? null : a / b),
  "//": (a, b) => (b === 0 ? null : floorDivide(a, b)),
  "%": (a, b) => (b === 0 ? null : modulo(a, b)),
  "**": (a, b, kind) => (kind === "float" ? null : power(a, b)),
  "<<": (a, b, kind) => (kind === "float" || b < 0 ? null : a * 2 ** b),
  ">>": (a, b, kind) => (kind === "float" || b < 0 ? null : Math.floor(a / 2 ** b)),
};

/** The remainder with the divisor's sign, as CPython computes it. */
function modulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 === b < 0 ? rest : rest + b;
}

function floorDivide(a: number, b: number): number {
  const quotient = (a - modulo(a, b)) / b;
  const below = Math.floor(quotient);
  return quotient - below > 0.5 ? below + 1 : below;
}

/** By multiplication, which is exact; a float's power is rounded in ways of its own. */
function power(a: number, b: number): number | null {
  if (b < 0 || b > 1_100) return null;
  let result = 1;
  for (let times = 0; times < b && Number.isSafeInteger(result); times += 1) result *= a;
  return result;
}

const BITWISE: Readonly<Record<string, (a: number, b: number) => number>> = {
  "&": (a, b) => a & b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
};

/** Two truth values give a truth value. */
function bitwise(apply: (a: number, b: number) => number, left: Value, right: Value): Value | null {
  const a = numberOf(left) ?? Number.NaN;
  const b = numberOf(right) ?? Number.NaN;
  if ((a | 0) !== a || (b | 0) !== b) return null;
  const isTruth = [left, right].every((side) => side.kind === "const" && typeof side.value === "boolean");
  return isTruth ? constant(apply(a, b) !== 0) : constant(apply(a, b));
}

/** What `str()` and f-strings make of a constant; null where that is not known. */
export function textOfConstant({ value, numeric }: Const): string | null {
  if (value === null) return "None";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Number.isInteger(value) && numeric !== "float") return numeric === "either" ? null : String(value);
  return floatText(value);
}

/** A float as CPython writes it: the shortest digits, with an exponent beyond 16 places or 4 zeros. */
function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const [digits = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16))
    return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  const text = String(value);
  return text.includes(".") ? text : `${text}.0`;
}
