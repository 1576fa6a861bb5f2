import type { Language, Node, TreeCursor } from "web-tree-sitter";
import type { Span } from "../edit.ts";

/** A node of a syntax tree, to be looked at later. */
export interface Place extends Span {
  /** A cursor that begins there; whoever opens it closes it. */
  open(): Cursor;
}

/** Goes through a syntax tree; everything that it says is about the node where it stands. */
export interface Cursor extends Span {
  readonly type: string;
  /** What the node is to its parent, as the grammar names it. */
  readonly field: string | null;
  slice(): string;
  /** Visits the children in order, comments and line continuations left out. */
  children(visit: (type: string) => void): void;
  place(): Place;
  close(): void;
}

/** Nodes that stand anywhere and mean nothing. */
export function isTrivia(type: string): boolean {
  return type === "comment" || type === "line_continuation";
}

/** What a grammar calls the kinds of nodes, by the numbers that the parser gives them. */
export type NodeNames = Pick<Language, "types" | "fields">;

/** Where the names of nodes and the text of a tree come from. */
export interface TreeSource {
  readonly names: NodeNames;
  readonly text: string;
}

/** A node in the parser's own memory. */
export function placeOfNode(node: Node, source: TreeSource): Place {
  return { start: node.startIndex, end: node.endIndex, open: () => new ParserCursor(node, source) };
}

/** Asks the parser as little as it can: each call into its memory costs as much as a small loop. */
class ParserCursor implements Cursor {
  readonly #cursor: TreeCursor;
  readonly #source: TreeSource;

  constructor(node: Node, source: TreeSource) {
    this.#cursor = node.walk();
    this.#source = source;
  }

  get type(): string {
    return this.#source.names.types[this.#cursor.nodeTypeId] ?? "ERROR";
  }
  get field(): string | null {
    return this.#source.names.fields[this.#cursor.currentFieldId] ?? null;
  }
  get start(): number {
    return this.#cursor.startIndex;
  }
  get end(): number {
    return this.#cursor.endIndex;
  }
  slice(): string {
    return this.#source.text.slice(this.start, this.end);
  }
  place(): Place {
    return placeOfNode(this.#cursor.currentNode, this.#source);
  }

  children(visit: (type: string) => void): void {
    if (!this.#cursor.gotoFirstChild()) return;
    do {
      const { type } = this;
      if (!isTrivia(type)) visit(type);
    } while (this.#cursor.gotoNextSibling());
    this.#cursor.gotoParent();
  }
  close(): void {
    this.#cursor.delete();
  }
}
