import { absoluteName, indexOf } from "./module-index.ts";
import { localNames } from "../python/locals.ts";
import type { FunctionDef, Import, ImportFrom, Lambda, Stmt } from "../python/syntax.ts";
import { isBuiltinName } from "./builtin-names.ts";
import { mayImport } from "./import-paths.ts";
import { PythonError, type Machine, type SharedGlobal } from "./machine.ts";
import { hasOrder, isTame, packagesAround } from "./module-order.ts";
import { traced } from "./memo.ts";
import type { SourceModule } from "./source-module.ts";
import {
  constant,
  isConstant,
  isMutable,
  symbol,
  unknown,
  type Environment,
  type FunctionValue,
  type Value,
} from "./value.ts";

/** The value of a variable: in the functions around, then in the module, then among Python's own names. */
export function lookup(m: Machine, env: Environment, name: string): Value | null {
  for (let scope: Environment | null = env; scope; scope = scope.parent) {
    if (scope.globals?.has(name)) break;
    const value = scope.vars.get(name);
    if (value) return value;
    if (isUnassigned(scope, name))
      return unknown(`${name}, not assigned yet`, `${scope.func?.path ?? ""}:${name}`);
  }
  if (name === "__package__") return packageOf(m, env.module);
  if (name === "__name__") return moduleScope(m, env.module).vars.get(name) ?? constant(env.module.name);
  return moduleAttribute(m, env.module, name) ?? (isBuiltinName(name) ? { kind: "builtin", name } : null);
}

/** Whether a function has a variable of its own by that name, which hides all others, and has not assigned it. */
function isUnassigned({ func, parent }: Environment, name: string): boolean {
  // A comprehension's scope stands inside its function's.
  if (func?.def.kind !== "FunctionDef" || parent?.func === func) return false;
  return localNames(func.def).has(name);
}

/** What relative imports of a module start from; a script that is started has none, or one that nobody knows. */
function packageOf(m: Machine, module: SourceModule): Value {
  const isMain = moduleScope(m, module).vars.get("__name__");
  if (isMain) return unknown("__package__", `${module.name}.__package__`);
  return constant(module.isPackage ? module.name : module.name.replace(/\.?[^.]*$/, ""));
}

/** The value of a variable that this run has computed before; null also for one that nobody has asked for yet. */
export function knownVariable(m: Machine, env: Environment, name: string): Value | null {
  for (let scope: Environment | null = env; scope; scope = scope.parent) {
    const value = scope.vars.get(name);
    if (value) return value;
  }
  return m.globals.get(env.module)?.get(name) ?? null;
}

/** Binds a variable where the function's `global` and `nonlocal` say that it lives. */
export function bindName(m: Machine, env: Environment, name: string, value: Value): void {
  if (env.globals?.has(name)) {
    globalsOf(m, env.module).set(name, value);
    return;
  }
  let scope: Environment = env;
  if (env.nonlocals?.has(name))
    for (let outer = env.parent; outer; outer = outer.parent)
      if (outer.vars.has(name)) {
        scope = outer;
        break;
      }
  scope.vars.set(name, value);
}

/** The environment of code at a module's top level; its variables are the module's attributes in this run. */
export function moduleScope(m: Machine, module: SourceModule): Environment {
  return {
    vars: globalsOf(m, module),
    parent: null,
    module,
    func: null,
    isModule: true,
    globals: null,
    nonlocals: null,
    stmt: null,
  };
}

function globalsOf(m: Machine, module: SourceModule): Map<string, Value> {
  let vars = m.globals.get(module);
  if (!vars) {
    vars = new Map();
    m.globals.set(module, vars);
  }
  m.touched.add(module);
  return vars;
}

/** An attribute of a module, computed from the statements that bind it; null if nothing does. */
export function moduleAttribute(m: Machine, module: SourceModule, name: string): Value | null {
  const vars = globalsOf(m, module);
  const known = vars.get(name);
  if (known) return known;
  if (runInOrder(m, module)) return vars.get(name) ?? starred(m, module, name) ?? submodule(m, module, name);
  const shared = m.isPatched ? null : m.session.globals.get(module)?.get(name);
  if (shared) {
    for (const one of shared.touched) m.touched.add(one);
    return shared.value;
  }
  const decided = m.decisions.size;
  const { result: value, trace } = traced(m, () => computeAttribute(m, module, name));
  for (const one of trace.touched) m.touched.add(one);
  if (!value) return null;
  // A value that hangs on a decision of this run must not leak into another.
  if (m.isPatched || !isShareable(value) || m.decisions.size > decided) vars.set(name, value);
  else share(m, module, { name, shared: { value, touched: trace.touched } });
  return value;
}

/** Runs a module whose statements depend on each other, once; false where each name stands for itself. */
function runInOrder(m: Machine, module: SourceModule): boolean {
  if (!hasOrder(m.session.host, module)) return false;
  if (m.ran.has(module)) return true;
  for (const around of packagesAround(m.session.host, module)) runInOrder(m, around);
  if (m.ran.has(module)) return true;
  m.ran.add(module);
  m.execute(module.parsed().module.body, moduleScope(m, module));
  return true;
}

/** Whether all runs may see one instance of a value. */
function isShareable(value: Value): boolean {
  if (value.kind === "function" && [...(value.defaults?.values() ?? [])].some((one) => !isShareable(one)))
    return false;
  return !isMutable(value) && !["choice", "unknown", "tuple"].includes(value.kind);
}

function share(
  m: Machine,
  module: SourceModule,
  { name, shared }: { name: string; shared: SharedGlobal },
): void {
  let table = m.session.globals.get(module);
  if (!table) m.session.globals.set(module, (table = new Map<string, SharedGlobal>()));
  table.set(name, shared);
}

function computeAttribute(m: Machine, module: SourceModule, name: string): Value | null {
  const index = indexOf(module);
  if (index.rebound.has(name)) return unknown(`${module.name}.${name}, rebound by \`global\``);
  const statements = index.bindings.get(name);
  if (statements && m.session.library.isNamed(module.name, name)) return symbol(`${module.name}.${name}`);
  if (!statements) return starred(m, module, name) ?? submodule(m, module, name);
  const value = bind(m, module, { name, statements });
  if (index.filled.has(name) && value.kind === "dict") {
    value.open ??= unknown(`${module.name}.${name}, filled by its module's functions`);
  }
  return value;
}

function bind(m: Machine, module: SourceModule, at: { name: string; statements: readonly Stmt[] }): Value {
  const { name, statements } = at;
  const scope = moduleScope(m, module);
  const [only] = statements;
  if (only && statements.length === 1) {
    const simple = bindSimply(m, scope, { name, stmt: only });
    if (simple) return simple;
  }
  // Guards against a module-level name that needs itself.
  const placeholder = unknown(`${module.name}.${name}`);
  scope.vars.set(name, placeholder);
  m.execute(statements, scope);
  return scope.vars.get(name) ?? placeholder;
}

/** Binds without running the other names of the statement, which most modules have many of. */
function bindSimply(m: Machine, scope: Environment, at: { name: string; stmt: Stmt }): Value | null {
  const { name, stmt } = at;
  if (stmt.kind === "Import") return importName(m, stmt, name);
  if (stmt.kind === "ImportFrom") return importFromName(m, scope.module, { stmt, name });
  if (stmt.kind === "FunctionDef" && stmt.decorators.length === 0) return functionOf(scope, stmt);
  return null;
}

/** What the defaults of a function's parameters are when it is made; nothing where they are mere constants. */
export function defaultsOf(
  m: Machine,
  env: Environment,
  def: FunctionDef | Lambda,
): { defaults?: ReadonlyMap<string, Value> } {
  const computed = def.params.flatMap((param): [string, Value][] =>
    param.default && param.default.kind !== "Constant" ? [[param.name, m.evaluate(param.default, env)]] : [],
  );
  return computed.length > 0 ? { defaults: new Map(computed) } : {};
}

/** A function as its `def` makes it, decorators left out. */
export function functionOf(scope: Environment, def: FunctionDef): FunctionValue {
  const owner = scope.func ? `${scope.func.path}.<locals>` : scope.module.name;
  const path = `${owner}.${def.name}`;
  const closure = scope.isModule ? null : scope;
  return { kind: "function", def, name: def.name, path, module: scope.module, scope: closure, owner: null };
}

function starred(m: Machine, module: SourceModule, name: string): Value | null {
  for (const stmt of [...indexOf(module).stars].reverse()) {
    const target = absoluteName(module, stmt);
    const source = m.session.host.find(target);
    if (source === module || (source ? !exports(m, source, name) : name.startsWith("_"))) continue;
    const { library } = m.session;
    const value = source ? moduleAttribute(m, source, name) : library.export(target, name);
    if (value) return value;
    if (!source && library.isNamed(target, name)) return symbol(`${target}.${name}`);
  }
  return null;
}

/** Whether a star import takes a name: one that the module lists, or without a list one without an underscore. */
export function exports(m: Machine, module: SourceModule, name: string): boolean {
  const list = indexOf(module).bindings.has("__all__") ? moduleAttribute(m, module, "__all__") : null;
  const isListed =
    (list?.kind === "list" || list?.kind === "tuple") && !list.open && list.items.every(isText);
  if (isListed && !isTame(module)) return list.items.some((item) => isConstant(item, name));
  return !name.startsWith("_");
}

function isText(value: Value): boolean {
  return value.kind === "const" && typeof value.value === "string";
}

function submodule(m: Machine, module: SourceModule, name: string): Value | null {
  if (!module.isPackage) return null;
  const found = m.session.host.find(`${module.name}.${name}`);
  return found ? { kind: "module", module: found } : null;
}

/** What `import a.b as c` binds to a name, or null if it binds another. */
export function importName(m: Machine, stmt: Import, bound: string): Value | null {
  for (const { name, alias } of stmt.names) {
    if (alias === bound) return moduleNamed(m, name);
    if (alias === null && name.split(".")[0] === bound) {
      if (name !== bound) moduleNamed(m, name);
      return moduleNamed(m, bound);
    }
  }
  return null;
}

/** What an import of a module gives: by its name alone where its source is not at hand. */
export function moduleNamed(m: Machine, name: string): Value {
  const module = m.session.host.find(name);
  if (!module) return symbol(name);
  runInOrder(m, module);
  return { kind: "module", module };
}

/** What `from a import b as c` binds to a name, or null if it binds another. */
export function importFromName(
  m: Machine,
  module: SourceModule,
  { stmt, name }: { stmt: ImportFrom; name: string },
): Value | null {
  const imported = stmt.names.find((one) => (one.alias ?? one.name) === name);
  if (!imported) return null;
  const target = absoluteName(module, stmt);
  const source = m.session.host.find(target);
  if (!source) return m.session.library.export(target, imported.name) ?? symbol(`${target}.${imported.name}`);
  if (source === module) return fromItself(m, module, imported.name);
  const value = moduleAttribute(m, source, imported.name);
  if (value?.kind === "module") runInOrder(m, value.module);
  if (value) return value;
  const path = `${target}.${imported.name}`;
  const child = m.session.host.find(path);
  if (child) {
    runInOrder(m, child);
    return { kind: "module", module: child };
  }
  if (isTame(source)) return symbol(path);
  if (!mayImport(m.session.host, path))
    throw new PythonError("ImportError", `cannot import name '${imported.name}' from '${target}'`);
  return unknown(path, m.nth(path));
}

/** `from . import name` in a package's own `__init__.py`: mostly a module below it. */
function fromItself(m: Machine, module: SourceModule, name: string): Value {
  const path = `${module.name}.${name}`;
  const child = isTame(module) ? null : m.session.host.find(path);
  if (!child || indexOf(module).bindings.get(name)?.length !== 1) return unknown(path);
  runInOrder(m, child);
  return { kind: "module", module: child };
}

/** The name under which a class's own code finds `self.__name`. */
export function attributeName(env: Environment, name: string): string {
  if (!name.startsWith("__") || name.endsWith("__")) return name;
  for (let scope: Environment | null = env; scope; scope = scope.parent) {
    const owner = scope.func?.owner;
    if (owner) return `_${owner.name.replace(/^_+/, "")}${name}`;
  }
  return name;
}
