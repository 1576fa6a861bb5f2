import type { Catalog, Move } from "./bridge/catalog.ts";
import { PATHS } from "./bridge/names.ts";
import type { Finding } from "./codemod.ts";
import type { Span } from "./edit.ts";
import type { Project } from "./project.ts";
import type { Import, ImportFrom, Stmt } from "./python/syntax.ts";
import { mayImport } from "./recipe/import-paths.ts";
import type { SourceModule } from "./recipe/source-module.ts";

/** In whose name it is said what Bridge itself will do. */
export const BRIDGE = "bridge";

/** An import that raises, and whether that happens as soon as its module is imported. */
export interface MissingImport {
  readonly finding: Finding;
  readonly atTopLevel: boolean;
}

/** What the imports of a module lack. */
export type ImportCheck = (module: SourceModule) => readonly MissingImport[];

/**
 * Looks for imports of what the chosen Bridge has not: going by its source where that is at hand, else by the moves of
 * its catalog, and never where neither can tell. Imports inside an `if`, a `try` or a `with` are taken for guarded.
 */
export function importCheck({ project, catalog }: { project: Project; catalog: Catalog }): ImportCheck {
  const anchor = project.host.find(PATHS.mixedPrecisionModule);
  // Whoever works on Bridge itself has other means.
  if (anchor?.own) return () => [];
  const asked: Asked = { project, catalog, hasSource: anchor !== null };
  const known = new Map<SourceModule, readonly MissingImport[]>();
  return (module) => {
    let missing = known.get(module);
    if (!missing) known.set(module, (missing = missingIn(module, asked)));
    return missing;
  };
}

interface Asked {
  readonly project: Project;
  readonly catalog: Catalog;
  /** Whether Bridge's source is at hand. */
  readonly hasSource: boolean;
}

function missingIn(module: SourceModule, asked: Asked): readonly MissingImport[] {
  if (!module.own || !mentionsGone(module, asked) || module.parsed().problem) return [];
  return [...unguarded(module.parsed().module.body, "top level")].flatMap(({ stmt, where }) =>
    pathsOf(stmt).flatMap(({ span, module: from, path }) => {
      const told = judge(from, path, asked);
      return told === null
        ? []
        : [{ finding: findingAt(span, told, asked), atTopLevel: where === "top level" }];
    }),
  );
}

/** Whether it is worth parsing the module: most import nothing that has gone. */
function mentionsGone({ text }: SourceModule, { catalog, hasSource }: Asked): boolean {
  const mentioned = new Set(text.match(/\bmegatron\.bridge(?:\.\w+)*/g));
  if (hasSource || mentioned.size === 0) return mentioned.size > 0;
  return Object.keys(catalog.moves).some((path) => mentioned.has(path) || mentioned.has(parentOf(path)));
}

interface PlacedImport {
  readonly stmt: Import | ImportFrom;
  readonly where: "top level" | "function";
}

/** The imports of a block that run whenever it does, or whenever one of its functions is called. */
export function* unguarded(block: readonly Stmt[], where: PlacedImport["where"]): Generator<PlacedImport> {
  for (const stmt of block) {
    if (stmt.kind === "Import" || stmt.kind === "ImportFrom") yield { stmt, where };
    else if (stmt.kind === "FunctionDef") yield* unguarded(stmt.body, "function");
    else if (stmt.kind === "ClassDef") yield* unguarded(stmt.body, where);
  }
}

interface ImportedPath {
  readonly span: Span;
  readonly module: string;
  /** With the name, where one is taken out of the module. */
  readonly path: string;
}

function pathsOf(stmt: Import | ImportFrom): ImportedPath[] {
  if (stmt.kind === "Import")
    return stmt.names.map((one) => ({ span: one, module: one.name, path: one.name }));
  const { module, level } = stmt;
  if (level > 0) return [];
  if (stmt.names.length === 0) return [{ span: stmt, module, path: module }];
  return stmt.names.map((one) => ({ span: one, module, path: `${module}.${one.name}` }));
}

interface Told {
  readonly path: string;
  /** Null where the source at hand alone tells. */
  readonly move: Move | null;
}

/** What of an import is not there, the module or the name; null where nothing is known to be missing. */
function judge(module: string, path: string, { project: { host }, catalog, hasSource }: Asked): Told | null {
  if (!module.startsWith("megatron.bridge") || mayImport(host, path)) return null;
  for (const one of [path, module]) {
    const move = catalog.moves[one];
    if (move) return { path: one, move };
  }
  // A module that is not found may still be a folder, or something that was compiled.
  return hasSource && host.find(module) ? { path, move: null } : null;
}

function findingAt(span: Span, { path, move }: Told, { project, catalog, hasSource }: Asked): Finding {
  const { bridge } = project.input;
  const severity = bridge.assumed ? "info" : "warning";
  const to = move?.to !== undefined && (!hasSource || mayImport(project.host, move.to)) ? move.to : null;
  const name = path.slice(path.lastIndexOf(".") + 1);
  const what =
    move === null
      ? `The source of Bridge at hand has no \`${path}\``
      : `\`${path}\` is gone since Bridge ${move.since}`;
  const next =
    to === null
      ? "nothing else of that name can be told to have taken its place."
      : `\`${name}\` is now to be imported from \`${parentOf(to)}\`.`;
  const version = bridge.assumed
    ? `Bridge ${catalog.version} is assumed: if this is written for an older one, say so with --bridge.`
    : "Change the import, or name the version that this is written for with --bridge.";
  return {
    rule: to === null ? "import-gone" : "import-moved",
    severity,
    span: { start: span.start, end: span.end },
    message: `${what}, so this import raises; ${next} ${version}`,
    fix: null,
  };
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("."));
}
