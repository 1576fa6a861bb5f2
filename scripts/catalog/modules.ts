import { format } from "prettier";
import { Project, VariableDeclarationKind, type SourceFile } from "ts-morph";
import type { Catalog } from "../../src/bridge/catalog.ts";

/** What a catalog's module says without loading the data. */
export type Edition = Pick<Catalog, "version" | "core" | "source">;

const NOTE = "// Written by `npm run catalog`.";

/** The module of one version, below `src/bridge/catalog/`: what it was made from, and the data when it is asked for. */
export function editionModule(edition: Edition): Promise<string> {
  const file = newFile();
  file.addImportDeclaration({
    isTypeOnly: true,
    moduleSpecifier: "../catalog.ts",
    namedImports: ["CatalogEdition"],
  });
  file.addVariableStatement({
    isExported: true,
    declarationKind: VariableDeclarationKind.Const,
    declarations: [
      {
        name: constantName(edition.version),
        type: `CatalogEdition<${JSON.stringify(edition.version)}>`,
        initializer: (writer) => {
          writer.inlineBlock(() => {
            for (const name of ["version", "core", "source"] as const)
              writer.writeLine(`${name}: ${JSON.stringify(edition[name])},`);
            const data = JSON.stringify(`./data/${edition.version}.json`);
            writer.writeLine(`load: () => import(${data}, { with: { type: "json" } }),`);
          });
        },
      },
    ],
  });
  return textOf(file);
}

/** The module that lists all versions, oldest first. */
export function indexModule(versions: readonly string[]): Promise<string> {
  const file = newFile();
  file.addImportDeclaration({
    isTypeOnly: true,
    moduleSpecifier: "../catalog.ts",
    namedImports: ["CatalogEdition"],
  });
  for (const version of versions) {
    file.addImportDeclaration({ moduleSpecifier: `./v${version}.ts`, namedImports: [constantName(version)] });
  }
  file.addTypeAlias({
    isExported: true,
    name: "CatalogVersion",
    type: versions.map((version) => JSON.stringify(version)).join(" | "),
  });
  file.addVariableStatement({
    isExported: true,
    declarationKind: VariableDeclarationKind.Const,
    declarations: [
      {
        name: "CATALOGS",
        type: "Readonly<{ [V in CatalogVersion]: CatalogEdition<V> }>",
        initializer: (writer) => {
          writer.inlineBlock(() => {
            for (const version of versions)
              writer.writeLine(`${JSON.stringify(version)}: ${constantName(version)},`);
          });
        },
      },
    ],
  });
  return textOf(file);
}

function newFile(): SourceFile {
  return new Project({ useInMemoryFileSystem: true }).createSourceFile("module.ts");
}

function textOf(file: SourceFile): Promise<string> {
  return format(`${NOTE}\n${file.getFullText()}`, { parser: "typescript", printWidth: 110 });
}

function constantName(version: string): string {
  return `v${version.replace(/\W/g, "_")}`;
}
