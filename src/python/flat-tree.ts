import type { Language, Node } from "web-tree-sitter";
import { isToldByText } from "./convert-expression.ts";
import { isTrivia, type Cursor, type Place, type TreeSource } from "./cursor.ts";

/**
 * A syntax tree as numbers, which threads hand over without copying. Nodes stand in the order of their starts, each
 * before its children, with four numbers each: kind and field, start, end, and where the next node stands that is not
 * below it. Trivia is left out, and so is what stands below a node that is told by its text.
 */
export type FlatTree = Int32Array<ArrayBuffer>;

const SIZE = 4;
const START = 1;
const END = 2;
const NEXT = 3;
/** A kind takes sixteen bits, as in the parser, and so does a field. */
const KIND_BITS = 16;
const KIND = 0xffff;

/** Writes down a tree, so that the parser's own can be given up. */
export function flatten(root: Node, text: string, language: Language): FlatTree {
  const cursor = root.walk();
  const { types } = language;
  const isLeftOut = types.map(isTrivia);
  const isToken = types.map((_, id) => !language.nodeTypeIsNamed(id));
  const isLeaf = (id: number, start: number, end: number): boolean =>
    isToken[id] === true || isToldByText(types[id] ?? "ERROR", text.slice(start, end));
  const numbers: number[] = [];
  const open: number[] = [];
  // Without recursion: an expression may be nested deeper than our stack.
  do {
    const id = cursor.nodeTypeId;
    if (isLeftOut[id] !== true) {
      const { startIndex, endIndex } = cursor;
      const next = numbers.push(id | (cursor.currentFieldId << KIND_BITS), startIndex, endIndex, 0) - 1;
      if (!isLeaf(id, startIndex, endIndex) && cursor.gotoFirstChild()) {
        open.push(next);
        continue;
      }
      numbers[next] = numbers.length;
    }
    while (open.length > 0 && !cursor.gotoNextSibling()) {
      cursor.gotoParent();
      numbers[open.pop() ?? 0] = numbers.length;
    }
  } while (open.length > 0);
  cursor.delete();
  return Int32Array.from(numbers);
}

/** The root of a flat tree. */
export function placeOfTree(tree: FlatTree, source: TreeSource): Place {
  return placeAt(tree, 0, source);
}

function placeAt(tree: FlatTree, at: number, source: TreeSource): Place {
  const open = () => new FlatCursor(tree, at, source);
  return { start: tree[at + START] ?? 0, end: tree[at + END] ?? 0, open };
}

class FlatCursor implements Cursor {
  readonly #tree: FlatTree;
  readonly #source: TreeSource;
  #at: number;

  constructor(tree: FlatTree, at: number, source: TreeSource) {
    this.#tree = tree;
    this.#at = at;
    this.#source = source;
  }

  get type(): string {
    return this.#source.names.types[(this.#tree[this.#at] ?? 0) & KIND] ?? "ERROR";
  }
  get field(): string | null {
    return this.#source.names.fields[(this.#tree[this.#at] ?? 0) >>> KIND_BITS] ?? null;
  }
  get start(): number {
    return this.#tree[this.#at + START] ?? 0;
  }
  get end(): number {
    return this.#tree[this.#at + END] ?? 0;
  }
  slice(): string {
    return this.#source.text.slice(this.start, this.end);
  }
  place(): Place {
    return placeAt(this.#tree, this.#at, this.#source);
  }

  children(visit: (type: string) => void): void {
    const parent = this.#at;
    const end = this.#tree[parent + NEXT] ?? 0;
    for (let at = parent + SIZE; at < end; at = this.#tree[at + NEXT] ?? end) {
      this.#at = at;
      visit(this.type);
    }
    this.#at = parent;
  }
  close(): void {
    // Nothing to give back.
  }
}
