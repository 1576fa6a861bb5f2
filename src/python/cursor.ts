import type { Language, Node, TreeCursor } from "web-tree-sitter";

/** Reads a syntax tree with as few calls into the parser's memory as we can: each one costs as much as a small loop. */
export class Cursor {
  readonly #cursor: TreeCursor;
  readonly #types: readonly string[];
  readonly #fields: readonly (string | null)[];
  readonly text: string;

  constructor(node: Node, language: Language, text: string) {
    this.#cursor = node.walk();
    this.#types = language.types;
    this.#fields = language.fields;
    this.text = text;
  }

  get type(): string {
    return this.#types[this.#cursor.nodeTypeId] ?? "ERROR";
  }
  get field(): string | null {
    return this.#fields[this.#cursor.currentFieldId] ?? null;
  }
  get start(): number {
    return this.#cursor.startIndex;
  }
  get end(): number {
    return this.#cursor.endIndex;
  }
  get node(): Node {
    return this.#cursor.currentNode;
  }
  slice(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Visits the children in order, comments and line continuations left out. */
  children(visit: (type: string) => void): void {
    if (!this.#cursor.gotoFirstChild()) return;
    do {
      const type = this.type;
      if (type !== "comment" && type !== "line_continuation") visit(type);
    } while (this.#cursor.gotoNextSibling());
    this.#cursor.gotoParent();
  }
  delete(): void {
    this.#cursor.delete();
  }
}
