import type { Anchor } from "./anchor.ts";
import { anchorsOf } from "./anchors.ts";
import type { Catalog } from "../bridge/catalog.ts";
import type { AnchorDifference, AnchorReport } from "../diagnosis.ts";
import type { Json } from "../json.ts";
import { openProject, type LibraryRoot, type Project } from "../project.ts";
import type { PythonParser } from "../python/parsed-text.ts";
import { lineAt } from "../python/source.ts";
import type { ClassDef, FunctionDef, Stmt } from "../python/syntax.ts";
import { bridgeLibrary } from "../recipe/bridge-library.ts";
import { catalogValues } from "../recipe/catalog-values.ts";
import { DEFAULT_LIMITS } from "../recipe/interpreter.ts";
import { toJson } from "../recipe/json-value.ts";
import type { Session } from "../recipe/machine.ts";
import { moduleAttribute } from "../recipe/names.ts";
import { unknown } from "../recipe/value.ts";
import { explore, type World } from "../recipe/worlds.ts";

const PROBE = "bridgemod_probe.py";

/** Bridge's source, and the version of it that is assumed. */
export interface Examined {
  readonly library: readonly LibraryRoot[];
  readonly catalog: Catalog;
  readonly parser: PythonParser;
}

/** Whether Bridge's source does what our model of its version says, told by evaluating it. */
export function examineAnchors({ library, catalog, parser }: Examined): AnchorReport[] {
  const input = {
    cwd: "/",
    files: [{ path: PROBE, text: "" }],
    targets: new Set<string>(),
    listing: [PROBE],
    read: () => null,
    importRoots: [],
    library,
    bridge: { version: catalog.version, from: "" },
  };
  const project = openProject(input, parser);
  return anchorsOf(catalog.version).map((anchor) => examine(project, catalog, anchor));
}

function examine(project: Project, catalog: Catalog, anchor: Anchor): AnchorReport {
  const { id, what, module: name, definition, python, expected } = anchor;
  const module = project.host.find(`megatron.bridge.${name}`);
  const found = module ? definitionIn(module.parsed().module.body, definition) : null;
  const file = module?.path ?? `megatron/bridge/${name.replaceAll(".", "/")}.py`;
  if (!module || !found) return { id, what, status: "not found", file, line: null, differences: [] };
  const answer = python === null ? {} : ask(project.with(new Map([[PROBE, python]])), catalog);
  const differences = differencesBetween(expected, answer);
  const line = lineAt(module.text, found.start);
  return { id, what, status: differences.length === 0 ? "holds" : "differs", file, line, differences };
}

/** A function or class by its name, within classes too. */
function definitionIn(body: readonly Stmt[], name: string): FunctionDef | ClassDef | null {
  for (const stmt of body) {
    if (stmt.kind !== "FunctionDef" && stmt.kind !== "ClassDef") continue;
    if (stmt.name === name) return stmt;
    const inside = stmt.kind === "ClassDef" ? definitionIn(stmt.body, name) : null;
    if (inside) return inside;
  }
  return null;
}

type Answer = Readonly<Record<string, Json>> | { readonly none: Json };

/** Runs the probe; one answer for all ways that it can go, else none. */
function ask(project: Project, catalog: Catalog): Answer {
  const session: Session = {
    host: project.host,
    library: bridgeLibrary(catalogValues(catalog)),
    globals: new Map(),
    memos: new Map(),
  };
  const probe = project.module(PROBE);
  const { worlds, incomplete } = explore(session, DEFAULT_LIMITS, (m) => {
    const func = probe ? moduleAttribute(m, probe, "probe") : null;
    return func ? m.call(func, [], { scope: "probe", shown: "probe()" }) : unknown("probe()");
  });
  if (incomplete !== null) return { none: { unknown: incomplete } };
  const answers = new Map(worlds.map(answerOf).map((one) => [JSON.stringify(one), one]));
  const [only, ...others] = answers.values();
  if (only === undefined || others.length > 0) return { none: { unknown: "it depends on the machine" } };
  return isRecord(only) && !("unknown" in only) && !("raises" in only) ? only : { none: only };
}

function answerOf({ error, result }: World): Json {
  if (error) return { raises: `${error.type}: ${error.message}` };
  return result ? toJson(result) : null;
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function differencesBetween(expected: Readonly<Record<string, Json>>, answer: Answer): AnchorDifference[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = "none" in answer ? answer.none : (answer[name] ?? null);
    return JSON.stringify(found) === JSON.stringify(value) ? [] : [{ case: name, expected: value, found }];
  });
}
