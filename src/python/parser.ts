import type { Language, Node, Parser, Tree } from "web-tree-sitter";
import type { Span } from "../edit.ts";
import { loadGrammar } from "../grammars.ts";
import { convertModule } from "./convert.ts";
import { lineEnd } from "./source.ts";
import type { Module } from "./syntax.ts";

/** Where a text stops being Python. */
export interface SyntaxProblem extends Span {
  readonly message: string;
}

/** A parsed text. `free` gives its memory back; its function bodies must not be looked at afterwards. */
export interface ParsedText {
  readonly module: Module;
  readonly problem: SyntaxProblem | null;
  /** Every comment, from its `#` to the end of its line, in order. */
  comments(): readonly Span[];
  free(): void;
}

/** Turns text into syntax. There is one per process: loading the grammar costs 15 ms. */
export interface PythonParser {
  parse(text: string): ParsedText;
}

let loading: Promise<PythonParser> | null = null;

/** Loads the grammar on the first call. */
export function loadPythonParser(): Promise<PythonParser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<PythonParser> {
  const { parser, language } = await loadGrammar("python");
  return { parse: (text) => parseWith(parser, language, text) };
}

function parseWith(parser: Parser, language: Language, text: string): ParsedText {
  const tree = parser.parse(text);
  if (!tree) throw new Error("the Python parser returned no tree");
  const module = convertModule(tree.rootNode, { text, language });
  return {
    module,
    problem: findProblem(tree, text),
    comments: () => commentsIn(tree, text),
    free: () => tree.delete(),
  };
}

/** The grammar takes carriage returns for a part of the comment. */
function commentsIn(tree: Tree, text: string): Span[] {
  const comments = tree.rootNode.descendantsOfType("comment");
  return comments.map(({ startIndex }) => ({ start: startIndex, end: lineEnd(text, startIndex) }));
}

function findProblem(tree: Tree, text: string): SyntaxProblem | null {
  if (!tree.rootNode.hasError) return null;
  const node = firstError(tree.rootNode) ?? tree.rootNode;
  const shown = text.slice(node.startIndex, node.endIndex).split(/\r?\n/)[0]?.slice(0, 40) ?? "";
  const message = node.isMissing ? `expected ${node.type}` : `unexpected ${JSON.stringify(shown)}`;
  return { start: node.startIndex, end: node.endIndex, message: `not valid Python: ${message}` };
}

function firstError(node: Node): Node | null {
  if (node.isError || node.isMissing) return node;
  for (const child of node.children) {
    const found = child?.hasError ? firstError(child) : null;
    if (found) return found;
  }
  return null;
}
