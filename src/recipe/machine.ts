import type { Expr, FunctionDef, Lambda, Stmt } from "../python/syntax.ts";
import type { Memos } from "./memo.ts";
import type { Library } from "./library.ts";
import type { ModuleHost, SourceModule } from "./source-module.ts";
import type {
  ArgumentValue,
  ClassValue,
  Environment,
  ObjectValue,
  Site,
  Unknown,
  Value,
  Write,
} from "./value.ts";

/** How a block ended: by running through (null), or by a jump. */
export type Completion = null | { readonly type: "return"; readonly value: Value } | "break" | "continue";

/** The statement that raised an exception, and the variables there. */
export interface RaisePlace {
  readonly stmt: Stmt;
  readonly scope: Environment;
}

/** A Python exception on its way up. */
export class PythonError extends Error {
  override readonly name = "PythonError";
  readonly type: string;
  /** Where the project's own code raised it; null while that is not known. */
  place: RaisePlace | null = null;
  /** The class of the project's own that was raised; null for one of Python's. */
  readonly raised: ClassValue | null;

  constructor(type: string, message: string, raised: ClassValue | null = null) {
    super(message);
    this.type = type;
    this.raised = raised;
  }
}

/** The evaluation went on for too long or too deep; everything in it is unknown. */
export class EvaluationLimit extends Error {
  override readonly name = "EvaluationLimit";
}

/** Counts items that a run makes: many cost as much as statements do. */
export function spend(m: Machine, items: number): void {
  m.steps += Math.ceil(items / 10);
  if (m.steps > m.limits.steps) throw new EvaluationLimit(`more than ${m.limits.steps} statements`);
}

/** What stays the same for all runs over one state of the project. */
export interface Session {
  readonly host: ModuleHost;
  readonly library: Library;
  /** Module-level values that nobody can change, shared between runs. */
  readonly globals: Map<SourceModule, Map<string, SharedGlobal>>;
  /** Calls that were run before. */
  readonly memos: Memos;
}

export interface SharedGlobal {
  readonly value: Value;
  /** The modules that the value was computed from. */
  readonly touched: readonly SourceModule[];
}

/** How far one evaluation may go before it gives up. */
export interface Limits {
  readonly steps: number;
  readonly depth: number;
  /** Combinations of open conditions. */
  readonly worlds: number;
}

/**
 * One run of a recipe through the interpreter: a straight line through its code, in which every condition
 * that cannot be computed is decided once. `worlds.ts` runs a recipe again for the other decisions.
 */
export interface Machine {
  readonly session: Session;
  readonly limits: Limits;
  readonly globals: Map<SourceModule, Map<string, Value>>;
  readonly writes: Write[];
  /** Conditions decided so far, by key. */
  readonly decisions: Map<string, boolean>;
  /** Modules whose code ran: an edit elsewhere cannot change this run. */
  touched: Set<SourceModule>;
  /** Functions whose bodies ran. */
  called: Set<FunctionDef | Lambda>;
  /** Containers handed to `pretrain` and the like, and what may be one. */
  readonly launched: (ObjectValue | Unknown)[];
  /** Things that made the run less sure than it looks, such as code that took an object out of sight. */
  doubts: Set<string>;
  steps: number;
  depth: number;
  objects: number;
  /** How often each kind of unknown came up: the second call of one text may return something else. */
  readonly occurrences: Map<string, number>;
  /** How many calls were not followed. */
  unfollowed: number;
  /** Modules of the project that this run has run from top to bottom, or has begun to. */
  readonly ran: Set<SourceModule>;
  /** Whether this run has replaced an attribute of a module: what other runs found out does not hold in it. */
  isPatched: boolean;
  /** Attributes that this run has set on classes, by `path.name`. */
  readonly classPatches: Map<string, Value>;
  /** Whether it has made an object whose operators change things. */
  isHooked: boolean;
  /** Code that was handed to somebody out of sight, and what was handed along with it. */
  readonly escaped: Set<Value>;
  /** The exception that a handler is dealing with, which a bare `raise` raises again. */
  handling: PythonError | null;
  /** The write on whose behalf a class's own `__setattr__` runs. */
  writingFor: Site | null;

  evaluate(expr: Expr, env: Environment): Value;
  execute(block: readonly Stmt[], env: Environment): Completion;
  call(func: Value, args: readonly ArgumentValue[], place: CallPlace): Value;
  getAttribute(value: Value, name: string): Value;
  setAttribute(value: Value, name: string, assigned: Value, site: Site): void;
  /** A key for an unknown that is the same in each run, and after an edit elsewhere: the text, counted. */
  nth(key: string): string;
  /** Decides a condition that cannot be computed, the same way each time it comes up in this run. */
  decide(condition: Unknown): boolean;
}

/** Where a call stands: the identity of what it returns when it cannot be followed. */
export interface CallPlace {
  /** Path of the function that makes the call. */
  readonly scope: string;
  /** The call as written. */
  readonly shown: string;
}
