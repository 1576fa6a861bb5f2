import { boundBy } from "../python/locals.ts";
import { nestedBlocks, type Expr, type Stmt } from "../python/syntax.ts";
import { ownExpressions, rootName, storeTargets, walkExpression } from "../python/walk.ts";
import { isInCircle } from "./import-circles.ts";
import { absoluteName, indexOf } from "./module-index.ts";
import { outlineOf } from "./module-outline.ts";
import type { ModuleHost, SourceModule } from "./source-module.ts";

const known = new WeakMap<ModuleHost, Map<SourceModule, boolean>>();

/**
 * Whether a module of the project has to be run from top to bottom, because what it does on import shows elsewhere or
 * depends on the order: it calls, it changes what others hold, it binds a name twice, or it imports one that does.
 * The names of all other modules are computed one by one, when somebody asks.
 */
export function hasOrder(host: ModuleHost, module: SourceModule): boolean {
  let answers = known.get(host);
  if (!answers) known.set(host, (answers = new Map<SourceModule, boolean>()));
  return isOrdered(host, module, answers);
}

/** Whether a module is Bridge's own, or another library's: their recipes are held against what runs. */
export function isTame(module: SourceModule): boolean {
  return module.released;
}

/** The packages that importing a module imports first, the outermost first. */
export function packagesAround(host: ModuleHost, module: SourceModule): SourceModule[] {
  const parts = module.name.split(".");
  return parts.slice(1).flatMap((_, index) => host.find(parts.slice(0, index + 1).join(".")) ?? []);
}

function isOrdered(host: ModuleHost, module: SourceModule, answers: Map<SourceModule, boolean>): boolean {
  const before = answers.get(module);
  if (before !== undefined) return before;
  if (isTame(module)) return false;
  answers.set(module, false); // two modules that import each other
  const ordered =
    isUnruly(host, module) ||
    isInCircle(host, module) ||
    [...packagesAround(host, module), ...importedBy(host, module)].some((other) =>
      isOrdered(host, other, answers),
    );
  answers.set(module, ordered);
  return ordered;
}

function importedBy(host: ModuleHost, module: SourceModule): SourceModule[] {
  return outlineOf(module).imports.flatMap((one) => {
    const target = absoluteName(module, one);
    const names = one.names.map(({ name }) => `${target}.${name}`);
    return [target, ...names].flatMap((name) => host.find(name) ?? []);
  });
}

/** Code that runs where a class is made, wherever that is. */
const MAKES_CLASSES = /\b__(?:init_subclass|set_name)__\b|\bmetaclass\s*=(?!\s*(?:abc\.)?ABCMeta\b)/;

function isUnruly(host: ModuleHost, module: SourceModule): boolean {
  const { problem, module: parsed } = module.parsed();
  if (problem) return false;
  if (MAKES_CLASSES.test(module.text)) return true;
  const { bindings, stars } = indexOf(module);
  for (const [name, statements] of bindings) if (statements.length > 1 && name !== "__all__") return true;
  const imported = new Set<string>();
  const own = new Set<string>();
  let hasCode = false;
  for (const stmt of parsed.body) {
    const isImport = stmt.kind === "Import" || stmt.kind === "ImportFrom";
    if (stmt.kind === "ImportFrom" && stars.includes(stmt) && hasCode) return true;
    hasCode ||= !isImport && !isText(stmt);
    for (const name of boundBy(stmt))
      (isImport && !isOfProject(host, module, stmt) ? imported : own).add(name);
  }
  return parsed.body.some((stmt) => acts(stmt, { own, imported }));
}

function isText(stmt: Stmt): boolean {
  return stmt.kind === "ExprStmt" && stmt.value.kind === "Constant";
}

function isOfProject(host: ModuleHost, module: SourceModule, stmt: Stmt): boolean {
  const targets =
    stmt.kind === "ImportFrom"
      ? [absoluteName(module, stmt)]
      : stmt.kind === "Import"
        ? stmt.names.map(({ name }) => name)
        : [];
  return targets.some((name) => {
    const found = host.find(name);
    return found !== null && !isTame(found);
  });
}

interface Names {
  /** Names that the module binds itself, or takes from the project's other modules. */
  readonly own: ReadonlySet<string>;
  readonly imported: ReadonlySet<string>;
}

/** Whether a top-level statement does more than bind a name that nobody has yet. */
function acts(stmt: Stmt, names: Names): boolean {
  switch (stmt.kind) {
    case "Import":
    case "ImportFrom":
    case "Pass":
      return false;
    case "If":
      if (isMainGuard(stmt.test)) return false;
      break;
    case "ExprStmt":
      return !isHarmless(stmt.value, names);
    case "Assign":
      if (
        stmt.targets
          .flatMap(storeTargets)
          .some((target) => target.kind !== "Name" && rootName(target) !== "os")
      )
        return true;
      break;
    case "AugAssign":
      return rootName(stmt.target) !== "__all__";
    case "ClassDef":
    case "FunctionDef":
    case "Try":
      break;
    default:
      return true;
  }
  const inside = ownExpressions(stmt).some((expr) =>
    [...walkExpression(expr)].some((part) => isAct(part, names)),
  );
  const decorated =
    "decorators" in stmt && stmt.decorators.some((one) => names.own.has(rootName(calleeOf(one)) ?? ""));
  return inside || decorated || nestedBlocks(stmt).some((block) => block.some((one) => acts(one, names)));
}

function isMainGuard(test: Expr): boolean {
  return test.kind === "Compare" && test.first.kind === "Name" && test.first.id === "__name__";
}

function calleeOf(expr: Expr): Expr {
  return expr.kind === "Call" ? expr.func : expr;
}

/** Whether an expression may do something: it calls code of the project, or what changes its arguments. */
function isAct(expr: Expr, { own }: Names): boolean {
  if (expr.kind === "NamedExpr" || expr.kind === "Opaque") return expr.kind === "NamedExpr";
  if (expr.kind !== "Call") return false;
  const root = rootName(expr.func) ?? "";
  if (/^(next|exec|eval|setattr|delattr|globals|vars|locals|__import__)$/.test(root)) return true;
  // A class makes an object of its own.
  return own.has(root) && !(expr.func.kind === "Name" && /^_*[A-Z]/.test(root));
}

/** A call that only tells, or works on something of a library. */
function isHarmless(expr: Expr, names: Names): boolean {
  if (expr.kind === "Constant") return true;
  if (expr.kind !== "Call" || [...walkExpression(expr)].some((part) => part.kind === "NamedExpr"))
    return false;
  const root = rootName(expr.func) ?? "";
  if (/^(print|logging|logger|_logger|log|LOGGER|LOG|warnings)$/.test(root)) return true;
  return /^(torch|os|sys)$/.test(root) && names.imported.has(root);
}
