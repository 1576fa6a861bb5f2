/** What Bridge's start-up asks of a declared value before it decides. */
export interface Question<V> {
  /** The values that the answer hangs on; a question about data parallelism has three. */
  readonly about: readonly V[];
  readonly is: Test;
}

export type Test =
  | { readonly kind: "none" }
  /** Exactly `True`, as in `is True`. */
  | { readonly kind: "true" }
  | { readonly kind: "truthy" }
  | { readonly kind: "more than"; readonly number: number }
  | { readonly kind: "equal"; readonly to: string | number }
  /** Whether a list, or None for none, has the item. */
  | { readonly kind: "contains"; readonly item: string }
  /** The same for a list of CUDA graph members, which may be a text with commas, or one member alone. */
  | { readonly kind: "captures"; readonly item: string }
  /** Whether so many processes can be dealt out to these sizes. */
  | { readonly kind: "dealt out in"; readonly worldSize: number }
  /** Whether these sizes leave more than one process of so many for data parallelism. */
  | { readonly kind: "data parallel in"; readonly worldSize: number };

/** A decision of start-up, as the questions that lead to it: `yield` asks, and answers true or false. */
export type Asking<V, R> = Generator<Question<V>, R, boolean>;

export function* isNone<V>(value: V): Asking<V, boolean> {
  return yield { about: [value], is: { kind: "none" } };
}

export function* isTrue<V>(value: V): Asking<V, boolean> {
  return yield { about: [value], is: { kind: "true" } };
}

export function* isTruthy<V>(value: V): Asking<V, boolean> {
  return yield { about: [value], is: { kind: "truthy" } };
}

export function* isMoreThan<V>(value: V, number: number): Asking<V, boolean> {
  return yield { about: [value], is: { kind: "more than", number } };
}

export function* isEqualTo<V>(value: V, to: string | number): Asking<V, boolean> {
  return yield { about: [value], is: { kind: "equal", to } };
}

export function* contains<V>(value: V, item: string): Asking<V, boolean> {
  return yield { about: [value], is: { kind: "contains", item } };
}

export function* captures<V>(value: V, item: string): Asking<V, boolean> {
  return yield { about: [value], is: { kind: "captures", item } };
}

/** Conditions taken to be true or false, by their identity. */
export type Taken = ReadonlyMap<string, boolean>;

/** Knows values: answers a question, or names the condition that would have to be known first. */
export interface Answers<V> {
  answer(question: Question<V>, taken: Taken): boolean | string;
}

/** More open conditions than this are not taken apart: the number of cases doubles with each. */
const MOST_OPEN = 6;

const NOTHING_TAKEN: Taken = new Map();

/** What becomes of the results of a decision under both answers to an open condition. */
export interface Joining<R> {
  either(condition: string, then: R, otherwise: R): R;
  /** Whether one side's result is the result, whatever the other side would give. */
  settles?(one: R): boolean;
}

/** Runs a decision; where an answer is open, runs it for both and joins the results. Null with too many open ones. */
export function decide<V, R>(body: () => Asking<V, R>, answers: Answers<V>, joining: Joining<R>): R | null {
  function run(taken: Taken): R | null {
    const asking = body();
    let step = asking.next();
    while (!step.done) {
      const answer = answers.answer(step.value, taken);
      if (typeof answer === "string") return taken.size >= MOST_OPEN ? null : runBoth(answer, taken);
      step = asking.next(answer);
    }
    return step.value;
  }
  function runBoth(condition: string, taken: Taken): R | null {
    const then = run(new Map([...taken, [condition, true]]));
    if (then === null || joining.settles?.(then)) return then;
    const otherwise = run(new Map([...taken, [condition, false]]));
    return otherwise === null ? null : joining.either(condition, then, otherwise);
  }
  return run(NOTHING_TAKEN);
}
