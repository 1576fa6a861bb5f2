import type { Span } from "../edit.ts";

/**
 * The part of Python's syntax that recipes are written in, as plain objects over spans of the text.
 * What the evaluator has no rule for becomes `Opaque`, never a guess.
 */
export interface Module extends Span {
  readonly kind: "Module";
  readonly body: readonly Stmt[];
}

export interface Name extends Span {
  readonly kind: "Name";
  readonly id: string;
}
export interface Attribute extends Span {
  readonly kind: "Attribute";
  readonly value: Expr;
  readonly attr: string;
}
export interface Constant extends Span {
  readonly kind: "Constant";
  readonly value: null | boolean | number | string;
  /** A number that Python would call a float. */
  readonly float?: boolean;
}
/** An f-string: text parts and the expressions between them. */
export interface JoinedStr extends Span {
  readonly kind: "JoinedStr";
  readonly parts: readonly (string | Expr)[];
}
export interface Sequence extends Span {
  readonly kind: "List" | "Tuple" | "Set";
  readonly items: readonly Expr[];
}
export interface DictEntry extends Span {
  /** Absent for a `**spread`. */
  readonly key: Expr | null;
  readonly value: Expr;
}
export interface Dict extends Span {
  readonly kind: "Dict";
  readonly entries: readonly DictEntry[];
}
export interface Argument extends Span {
  readonly kind: "positional" | "keyword" | "star" | "doubleStar";
  readonly name: string | null;
  readonly value: Expr;
}
export interface Call extends Span {
  readonly kind: "Call";
  readonly func: Expr;
  readonly args: readonly Argument[];
  /** The parentheses and what stands between them. */
  readonly argsSpan: Span;
}
export interface Unary extends Span {
  readonly kind: "Unary";
  readonly op: string;
  readonly operand: Expr;
}
export interface Binary extends Span {
  readonly kind: "Binary";
  readonly op: string;
  readonly left: Expr;
  readonly right: Expr;
}
export interface BoolOp extends Span {
  readonly kind: "BoolOp";
  readonly op: "and" | "or";
  readonly left: Expr;
  readonly right: Expr;
}
export interface Compare extends Span {
  readonly kind: "Compare";
  readonly first: Expr;
  readonly rest: readonly { readonly op: string; readonly value: Expr }[];
}
export interface Conditional extends Span {
  readonly kind: "Conditional";
  readonly test: Expr;
  readonly then: Expr;
  readonly otherwise: Expr;
}
export interface Subscript extends Span {
  readonly kind: "Subscript";
  readonly value: Expr;
  readonly index: Expr;
}
export interface Slice extends Span {
  readonly kind: "Slice";
  readonly parts: readonly (Expr | null)[];
}
export interface Starred extends Span {
  readonly kind: "Starred";
  readonly value: Expr;
}
export interface NamedExpr extends Span {
  readonly kind: "NamedExpr";
  readonly target: Name;
  readonly value: Expr;
}
export interface Lambda extends Span {
  readonly kind: "Lambda";
  readonly params: readonly Param[];
  readonly value: Expr;
}
export interface ComprehensionClause {
  readonly target: Expr;
  readonly iter: Expr;
  readonly tests: readonly Expr[];
}
export interface Comprehension extends Span {
  readonly kind: "Comprehension";
  readonly form: "list" | "set" | "dict" | "generator";
  readonly key: Expr | null;
  readonly value: Expr;
  readonly clauses: readonly ComprehensionClause[];
}
/** An expression that the evaluator does not follow: `await`, `yield`, slices with steps it cannot read … */
export interface OpaqueExpr extends Span {
  readonly kind: "Opaque";
  readonly children: readonly Expr[];
}

export type Expr =
  | Name
  | Attribute
  | Constant
  | JoinedStr
  | Sequence
  | Dict
  | Call
  | Unary
  | Binary
  | BoolOp
  | Compare
  | Conditional
  | Subscript
  | Slice
  | Starred
  | NamedExpr
  | Lambda
  | Comprehension
  | OpaqueExpr;

export interface Param extends Span {
  readonly name: string;
  readonly form: "normal" | "star" | "doubleStar";
  readonly keywordOnly: boolean;
  readonly annotation: Span | null;
  readonly default: Expr | null;
}

export interface ExprStmt extends Span {
  readonly kind: "ExprStmt";
  readonly value: Expr;
}
export interface Assign extends Span {
  readonly kind: "Assign";
  /** More than one for `a = b = value`. */
  readonly targets: readonly Expr[];
  /** Absent for a bare annotation. */
  readonly value: Expr | null;
  readonly annotation: Span | null;
}
export interface AugAssign extends Span {
  readonly kind: "AugAssign";
  readonly target: Expr;
  readonly op: string;
  readonly value: Expr;
}
export interface Return extends Span {
  readonly kind: "Return";
  readonly value: Expr | null;
}
export interface If extends Span {
  readonly kind: "If";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface For extends Span {
  readonly kind: "For";
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface While extends Span {
  readonly kind: "While";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface With extends Span {
  readonly kind: "With";
  readonly items: readonly { readonly value: Expr; readonly target: Expr | null }[];
  readonly body: readonly Stmt[];
}
export interface Handler {
  readonly type: Expr | null;
  readonly name: string | null;
  readonly body: readonly Stmt[];
}
export interface Try extends Span {
  readonly kind: "Try";
  readonly body: readonly Stmt[];
  readonly handlers: readonly Handler[];
  readonly orelse: readonly Stmt[];
  readonly finalizer: readonly Stmt[];
}
/** What a `case` asks of a value, and the names that it binds where the value fits. */
export type Pattern = Span &
  (
    | { readonly kind: "Value"; readonly value: Expr }
    /** Fits anything; without a name it is `_`. */
    | { readonly kind: "Capture"; readonly name: Name | null }
    | { readonly kind: "As"; readonly pattern: Pattern; readonly name: Name }
    | { readonly kind: "Or"; readonly options: readonly Pattern[] }
    | { readonly kind: "Sequence"; readonly items: readonly Pattern[] }
    /** `*name` in a sequence. */
    | { readonly kind: "Star"; readonly name: Name | null }
    | {
        readonly kind: "Mapping";
        readonly entries: readonly { readonly key: Expr; readonly value: Pattern }[];
        readonly rest: Name | null;
      }
    | {
        readonly kind: "Class";
        readonly type: Expr;
        readonly args: readonly Pattern[];
        readonly named: readonly { readonly name: string; readonly value: Pattern }[];
      }
  );
export interface MatchCase extends Span {
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: readonly Stmt[];
}
export interface Match extends Span {
  readonly kind: "Match";
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}
export interface FunctionDef extends Span {
  readonly kind: "FunctionDef";
  readonly name: string;
  readonly params: readonly Param[];
  readonly decorators: readonly Expr[];
  readonly returns: Span | null;
  /** From `def` (or the first decorator) to the colon. */
  readonly header: Span;
  /** Converted when first asked for: most functions of a library are never called by a recipe. */
  readonly body: readonly Stmt[];
  readonly isAsync: boolean;
}
export interface ClassDef extends Span {
  readonly kind: "ClassDef";
  readonly name: string;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
}
export interface ImportedName extends Span {
  readonly name: string;
  readonly alias: string | null;
}
export interface Import extends Span {
  readonly kind: "Import";
  readonly names: readonly ImportedName[];
}
export interface ImportFrom extends Span {
  readonly kind: "ImportFrom";
  readonly module: string;
  /** The number of leading dots. */
  readonly level: number;
  /** Empty for `*`. */
  readonly names: readonly ImportedName[];
}
export interface Raise extends Span {
  readonly kind: "Raise";
  readonly value: Expr | null;
}
export interface Assert extends Span {
  readonly kind: "Assert";
  readonly test: Expr;
  readonly message: Expr | null;
}
export interface Delete extends Span {
  readonly kind: "Delete";
  readonly targets: readonly Expr[];
}
export interface Scope extends Span {
  readonly kind: "Scope";
  readonly form: "global" | "nonlocal";
  readonly names: readonly string[];
}
export interface Simple extends Span {
  readonly kind: "Pass" | "Break" | "Continue";
}
/** A statement that the evaluator does not follow, such as `type X = int`; what it may assign is forgotten. */
export interface OpaqueStmt extends Span {
  readonly kind: "OpaqueStmt";
}

export type Stmt =
  | ExprStmt
  | Assign
  | AugAssign
  | Return
  | If
  | For
  | While
  | With
  | Try
  | Match
  | FunctionDef
  | ClassDef
  | Import
  | ImportFrom
  | Raise
  | Assert
  | Delete
  | Scope
  | Simple
  | OpaqueStmt;

/** The dotted path of a name or attribute chain, or null: `a.b.c`. */
export function dottedPath(expr: Expr): string | null {
  if (expr.kind === "Name") return expr.id;
  if (expr.kind !== "Attribute") return null;
  const base = dottedPath(expr.value);
  return base === null ? null : `${base}.${expr.attr}`;
}

/** The statements nested directly in a compound statement, function and class bodies excepted. */
export function nestedBlocks(stmt: Stmt): readonly (readonly Stmt[])[] {
  switch (stmt.kind) {
    case "If":
    case "For":
    case "While":
      return [stmt.body, stmt.orelse];
    case "With":
      return [stmt.body];
    case "Try":
      return [stmt.body, ...stmt.handlers.map((handler) => handler.body), stmt.orelse, stmt.finalizer];
    case "Match":
      return stmt.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** Whether a statement has, or may have, blocks of its own. */
export function isCompound(stmt: Stmt): boolean {
  return "body" in stmt || stmt.kind === "Match" || stmt.kind === "OpaqueStmt";
}

/** Every statement of a block and of the blocks nested in it, functions and classes not entered. */
export function* walkStatements(block: readonly Stmt[]): Generator<Stmt> {
  for (const stmt of block) {
    yield stmt;
    for (const nested of nestedBlocks(stmt)) yield* walkStatements(nested);
  }
}
