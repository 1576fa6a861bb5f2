import type { Node } from "web-tree-sitter";
import { loadGrammar } from "../grammars.ts";
import { literalOf, overridesIn } from "./overrides.ts";
import type { Span } from "../edit.ts";
import { commentAt, lineEnd, lineStart } from "./comments.ts";
import type { LaunchContent, LaunchSetting } from "./setting.ts";

/** Finds what a shell script sets. */
export type ShellReader = (script: string) => LaunchContent;

let loading: Promise<ShellReader> | null = null;

/** Loads the grammar on the first call. */
export function loadShellReader(): Promise<ShellReader> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ShellReader> {
  const { parser } = await loadGrammar("bash");
  return (script) => {
    const tree = parser.parse(script);
    if (!tree) return { settings: [], comments: [] };
    const found = [...settingsBelow(tree.rootNode, script)];
    const hashes = tree.rootNode.descendantsOfType("comment").map(({ startIndex }) => startIndex);
    tree.delete();
    return {
      settings: found.sort((a, b) => a.start - b.start),
      comments: hashes.map((at) => commentAt(script, at, continuedLines)),
    };
  };
}

/** Words and strings, in which overrides stand: those of a command, and those that a variable collects for one. */
const TEXTS = new Set(["word", "string", "raw_string", "concatenation"]);

/** Text that no shell reads as words. */
const OTHER = new Set(["comment", "heredoc_body"]);

function* settingsBelow(node: Node, script: string): Generator<LaunchSetting> {
  if (OTHER.has(node.type)) return;
  if (TEXTS.has(node.type)) {
    yield* settingsIn(node, script);
    return;
  }
  if (node.type === "variable_assignment") yield* variablesOf(node, script);
  for (const child of node.namedChildren) if (child) yield* settingsBelow(child, script);
}

function* variablesOf(node: Node, script: string): Generator<LaunchSetting> {
  const name = node.childForFieldName("name");
  const value = node.childForFieldName("value");
  if (!name) return;
  const source = value ? script.slice(value.startIndex, value.endIndex) : "";
  const span = { start: node.startIndex, end: node.endIndex };
  yield {
    kind: "variable",
    name: script.slice(name.startIndex, name.endIndex),
    value: literalOf(source),
    ...span,
  };
}

/** `NAME=value` after `env` or `-e` is a word like any other. */
const VARIABLE = /^([A-Z][A-Z0-9_]*)=(.*)$/s;

function* settingsIn({ startIndex: start, endIndex: end }: Node, script: string): Generator<LaunchSetting> {
  const [, name, value = ""] = VARIABLE.exec(script.slice(start, end)) ?? [];
  if (name !== undefined) yield { kind: "variable", name, value: literalOf(value), start, end };
  yield* overridesIn(script, { start, end });
}

/** A command with the lines that a backslash continues. */
function continuedLines(script: string, { start, end }: Span): Span {
  let [first, last] = [start, end];
  while (first > 0 && /\\\r?$/.test(lineAround(script, first - 1))) first = lineStart(script, first - 1);
  while (last < script.length && /\\\r?$/.test(lineAround(script, last))) last = lineEnd(script, last + 1);
  return { start: first, end: last };
}

function lineAround(script: string, at: number): string {
  return script.slice(lineStart(script, at), lineEnd(script, at));
}
