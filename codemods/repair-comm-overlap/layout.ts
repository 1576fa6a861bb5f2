import { isConstant, walk, type Expr, type RaisedSite, type Value } from "../../src/index.ts";

/** Whether a recipe can have TP overlap, as Python for `tp_comm_overlap=`. */
export interface Layout {
  readonly tpOverlap: "True" | "False";
  readonly why: string;
}

const FIELDS = ["tensor_model_parallel_size", "sequence_parallel"] as const;

/** What the recipe's layout will be, as far as the code up to a raising statement and the lines behind it say. */
export function layoutAt({ stmt, uses }: RaisedSite, container: Expr | null): Layout {
  const values = new Map<string, Value | number | boolean>();
  const [use] = uses;
  const name = container?.kind === "Name" ? container.id : null;
  const holders = use ? (name === null ? [...use.scope.vars.values()] : [use.scope.vars.get(name)]) : [];
  for (const holder of holders) {
    const model = holder?.kind === "object" ? holder.fields.get("model")?.value : undefined;
    if (model?.kind !== "object") continue;
    for (const field of FIELDS) {
      const value = model.fields.get(field)?.value;
      if (value) values.set(field, value);
    }
  }
  const func = use?.scope.func?.def;
  const body = func?.kind === "FunctionDef" ? func.body : (use?.scope.module.parsed().module.body ?? []);
  for (const later of walk.statements(body)) {
    if (later.kind !== "Assign" || later.start < stmt.start || later.value?.kind !== "Constant") continue;
    const { value } = later.value;
    for (const target of later.targets) {
      const field = target.kind === "Attribute" ? FIELDS.find((one) => one === target.attr) : undefined;
      if (field && (typeof value === "number" || typeof value === "boolean")) values.set(field, value);
    }
  }
  return layoutOf(values.get(FIELDS[0]) ?? 1, values.get(FIELDS[1]) ?? false);
}

function layoutOf(size: Value | number | boolean, sequence: Value | number | boolean): Layout {
  const tp = typeof size === "object" ? (size.kind === "const" ? size.value : null) : size;
  const isSequence = typeof sequence === "object" ? isConstant(sequence, true) : sequence === true;
  if (typeof tp !== "number" || tp < 2)
    return { tpOverlap: "False", why: "tensor_model_parallel_size is not above 1" };
  return isSequence
    ? { tpOverlap: "True", why: `TP is ${tp} with sequence parallelism` }
    : { tpOverlap: "False", why: "sequence_parallel is off" };
}
