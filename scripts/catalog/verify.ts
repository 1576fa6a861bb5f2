// Part of npm run test:corpus: whether the catalogs are still what Bridge's source says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { examineAnchors } from "../../src/anchors/examine.ts";
import type { Catalog } from "../../src/bridge/catalog.ts";
import { loadPythonParser } from "../../src/python/parser.ts";
import { compareCalls } from "./compare-calls.ts";
import { crossCheck, FACTS, readFacts } from "./facts.ts";
import { extractCatalog } from "./extract.ts";
import { readTrees } from "./read-tree.ts";
import { publishedSource, ROWS, type Source } from "./sources.ts";

const LINES_ON_SCREEN = 10;

let failed = 0;
const facts = readFacts();
if (!facts) console.log(`${FACTS} is not there: the catalogs are not held against it`);
for (const { version, published } of ROWS) {
  const catalog = committed(version);
  const fact = facts?.get(version);
  if (fact) {
    const { compared, disagreements } = crossCheck(catalog, fact);
    report(`${version} facts: ${compared} compared`, disagreements);
  }
  const source = published ? publishedSource(version) : null;
  if (source) await holdAgainstSource(catalog, source);
}
if (failed > 0) process.exitCode = 1;

function committed(version: string): Catalog {
  const file = join(process.cwd(), "src", "bridge", "catalog", "data", `${version}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Catalog;
}

async function holdAgainstSource(catalog: Catalog, source: Source): Promise<void> {
  const project = await readTrees(source.bridge, source.core);
  report(`${source.version} extracted again`, drift(catalog, extractCatalog(project, source)));
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
