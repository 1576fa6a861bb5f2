// Part of npm run test:corpus: whether the catalogs are still what Bridge's source says.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { examineAnchors } from "../../src/anchors/examine.ts";
import type { Catalog } from "../../src/bridge/catalog.ts";
import { loadPythonParser } from "../../src/python/parser.ts";
import { compareCalls } from "./compare-calls.ts";
import { crossCheck, FACTS, readFacts } from "./facts.ts";
import { extract } from "./extract.ts";
import { readTrees } from "./read-tree.ts";
import { publishedSource, ROWS, type Source } from "./sources.ts";
import { modulesOf, recordedCatalog, recordedExports, recordedVersions, versionBefore } from "./write.ts";

const LINES_ON_SCREEN = 10;

const ROOT = process.cwd();

let failed = 0;
await holdModules();
const facts = readFacts();
if (!facts) console.log(`${FACTS} is not there: the catalogs are not held against it`);
for (const { version, published } of ROWS) {
  const catalog = recordedCatalog(version, ROOT);
  const fact = facts?.get(version);
  if (fact) {
    const { compared, disagreements } = crossCheck(catalog, fact);
    report(`${version} facts: ${compared} compared`, disagreements);
  }
  const source = published ? publishedSource(version) : null;
  if (source) await holdAgainstSource(catalog, source);
}
if (failed > 0) process.exitCode = 1;

/** The TypeScript of every version is what the data says, whether its source is at hand or not. */
async function holdModules(): Promise<void> {
  const catalogs = recordedVersions(ROOT).map((version) => recordedCatalog(version, ROOT));
  const modules = await modulesOf(catalogs, ROOT);
  const stale = [...modules].filter(([file, text]) => readIfThere(join(ROOT, file)) !== text);
  report(
    `modules: ${modules.size}`,
    stale.map(([file]) => `${file}: not what npm run catalog writes`),
  );
}

function readIfThere(file: string): string | null {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

async function holdAgainstSource(catalog: Catalog, source: Source): Promise<void> {
  const project = await readTrees(source.bridge, source.core);
  const { version } = source;
  const again = extract(project, source, versionBefore(version, ROOT));
  report(
    `${version} extracted again, ${Object.keys(again.catalog.moves).length} moves`,
    drift(catalog, again.catalog),
  );
  report(`${version} exports`, drift(recordedExports(version, ROOT), again.exports));
  const { calls, values, unknown, wrong } = compareCalls(catalog, project);
  report(`${source.version} called: ${calls} calls, ${values} values, ${unknown} unknown`, wrong);
  const anchors = examineAnchors({
    library: project.input.library,
    catalog,
    parser: await loadPythonParser(),
  });
  const loose = anchors.filter(({ status }) => status !== "holds");
  report(
    `${source.version} anchors: ${anchors.length}`,
    loose.map(({ id, status }) => `${id}: ${status}`),
  );
}

/** The places where two JSON values differ, as paths. */
function drift(was: unknown, is: unknown, place = ""): string[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  if (!isObject(was) || !isObject(is)) return [`${place}: was ${shown(was)}, is ${shown(is)}`];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const found = names.flatMap((name) => drift(was[name], is[name], `${place}/${name}`));
  return found.length > 0 ? found : [`${place}: in another order`];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "absent";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function report(what: string, problems: readonly string[]): void {
  console.log(`${problems.length === 0 ? "ok    " : "FAILED"}  ${what}`);
  for (const problem of problems.slice(0, LINES_ON_SCREEN)) console.log(`          ${problem}`);
  if (problems.length > LINES_ON_SCREEN)
    console.log(`          ... and ${problems.length - LINES_ON_SCREEN} more`);
  if (problems.length > 0) failed += 1;
}
