import { resolve } from "node:path";
import { Node, Project, type ExportedDeclarations, type SourceFile } from "ts-morph";
import { expect, it } from "vitest";

it("exports what the committed surface says; `vitest -u` writes it anew", async () => {
  const project = new Project({ tsConfigFilePath: "tsconfig.json", skipAddingFilesFromTsConfig: true });
  const index = project.addSourceFileAtPath("src/index.ts");
  const surface = surfaceOf(index).join("\n\n");
  const text = `# Public API

What \`src/index.ts\` exports, written by \`npx vitest run tests/project -u\` and read by reviewers. Codemods see this and
nothing else.

\`\`\`ts
${surface}
\`\`\`
`;
  await expect(text).toMatchFileSnapshot(resolve("tests/project/api-surface.md"));
}, 120_000);

/** The declarations of every exported name, in the order of names; those of a namespace below its name. */
function surfaceOf(file: SourceFile): readonly string[] {
  const names = [...file.getExportedDeclarations()].sort(([a], [b]) => (a < b ? -1 : 1));
  return names.flatMap(([name, declarations]) =>
    declarations.map((one) => {
      if (!Node.isSourceFile(one)) return signatureOf(name, one);
      const members = surfaceOf(one).map((text) => text.replace(/^(?=.)/gm, "  "));
      return `namespace ${name} {\n${members.join("\n")}\n}`;
    }),
  );
}

function signatureOf(name: string, declaration: ExportedDeclarations): string {
  if (Node.isFunctionDeclaration(declaration)) return withoutBody(declaration);
  if (Node.isVariableDeclaration(declaration))
    return `const ${name}: ${declaration.getType().getText(declaration)};`;
  if (Node.isClassDeclaration(declaration)) {
    const members = declaration.getMembers().map((member) => `  ${withoutBody(member)}`);
    const parent = declaration.getExtends()?.getText();
    return `class ${name}${parent === undefined ? "" : ` extends ${parent}`} {\n${members.join("\n")}\n}`;
  }
  return declaration.print({ removeComments: true }).replace(/^export /, "");
}

/** The text of a declaration up to its body, on one line. */
function withoutBody(node: Node): string {
  const body = Node.isBodied(node) || Node.isBodyable(node) ? node.getBody() : undefined;
  const end = body?.getStart() ?? node.getEnd();
  const text = node.getSourceFile().getFullText().slice(node.getStart(), end);
  return `${text
    .replace(/^export /, "")
    .replace(/\s+/g, " ")
    .replace(/;?\s*$/, "")};`;
}
