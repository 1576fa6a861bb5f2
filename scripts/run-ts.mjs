// Runs a TypeScript file of ours: `node scripts/run-ts.mjs FILE [ARGUMENTS…]`.
import { mkdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [file, ...rest] = process.argv.slice(2);
if (!file) {
  console.error("error: no file given\nnext: node scripts/run-ts.mjs FILE [ARGUMENTS…]");
  process.exit(2);
}
const outfile = join(root, ".cache", "run-ts", `${relative(root, resolve(file)).replace(/\W+/g, "-")}.mjs`);
mkdirSync(dirname(outfile), { recursive: true });
await build({
  entryPoints: [file],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  logLevel: "error",
  // The parser looks for the grammar in node_modules when it runs from source.
  define: { "import.meta.url": JSON.stringify(pathToFileURL(join(root, "src", "python", "parser.ts")).href) },
});
process.argv = [process.argv[0] ?? "node", file, ...rest];
await import(pathToFileURL(outfile).href);
