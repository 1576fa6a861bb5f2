import { itemsOf, takeItems } from "./builtin-methods.ts";
import { spend, type Machine } from "./machine.ts";
import { integerOf } from "./numbers.ts";
import { truth } from "./operators.ts";
import {
  constant,
  isWalkedOnce,
  LONGEST,
  NONE,
  type ArgumentValue,
  type ListValue,
  type Value,
} from "./value.ts";

/** What is walked once, over the items of another value; null where those cannot be told. */
export function iteratorOver(
  value: Value | undefined,
  map: (items: readonly Value[]) => Value[],
): ListValue | null {
  const items = value ? takeItems(value) : null;
  if (!value || !items) return null;
  const made = iterator(map(items));
  return value.kind === "list" && value.fails ? { ...made, fails: value.fails } : made;
}

function iterator(items: Value[]): ListValue {
  return { kind: "list", as: "iterator", items, open: null };
}

function tuple(items: readonly Value[]): Value {
  return { kind: "tuple", items: [...items], open: null };
}

export function enumerated(value: Value | undefined, start: Value | undefined): Value | null {
  const first = start ? integerOf(start) : 0;
  if (first === null) return null;
  return iteratorOver(value, (items) => items.map((item, index) => tuple([constant(first + index), item])));
}

/** `zip(…)`, which with `strict=True` raises behind the last whole tuple where the lengths differ. */
export function zip(m: Machine, args: readonly ArgumentValue[]): Value | null {
  const columns = args.filter(({ name }) => name === null).map(({ value }) => value);
  const [strict, ...more] = args.filter(({ name }) => name !== null);
  if (more.length > 0 || (strict && strict.name !== "strict")) return null;
  const known = columns.flatMap((column) => {
    const items = isWalkedOnce(column) && !column.open ? column.items : itemsOf(column);
    return items ? [items] : [];
  });
  if (known.length < columns.length) return null;
  const length = known.length > 0 ? Math.min(...known.map((column) => column.length)) : 0;
  const isUneven = known.some((column) => column.length > length);
  const once = columns.filter(isWalkedOnce);
  // What the shortest one leaves of the others, or two places take from one, is not worked out.
  if (once.length > 0 && (isUneven || new Set(once).size < once.length)) return null;
  if (once.some(({ fails }) => fails)) return null;
  for (const column of once) column.items = [];
  const made = iterator(
    Array.from({ length }, (_, index) => tuple(known.map((column) => column[index] ?? NONE))),
  );
  if (!isUneven || !strict || !truth(m, strict.value)) return made;
  return { ...made, fails: "the arguments of zip() differ in length" };
}

/** `itertools.product(…)`: takes all items at once, and gives the tuples whose last place changes fastest. */
export function product(m: Machine, args: readonly ArgumentValue[]): Value | null {
  const [repeat, ...more] = args.filter(({ name }) => name !== null);
  const times = repeat ? integerOf(repeat.value) : 1;
  if (more.length > 0 || (repeat && repeat.name !== "repeat") || times === null || times < 0) return null;
  const given = args.filter(({ name }) => name === null).map(({ value }) => itemsOf(value));
  const known = given.filter((items) => items !== null);
  if (known.length < given.length) return null;
  const columns = Array.from({ length: times }, () => known).flat();
  const count = columns.reduce((total, column) => total * column.length, 1);
  if (count > LONGEST) return null;
  spend(m, count);
  const rows = columns.reduce<Value[][]>(
    (before, column) => before.flatMap((row) => column.map((item) => [...row, item])),
    [[]],
  );
  return iterator(rows.map(tuple));
}
