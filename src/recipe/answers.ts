import type { Answers, Taken, Test } from "../bridge/questions.ts";
import { derived, truthOf } from "./operators.ts";
import { constant, identity, isConstant, type Value } from "./value.ts";

/** Answers what Bridge's start-up asks of the values of one way that a recipe went. */
export function answersIn(decisions: Taken): Answers<Value> {
  return {
    answer: ({ about, is }, taken) => {
      const look = (condition: string) => lookUp(condition, [taken, decisions]);
      const sides: Value[] = [];
      for (const value of about) {
        const side = sideOf(value, look);
        if (typeof side === "string") return side;
        sides.push(side);
      }
      const known = answerKnown(sides, is);
      return known ?? look(rememberedCondition(sides, is));
    },
  };
}

/** Whether a condition is known to hold; else its identity, without the negations before it. */
function lookUp(condition: string, known: readonly Taken[]): boolean | string {
  let key = condition;
  let isNegated = false;
  for (; key.startsWith("not "); key = key.slice("not ".length)) isNegated = !isNegated;
  for (const taken of known) {
    const answer = taken.get(key);
    if (answer !== undefined) return answer !== isNegated;
  }
  return key;
}

/** The side of a choice that is taken, or the condition that decides. */
function sideOf(value: Value, look: (condition: string) => boolean | string): Value | string {
  if (value.kind !== "choice") return value;
  const taken = look(value.condition);
  if (typeof taken === "string") return taken;
  return sideOf(taken ? value.then : value.otherwise, look);
}

function answerKnown(values: readonly Value[], is: Test): boolean | null {
  const [value = constant(null)] = values;
  switch (is.kind) {
    case "none":
      if (value.kind === "unknown") return value.isSet === true ? false : null;
      return isConstant(value, null);
    case "true":
      return value.kind === "unknown" ? null : isConstant(value, true);
    case "truthy":
      return truthOf(value);
    case "more than": {
      const number = sizeOf(value);
      return number === null ? null : number > is.number;
    }
    case "equal":
      return value.kind === "const" ? value.value === is.to : value.kind === "unknown" ? null : false;
    case "contains":
      return itemsAnswer(value, (item) => (item.kind === "const" ? item.value === is.item : null));
    case "captures":
      return capturedAnswer(value, is.item);
    case "dealt out in": {
      const product = productOf(values);
      return Number.isNaN(product) ? null : is.worldSize % product === 0;
    }
    case "data parallel in": {
      const product = productOf(values);
      return Number.isNaN(product) ? null : is.worldSize / product > 1;
    }
  }
}

/** Whether one of a list's items is the one; None stands for no list. */
function itemsAnswer(value: Value, isOne: (item: Value) => boolean | null): boolean | null {
  if (isConstant(value, null)) return false;
  if (value.kind !== "list" && value.kind !== "tuple" && value.kind !== "set") return null;
  const answers = value.items.map(isOne);
  if (answers.includes(true)) return true;
  return value.open || answers.includes(null) ? null : false;
}

/** Source: `has_cuda_graph_module`; before it, `comm_overlap.py` did the same by itself. */
function capturedAnswer(value: Value, member: string): boolean | null {
  const isMember = (item: Value): boolean | null => {
    if (item.kind === "const") return typeof item.value === "string" && nameOf(item.value) === member;
    return item.kind === "symbol" && /\.CudaGraph(?:Scope|Module)\./.test(item.path)
      ? nameOf(item.path) === member
      : null;
  };
  if (value.kind === "const" && typeof value.value === "string")
    return value.value.split(",").some((name) => nameOf(name) === member);
  return value.kind === "symbol" ? isMember(value) : itemsAnswer(value, isMember);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** Not a number where a size is unknown. */
function productOf(sizes: readonly Value[]): number {
  return sizes.map(sizeOf).reduce<number>((all, size) => all * (size ?? Number.NaN), 1);
}

/** A size; None is what Megatron counts as one. */
function sizeOf(value: Value): number | null {
  if (value.kind !== "const") return null;
  if (value.value === null) return 1;
  if (typeof value.value === "boolean") return Number(value.value);
  return typeof value.value === "number" ? value.value : null;
}

const conditions = new WeakMap<Value, Map<string, string>>();

/** The same, worked out once for each unknown: start-up asks the same few questions in every way of a recipe. */
function rememberedCondition(values: readonly Value[], is: Test): string {
  const [value, ...others] = values;
  if (value?.kind !== "unknown" || others.length > 0) return conditionOf(values, is);
  let known = conditions.get(value);
  if (!known) conditions.set(value, (known = new Map<string, string>()));
  const question = JSON.stringify(is);
  let condition = known.get(question);
  if (condition === undefined) known.set(question, (condition = conditionOf(values, is)));
  return condition;
}

/** The identity of an open question, equal to that of the same question in the recipe's own code. */
function conditionOf(values: readonly Value[], is: Test): string {
  const [value = constant(null)] = values;
  switch (is.kind) {
    case "none":
      return `(${keyOf(value)}) is null`;
    case "true":
      return derived("$0 is $1", value, constant(true)).key;
    case "truthy":
      return value.kind === "unknown" ? value.key : derived("bool($0)", value).key;
    case "more than":
      return derived("$0 > $1", value, constant(is.number)).key;
    case "equal":
      return derived("$0 == $1", value, constant(is.to)).key;
    case "contains":
      return derived("$1 in $0", value, constant(is.item)).key;
    case "captures":
      return derived("$1 captured by $0", value, constant(is.item)).key;
    case "dealt out in":
      return derived(`${is.worldSize} % ($0 * $1 * $2) == 0`, ...values).key;
    case "data parallel in":
      return derived(`${is.worldSize} / ($0 * $1 * $2) > 1`, ...values).key;
  }
}

function keyOf(value: Value): string {
  return value.kind === "unknown" ? value.key : identity(value);
}
