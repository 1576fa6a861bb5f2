import {
  nestedBlocks,
  type ClassDef,
  type Expr,
  type FunctionDef,
  type Lambda,
  type Stmt,
} from "../python/syntax.ts";
import { ownExpressions, rootName, storeTargets, walkExpression } from "../python/walk.ts";

/** What the text of a function tells of what it may change beyond its own variables. */
export interface Reach {
  /** Names that it, or a function inside it, declares `global`. */
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
  /** Whether it stores to an attribute or an item, or calls what may do so. */
  acts: boolean;
  /** Names whose objects it may change, hand on or call. */
  readonly names: Set<string>;
  /** `Name.attribute` that it mentions, and that it stores to. */
  readonly attributes: (readonly [string, string])[];
  readonly stored: (readonly [string, string])[];
}

const reaches = new WeakMap<FunctionDef | Lambda | ClassDef, Reach>();

/** Reads the text of a function, those inside it included, or of a class with its methods. */
export function reachOf(def: FunctionDef | Lambda | ClassDef): Reach {
  let reach = reaches.get(def);
  if (!reach) reaches.set(def, (reach = readReach(def)));
  return reach;
}

/** What running an expression may change. */
export function reachOfExpression(expr: Expr): Reach {
  const reach = newReach();
  noteExpression(reach, expr);
  return reach;
}

/** Whether a function may change anything but variables of its own. */
export function changesThings(def: FunctionDef | Lambda): boolean {
  const { acts, globals, nonlocals } = reachOf(def);
  return acts || globals.size > 0 || nonlocals.size > 0;
}

function readReach(def: FunctionDef | Lambda | ClassDef): Reach {
  const reach = newReach();
  if (def.kind === "Lambda") noteExpression(reach, def.value);
  else for (const stmt of everyStatement(def.body)) noteStatement(reach, stmt);
  return reach;
}

function newReach(): Reach {
  return {
    globals: new Set(),
    nonlocals: new Set(),
    acts: false,
    names: new Set(),
    attributes: [],
    stored: [],
  };
}

function noteStatement(reach: Reach, stmt: Stmt): void {
  if (stmt.kind === "Scope") {
    const names = stmt.form === "global" ? reach.globals : reach.nonlocals;
    stmt.names.forEach((name) => names.add(name));
  }
  for (const target of targetsOf(stmt)) {
    if (target.kind === "Name") continue;
    reach.acts = true;
    noteRoots(reach, target);
    const path = pathOf(target);
    if (path) reach.stored.push(path);
  }
  reach.acts ||= stmt.kind === "OpaqueStmt" || stmt.kind === "Delete";
  const own = ownExpressions(stmt);
  // What goes by another name, or is handed back, may be changed by that.
  if (["Assign", "For", "With", "Match", "Return"].includes(stmt.kind))
    for (const expr of own) noteRoots(reach, expr);
  for (const expr of own) noteExpression(reach, expr);
}

function noteExpression(reach: Reach, expr: Expr): void {
  for (const part of walkExpression(expr)) {
    const path = pathOf(part);
    if (path) reach.attributes.push(path);
    if (part.kind === "Opaque") {
      reach.acts = true;
      for (const inner of walkExpression(part)) noteRoots(reach, inner);
    }
    if (part.kind !== "Call" || onlyReads(part.func)) continue;
    reach.acts = true;
    for (const operand of [part.func, ...part.args.map(({ value }) => value)]) noteRoots(reach, operand);
  }
}

function noteRoots(reach: Reach, expr: Expr): void {
  const root = rootName(expr);
  if (root !== null) reach.names.add(root);
  if (["Tuple", "List", "Set", "Dict", "Conditional", "BoolOp", "Starred", "NamedExpr"].includes(expr.kind))
    for (const part of walkExpression(expr)) if (part.kind === "Name") reach.names.add(part.id);
}

function pathOf(expr: Expr): readonly [string, string] | null {
  if (expr.kind === "Subscript") return pathOf(expr.value);
  return expr.kind === "Attribute" && expr.value.kind === "Name" ? [expr.value.id, expr.attr] : null;
}

/** Functions of Python itself that change nothing; the special methods that they call are looked at by themselves. */
const READING =
  /^(len|isinstance|issubclass|hasattr|getattr|type|str|int|float|bool|iter|range|enumerate|zip|repr|hash|id|min|max|sum|abs|round|sorted|tuple|list|dict|set|frozenset|any|all|super|print|\w*(Error|Exception))$/;
const READING_METHODS =
  /^(get|keys|values|items|format|startswith|endswith|lower|upper|strip|split|join|index|count)$/;

function onlyReads(func: Expr): boolean {
  if (func.kind === "Name") return READING.test(func.id);
  return func.kind === "Attribute" && READING_METHODS.test(func.attr);
}

/** Every statement of a block, those of the functions and classes in it included. */
function* everyStatement(block: readonly Stmt[]): Generator<Stmt> {
  for (const stmt of block) {
    yield stmt;
    for (const nested of nestedBlocks(stmt)) yield* everyStatement(nested);
    if (stmt.kind === "FunctionDef" || stmt.kind === "ClassDef") yield* everyStatement(stmt.body);
  }
}

function targetsOf(stmt: Stmt): readonly Expr[] {
  if (stmt.kind === "Assign" || stmt.kind === "Delete") return stmt.targets.flatMap(storeTargets);
  if (stmt.kind === "AugAssign" || stmt.kind === "For") return storeTargets(stmt.target);
  if (stmt.kind === "With") return stmt.items.flatMap(({ target }) => (target ? storeTargets(target) : []));
  return [];
}
