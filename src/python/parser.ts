import type { Node, Tree } from "web-tree-sitter";
import type { Span } from "../edit.ts";
import { loadGrammar, type Grammar } from "../grammars.ts";
import { convertModule } from "./convert.ts";
import { placeOfNode, type Place } from "./cursor.ts";
import { flatten, placeOfTree, type FlatTree } from "./flat-tree.ts";
import type { ParsedText, PythonParser, SyntaxProblem } from "./parsed-text.ts";
import { lineEnd } from "./source.ts";

/** A parsed text that another thread can take over. */
export interface FlatText {
  readonly tree: FlatTree;
  readonly problem: SyntaxProblem | null;
  readonly comments: readonly Span[];
}

/** There is one per thread: loading the grammar costs 15 ms. */
export interface GrammarParser extends PythonParser {
  /** Parses a text for whoever will `read` it. */
  flatten(text: string): FlatText;
  read(text: string, flat: FlatText): ParsedText;
}

let loading: Promise<GrammarParser> | null = null;

/** Loads the grammar on the first call. */
export function loadPythonParser(): Promise<GrammarParser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<GrammarParser> {
  const grammar = await loadGrammar("python");
  const { language } = grammar;
  return {
    parse: (text) => {
      const tree = treeOf(grammar, text);
      const root = placeOfNode(tree.rootNode, { text, names: language });
      const facts = { problem: findProblem(tree, text), comments: () => commentsIn(tree, text) };
      return parsedText(text, root, { ...facts, free: () => tree.delete() });
    },
    flatten: (text) => {
      const tree = treeOf(grammar, text);
      const flat = { problem: findProblem(tree, text), comments: commentsIn(tree, text) };
      const numbers = flatten(tree.rootNode, text, language);
      tree.delete();
      return { ...flat, tree: numbers };
    },
    read: (text, { tree, problem, comments }) => {
      const root = placeOfTree(tree, { text, names: language });
      return parsedText(text, root, { problem, comments: () => comments, free: () => {} });
    },
  };
}

function parsedText(text: string, root: Place, rest: Omit<ParsedText, "module">): ParsedText {
  return { module: convertModule(root, text), ...rest };
}

function treeOf({ parser }: Grammar, text: string): Tree {
  const tree = parser.parse(text);
  if (!tree) throw new Error("the Python parser returned no tree");
  return tree;
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
