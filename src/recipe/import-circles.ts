import { walkStatements, type Stmt } from "../python/syntax.ts";
import { absoluteName, isTypeChecking } from "./module-index.ts";
import type { ModuleHost, SourceModule } from "./source-module.ts";

interface Search {
  readonly host: ModuleHost;
  /** The number of each module that was met; infinite once its circle, if any, is known. */
  readonly numbers: Map<SourceModule, number>;
  readonly open: SourceModule[];
  readonly circular: Set<SourceModule>;
}

const searches = new WeakMap<ModuleHost, Search>();

/** Whether a module of the project is imported, while it is itself being imported, by one that it imports. */
export function isInCircle(host: ModuleHost, module: SourceModule): boolean {
  let search = searches.get(host);
  if (!search) searches.set(host, (search = { host, numbers: new Map(), open: [], circular: new Set() }));
  if (!search.numbers.has(module)) visit(search, module);
  return search.circular.has(module);
}

/** Tarjan's search for strongly connected components; gives the lowest number that leads back. */
function visit(search: Search, module: SourceModule): number {
  const { numbers, open, circular } = search;
  const number = numbers.size;
  numbers.set(module, number);
  open.push(module);
  let lowest = number;
  for (const other of importedAtTop(search.host, module)) {
    const known = numbers.get(other);
    lowest = Math.min(lowest, known ?? visit(search, other));
  }
  if (lowest < number) return lowest;
  const circle = open.splice(open.indexOf(module));
  for (const one of circle) {
    numbers.set(one, Infinity);
    if (circle.length > 1) circular.add(one);
  }
  return Infinity;
}

/** The modules of the project that running a module's top level imports. */
function importedAtTop(host: ModuleHost, module: SourceModule): SourceModule[] {
  const { problem, module: parsed } = module.parsed();
  if (problem) return [];
  return [...walkStatements(parsed.body.filter((stmt) => !isTypeChecking(stmt)))]
    .flatMap((stmt) => namesOf(module, stmt))
    .flatMap((name) => host.find(name) ?? [])
    .filter((other) => other !== module && !other.released);
}

function namesOf(module: SourceModule, stmt: Stmt): string[] {
  if (stmt.kind === "Import") return stmt.names.map(({ name }) => name);
  if (stmt.kind !== "ImportFrom") return [];
  const target = absoluteName(module, stmt);
  return [target, ...stmt.names.map(({ name }) => `${target}.${name}`)];
}
