import { posix } from "node:path";
import { Node, Project, SyntaxKind, type SourceFile } from "ts-morph";

/** One import, re-export or `import()` of a file of ours. */
export interface Import {
  readonly from: string;
  readonly line: number;
  /** A path from the root of the project, or a package's or Node module's name. */
  readonly to: string;
  /** Whether nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
}

/** The sources below these folders, not type-checked. */
export function parseSources(...globs: readonly string[]): readonly SourceFile[] {
  const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true });
  return project.addSourceFilesAtPaths(globs);
}

/** A path from the root of the project. */
export function pathOf(file: SourceFile): string {
  return posix.relative(process.cwd(), file.getFilePath());
}

export function importsOf(file: SourceFile): readonly Import[] {
  const from = pathOf(file);
  return [...declared(file), ...dynamic(file)].map(({ node, specifier, typeOnly }) => ({
    from,
    line: node.getStartLineNumber(),
    to: specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : specifier,
    typeOnly,
  }));
}

interface Found {
  readonly node: Node;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function declared(file: SourceFile): readonly Found[] {
  const imports = file.getImportDeclarations().map((node) => ({
    node,
    specifier: node.getModuleSpecifierValue(),
    typeOnly: node.isTypeOnly(),
  }));
  const exports = file.getExportDeclarations().flatMap((node) => {
    const specifier = node.getModuleSpecifierValue();
    return specifier === undefined ? [] : [{ node, specifier, typeOnly: node.isTypeOnly() }];
  });
  return [...imports, ...exports];
}

function dynamic(file: SourceFile): readonly Found[] {
  return file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((node) => {
    const [argument] = node.getArguments();
    if (node.getExpression().getKind() !== SyntaxKind.ImportKeyword || !Node.isStringLiteral(argument))
      return [];
    return [{ node, specifier: argument.getLiteralValue(), typeOnly: false }];
  });
}

/** Groups of files that import each other in a circle. */
export function cyclesIn(imports: readonly Import[]): readonly (readonly string[])[] {
  const files = [...new Set(imports.map(({ from }) => from))];
  const reach = new Map(files.map((file) => [file, reachable(file, imports)]));
  const groups = files
    .filter((file) => reach.get(file)?.has(file))
    .map((file) => files.filter((other) => reach.get(file)?.has(other) && reach.get(other)?.has(file)));
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}

/** The files that a file leads to; itself only through a circle. */
function reachable(file: string, imports: readonly Import[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const pending = [file];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const { from, to } of imports) {
      if (from !== at || seen.has(to)) continue;
      seen.add(to);
      pending.push(to);
    }
  }
  return seen;
}
