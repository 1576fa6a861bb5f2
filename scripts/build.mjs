// Bundles everything that the package ships into dist/. Does nothing when no input is newer than the last build.
//   node scripts/build.mjs [--types] [--force]
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const inputs = [
  "src",
  "codemods",
  "schema",
  "scripts/build.mjs",
  "scripts/tsconfig.types.json",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];
const require = createRequire(import.meta.url);
/** Packages of which the grammar alone goes along. */
const grammars = ["tree-sitter-bash", "tree-sitter-python"];

const wantsTypes = process.argv.includes("--types");
if (process.argv.includes("--force") || !isFresh()) await build();
else if (wantsTypes && !existsSync(join(dist, "types"))) writeTypes(dist);

/** Directories count, too: their times tell of files that went away. */
function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce(
    (latest, name) => Math.max(latest, newest(join(path, name))),
    stats.mtimeMs,
  );
}

function isFresh() {
  const stamp = statSync(join(dist, ".stamp"), { throwIfNoEntry: false });
  if (!stamp) return false;
  return inputs
    .map((path) => join(root, path))
    .every((path) => !existsSync(path) || newest(path) <= stamp.mtimeMs);
}

/** Builds beside `dist` and swaps at the end: whoever runs the old build meanwhile keeps a whole one. */
async function build() {
  const started = new Date();
  const staging = join(root, ".cache", `build-${process.pid}`);
  try {
    await bundle(staging);
    copyData(staging);
    if (wantsTypes) writeTypes(staging);
    chmodSync(join(staging, "cli.js"), 0o755);
    writeFileSync(join(staging, ".stamp"), "");
    utimesSync(join(staging, ".stamp"), started, started);
    swap(staging);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function swap(staging) {
  const old = `${staging}.old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(staging, dist);
  rmSync(old, { recursive: true, force: true });
}

async function bundle(outdir) {
  const { build: esbuild } = await import("esbuild");
  const { metafile } = await esbuild({
    metafile: true,
    absWorkingDir: root,
    entryPoints: entryPoints(),
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    legalComments: "linked",
    chunkNames: "[name]-[hash]",
    logLevel: "warning",
    plugins: [packCatalogs()],
    // write-file-atomic names its temporary files after its own file and the process.
    define: { __filename: '"bridgemod"' },
    // Bundled CommonJS packages ask for node's own modules by `require`.
    banner: {
      js: 'import { createRequire as nodeRequire } from "node:module";\nconst require = nodeRequire(import.meta.url);',
    },
  });
  const page = await bundlePage(esbuild, join(outdir, "page"));
  const outputs = { ...metafile.outputs, ...page.outputs };
  writeFileSync(join(outdir, "LICENSES.txt"), licencesOf({ outputs }));
}

/** What makes a report in HTML work; it goes into the report, so it must stand in a `script` and a `style`. */
async function bundlePage(esbuild, outdir) {
  const { metafile } = await esbuild({
    metafile: true,
    absWorkingDir: root,
    entryPoints: ["src/page/main.ts", "src/page/page.css"],
    outdir,
    bundle: true,
    minify: true,
    charset: "utf8",
    format: "iife",
    platform: "browser",
    target: "es2023",
    legalComments: "inline",
    logLevel: "warning",
  });
  return metafile;
}

/** Three megabytes of JSON are a fiftieth of that compressed, and unpacked faster than V8 reads them as a program. */
function packCatalogs() {
  const filter = /[\\/]catalog[\\/]data[\\/].+\.json$/;
  return {
    name: "pack-catalogs",
    setup({ onLoad }) {
      onLoad({ filter }, ({ path }) => {
        const packed = pack(JSON.stringify(JSON.parse(readFileSync(path, "utf8"))));
        const contents = `import { brotliDecompressSync } from "node:zlib";
export default JSON.parse(brotliDecompressSync(Buffer.from("${packed}", "base64")).toString());`;
        return { contents, loader: "js" };
      });
    },
  };
}

function pack(text) {
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY, BROTLI_MAX_WINDOW_BITS } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS };
  return brotliCompressSync(text, { params }).toString("base64");
}

/** The licences of the packages that ended up in the bundles; they ask to go along. */
function licencesOf(metafile) {
  const packages = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => {
      const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
      return name !== undefined && bytesInOutput > 0 ? [name] : [];
    }),
  );
  const names = [...new Set([...packages, ...grammars])].sort();
  return names.map((name) => `${name}\n${"=".repeat(name.length)}\n\n${licenceOf(name)}\n`).join("\n");
}

function licenceOf(name) {
  const directory = join(root, "node_modules", name);
  const file = readdirSync(directory).find((one) => /^licen[cs]e/i.test(one));
  if (file !== undefined) return readFileSync(join(directory, file), "utf8").trim();
  return `${JSON.parse(readFileSync(join(directory, "package.json"), "utf8")).license} licence`;
}

function entryPoints() {
  const entries = { cli: "src/cli/main.ts", "parse-worker": "src/workspace/parse-worker.ts" };
  if (existsSync(join(root, "src/index.ts"))) entries.index = "src/index.ts";
  for (const name of codemodNames()) entries[`codemods/${name}/index`] = `codemods/${name}/index.ts`;
  return entries;
}

function codemodNames() {
  return readdirSync(join(root, "codemods")).filter((name) =>
    existsSync(join(root, "codemods", name, "index.ts")),
  );
}

function copyData(outdir) {
  for (const name of codemodNames()) {
    const readme = join(root, "codemods", name, "README.md");
    if (existsSync(readme)) cpSync(readme, join(outdir, "codemods", name, "README.md"));
  }
  mkdirSync(join(outdir, "wasm"), { recursive: true });
  for (const name of ["web-tree-sitter", ...grammars]) {
    cpSync(require.resolve(`${name}/${name}.wasm`), join(outdir, "wasm", `${name}.wasm`));
  }
  cpSync(join(root, "schema"), join(outdir, "schema"), { recursive: true });
}

/** Declarations of the public API, at `dist/types/src/index.d.ts`. */
function writeTypes(outdir) {
  const tsc = require.resolve("typescript/bin/tsc");
  const argv = ["--project", join(root, "scripts", "tsconfig.types.json"), "--outDir", join(outdir, "types")];
  execFileSync(process.execPath, [tsc, ...argv], { cwd: root, stdio: "inherit" });
}
