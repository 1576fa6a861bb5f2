import { matchCaptures } from "./patterns.ts";
import { walkStatements, type FunctionDef, type Stmt } from "./syntax.ts";
import { ownExpressions, storeTargets } from "./walk.ts";

const known = new WeakMap<FunctionDef, ReadonlySet<string>>();

/** The variables that a function assigns anywhere in its body and does not declare `global` or `nonlocal`. */
export function localNames(def: FunctionDef): ReadonlySet<string> {
  let names = known.get(def);
  if (!names) known.set(def, (names = findNames(def)));
  return names;
}

function findNames(def: FunctionDef): Set<string> {
  const names = new Set<string>();
  const elsewhere = new Set<string>();
  for (const stmt of walkStatements(def.body)) {
    for (const name of boundBy(stmt)) names.add(name);
    if (stmt.kind === "Scope") for (const name of stmt.names) elsewhere.add(name);
  }
  for (const name of elsewhere) names.delete(name);
  return names;
}

/** The names that a statement itself binds. */
export function boundBy(stmt: Stmt): readonly string[] {
  switch (stmt.kind) {
    case "FunctionDef":
    case "ClassDef":
      return [stmt.name];
    case "Import":
      return stmt.names.map(({ name, alias }) => alias ?? name.split(".")[0] ?? name);
    case "ImportFrom":
      return stmt.names.map(({ name, alias }) => alias ?? name);
    case "Try":
      return stmt.handlers.flatMap(({ name }) => name ?? []);
    case "Assign":
      return stmt.targets.flatMap(storeTargets).flatMap(nameOf);
    case "AugAssign":
    case "For":
      return storeTargets(stmt.target).flatMap(nameOf);
    case "With":
      return stmt.items.flatMap(({ target }) => (target ? storeTargets(target).flatMap(nameOf) : []));
    case "Match":
      return matchCaptures(stmt).map(({ id }) => id);
    case "Delete":
      return ownExpressions(stmt).flatMap(nameOf);
    default:
      return [];
  }
}

function nameOf(target: { readonly kind: string; readonly id?: string }): readonly string[] {
  return target.kind === "Name" && target.id !== undefined ? [target.id] : [];
}
