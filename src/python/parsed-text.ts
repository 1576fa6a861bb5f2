import type { Span } from "../edit.ts";
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

/** Turns text into syntax. */
export interface PythonParser {
  parse(text: string): ParsedText;
  /** Takes note of texts that will be asked for soon, in this order. */
  ahead?(texts: readonly string[]): void;
}
