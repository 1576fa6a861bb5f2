import type { Span } from "./edit.ts";
import { codeAbout, lineSpokenOf, placeAbove, standsAlone, type ParsedSource } from "./python/remarks.ts";
import type { SourceModule } from "./recipe/source-module.ts";

/** A comment that talks to us: `# bridgemod: ignore[codemod] reason`, `# bridgemod: todo[codemod/rule] what to do`. */
export interface Directive {
  /** `ignore`, `todo`, or whatever else stands there. */
  readonly word: string;
  /** What stands in the brackets; null without brackets. */
  readonly names: readonly string[] | null;
  /** What follows. */
  readonly text: string;
  /** From its `#` to the end of the comment. */
  readonly span: Span;
  /** Whether it has the line to itself. */
  readonly alone: boolean;
  /** The code that it is about. */
  readonly about: readonly Span[];
  /** Where a comment about the same code would go; null where there is no code. */
  readonly place: number | null;
}

/** What every directive holds. */
export const DIRECTIVE_PREFIX = "bridgemod:";
const SHAPE = /#\s*bridgemod:\s*([A-Za-z-]+)(?:\s*\[([^\]]*)\])?[:,]?([^\n\r]*)$/;

const known = new WeakMap<SourceModule, readonly Directive[]>();

/** The directives of a file that is valid Python, in order. Files without any are not even parsed. */
export function directivesOf(source: SourceModule): readonly Directive[] {
  if (!source.text.includes(DIRECTIVE_PREFIX)) return [];
  let directives = known.get(source);
  if (!directives) known.set(source, (directives = readDirectives(source)));
  return directives;
}

function readDirectives(source: SourceModule): Directive[] {
  const { text } = source;
  const parsed = source.parsed();
  return parsed.comments().flatMap((comment) => directiveIn({ text, module: parsed.module }, comment) ?? []);
}

function directiveIn(source: ParsedSource, comment: Span): Directive | null {
  const { text } = source;
  const said = wordsIn(text, comment);
  if (!said) return null;
  const line = lineSpokenOf(text, comment);
  return {
    ...said,
    alone: said.span.start === comment.start && standsAlone(text, comment),
    about: line ? codeAbout(source, line) : [],
    place: line ? placeAbove(source, line.start).at : null,
  };
}

/** What a comment says to us, wherever it stands; null for any other comment. */
export function wordsIn(
  text: string,
  comment: Span,
): Pick<Directive, "word" | "names" | "text" | "span"> | null {
  const found = SHAPE.exec(text.slice(comment.start, comment.end));
  if (!found) return null;
  const [, word = "", names, rest = ""] = found;
  return {
    word,
    names: names === undefined ? null : names.split(",").flatMap((name) => name.trim() || []),
    text: rest.trim(),
    span: { start: comment.start + found.index, end: comment.end },
  };
}

/** Whether a directive is about the code at an offset. */
export function isAbout({ about }: Directive, offset: number): boolean {
  return about.some(({ start, end }) => start <= offset && offset <= end);
}
