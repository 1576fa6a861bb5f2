import { dottedPath, type ClassDef, type Expr } from "../python/syntax.ts";
import { attributeValue, findMember, methodOf } from "./classes.ts";
import { forget } from "./forget.ts";
import type { Machine } from "./machine.ts";
import { isTame } from "./module-order.ts";
import { followClass, isHarmlessDecorator, loseClass, whileMaking } from "./strange-classes.ts";
import { constant, type ArgumentValue, type ClassValue, type Environment, type Value } from "./value.ts";

type Decorate = (made: Value, decorator: Expr) => Value;

/** Makes a class as Python does: computes what stands in its body, then runs the code that hears of it. */
export function makeClass(m: Machine, def: ClassDef, env: Environment, decorate: Decorate): Value {
  const type = classOf(m, def, env);
  if (isTame(env.module)) return type;
  for (const stmt of def.body) {
    const isField = stmt.kind === "Assign" && stmt.value?.kind === "Call" && stmt.annotation !== null;
    if (stmt.kind === "Assign" && stmt.value && !isField) attributeValue(m, type, stmt.value);
  }
  return whileMaking(type, () => {
    tellAttributes(m, type, def);
    tellBase(m, type, { def, env });
    return decorated(m, type, { def, env, decorate });
  });
}

function classOf(m: Machine, def: ClassDef, env: Environment): ClassValue {
  const bases = def.bases
    .filter((base) => base.kind === "positional")
    .map((base) => m.evaluate(base.value, env));
  const scope = env.isModule ? null : env;
  const owner = env.func ? `${env.func.path}.<locals>` : env.module.name;
  return {
    kind: "class",
    name: def.name,
    path: `${owner}.${def.name}`,
    bases,
    source: { def, module: env.module, scope },
    table: null,
  };
}

/** `__set_name__` of what stands in the body. */
function tellAttributes(m: Machine, type: ClassValue, def: ClassDef): void {
  for (const stmt of def.body) {
    const [target] = stmt.kind === "Assign" ? stmt.targets : [];
    if (stmt.kind !== "Assign" || stmt.value?.kind !== "Call" || target?.kind !== "Name") continue;
    // What describes a field is looked at where objects are made.
    if (stmt.annotation && /^field$/i.test(dottedPath(stmt.value.func)?.split(".").at(-1) ?? "")) continue;
    const held = attributeValue(m, type, stmt.value);
    if (held.kind !== "object" || !findMember(held.type, "__set_name__")) continue;
    const args = [type, constant(target.id)].map((value) => ({ name: null, value, site: null }));
    m.call(m.getAttribute(held, "__set_name__"), args, { scope: type.path, shown: "__set_name__()" });
  }
}

/** `__init_subclass__` of the next base that has one, and what a metaclass does. */
function tellBase(m: Machine, type: ClassValue, { def, env }: { def: ClassDef; env: Environment }): void {
  const keywords = def.bases.flatMap((base): ArgumentValue[] =>
    base.kind === "keyword" ? [{ name: base.name, value: m.evaluate(base.value, env), site: null }] : [],
  );
  const meta = keywords.find(({ name }) => name === "metaclass");
  if (meta?.value.kind === "class") forget(m, meta.value, `after ${type.name} was made`);
  const found = findMember(type, "__init_subclass__", type);
  if (
    !found ||
    found.stmt.kind !== "FunctionDef" ||
    meta ||
    def.bases.some(({ kind }) => kind === "doubleStar")
  )
    return;
  const func = methodOf(found.owner, found.stmt);
  if (!func || isTame(func.module)) return;
  followClass(type, "bases");
  m.call({ kind: "method", func, self: type }, keywords, { scope: type.path, shown: "__init_subclass__()" });
}

function decorated(
  m: Machine,
  type: ClassValue,
  { def, env, decorate }: { def: ClassDef; env: Environment; decorate: Decorate },
): Value {
  let made: Value = type;
  followClass(type, "decorators");
  for (const decorator of [...def.decorators].reverse()) {
    if (isHarmlessDecorator(m, env, decorator)) continue;
    const result = decorate(made, decorator);
    // A decorator out of sight mostly gives the class back, with changes that nobody knows.
    if (result.kind === "unknown") loseClass(type);
    else made = result;
  }
  return made;
}
