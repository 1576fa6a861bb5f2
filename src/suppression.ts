import type { Finding } from "./codemod.ts";
import { directivesOf, isAbout, type Directive } from "./directives.ts";
import { isLeftover, placeOfMarker } from "./markers.ts";
import type { Span } from "./edit.ts";
import type { Severity } from "./outcome.ts";
import { lineAt } from "./python/source.ts";
import type { SourceModule } from "./recipe/source-module.ts";

/** A finding once the comments of its file were heeded. */
export interface Heeded {
  readonly codemod: string;
  /** Without its fix where that would also edit code that a comment protects. */
  readonly finding: Finding;
  /** The comment that has the finding ignored, or null. */
  readonly ignored: Directive | null;
  /** Every comment that has a say in it. */
  readonly heeded: readonly Directive[];
}

/** Looks for `# bridgemod: ignore[codemod]` about the place of a finding, and about what its fix would edit. */
export function heedComments(source: SourceModule, codemod: string, finding: Finding): Heeded {
  return heed(directivesOf(source), { text: source.text, codemod, finding });
}

/** The same for directives that were found elsewhere than in Python. */
export function heed(
  directives: readonly Directive[],
  { text, codemod, finding }: { text: string; codemod: string; finding: Finding },
): Heeded {
  const ignores = directives.filter(({ word, names }) => word === "ignore" && names?.includes(codemod));
  const here = ignores.filter((ignore) => isAbout(ignore, finding.span.start));
  const [ignored = null] = here;
  if (ignored) return { codemod, finding, ignored, heeded: here };
  const edits = finding.fix?.edits ?? [];
  const heeded = ignores.filter(({ about }) =>
    edits.some((edit) => about.some((span) => changes(edit, span))),
  );
  const [first] = heeded;
  if (!first) return { codemod, finding, ignored: null, heeded: [] };
  const line = lineAt(text, first.span.start);
  const why = `Its fix would also change code that the comment on line ${line} keeps ${codemod} from: make the change by hand, or delete that comment.`;
  const handedOver = { ...finding, message: `${finding.message} ${why}`, fix: null };
  return { codemod, finding: handedOver, ignored: null, heeded };
}

/** Lines put in before or behind a span leave it as it is. */
function changes(edit: Span, span: Span): boolean {
  return edit.start < span.end && span.start < edit.end;
}

/** A finding about the comments themselves. */
export interface CommentFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
}

/** The names that comments may use. */
export interface KnownNames {
  /** Every codemod that there is, whether it runs or not. */
  readonly known: readonly string[];
  /** The name that was probably meant, or null. */
  nearest(name: string, candidates: readonly string[]): string | null;
}

/** What is known when the comments of a file are judged. */
export interface CommentContext extends KnownNames {
  readonly ran: ReadonlySet<string>;
  /** What the codemods found in the file. */
  readonly found: readonly Heeded[];
}

/** What is wrong with the directives of a file: typing errors, ignores without use or reason, markers that stand. */
export function judgeComments(source: SourceModule, context: CommentContext): CommentFinding[] {
  return directivesOf(source).flatMap((directive) => {
    if (directive.word === "ignore") return judgeIgnore(directive, context);
    if (directive.word === "todo") return judgeTodo(source, directive, context);
    // Short words are prose.
    const meant = directive.word.length > 3 ? context.nearest(directive.word, ["ignore", "todo"]) : null;
    if (meant === null) return [];
    const message = `"${directive.word}" means nothing here, so this comment has no effect: did you mean "${meant}"?`;
    return [{ rule: "unknown-comment", severity: "warning", span: directive.span, message }];
  });
}

/** What is wrong with an `ignore`: it names nothing, nobody, or what has nothing to ignore there. */
export function judgeIgnore(directive: Directive, context: CommentContext): CommentFinding[] {
  const { names, span, text } = directive;
  if (names === null || names.length === 0) {
    const message =
      "This comment names no codemod, so it ignores nothing: write `# bridgemod: ignore[CODEMOD] reason`; `bridgemod list` shows the names.";
    return [{ rule: "ignore-without-codemod", severity: "warning", span, message }];
  }
  const found = names.flatMap((name) => judgeName(directive, name, context) ?? []);
  if (found.length > 0 || text !== "") return found;
  const message = "This comment gives no reason: say behind the brackets why the code stays as it is.";
  return [{ rule: "ignore-without-reason", severity: "info", span, message }];
}

function judgeName(directive: Directive, name: string, context: CommentContext): CommentFinding | null {
  const { span } = directive;
  if (!context.known.includes(name)) return unknownCodemod(span, name, context);
  const isUsed = context.found.some((one) => one.codemod === name && one.heeded.includes(directive));
  if (!context.ran.has(name) || isUsed) return null;
  const message = `${name} has nothing to ignore here: delete the comment${directive.names?.length === 1 ? "" : ", or this name from it"}.`;
  return { rule: "unused-ignore", severity: "warning", span, message };
}

function unknownCodemod(span: Span, name: string, context: CommentContext): CommentFinding {
  const meant = context.nearest(name.split("/")[0] ?? "", context.known);
  const next = meant === null ? "`bridgemod list` shows the names." : `did you mean "${meant}"?`;
  const message = `There is no codemod "${name}", so this comment has no effect: ${next}`;
  return { rule: "unknown-codemod", severity: "warning", span, message };
}

function judgeTodo(source: SourceModule, directive: Directive, context: CommentContext): CommentFinding[] {
  const { names, span, text } = directive;
  if (names === null || names.length === 0) {
    const message = `A marker stands: ${text || "it says nothing"}. Do it, and delete the comment.`;
    return [{ rule: "todo", severity: "warning", span, message }];
  }
  return names.flatMap((name) => judgeMarker(source, { directive, name }, context) ?? []);
}

function judgeMarker(
  source: SourceModule,
  { directive, name }: { directive: Directive; name: string },
  context: CommentContext,
): CommentFinding | null {
  const { span } = directive;
  const [codemod = ""] = name.split("/");
  if (!context.known.includes(codemod)) return unknownCodemod(span, codemod, context);
  if (isAnswered(source, directive, codemod)) return null;
  if (!context.ran.has(codemod)) {
    const message = `A marker of ${codemod} stands, which did not run: do what the comment says and delete it, or answer it with \`# bridgemod: ignore[${codemod}] reason\`.`;
    return { rule: "todo", severity: "warning", span, message };
  }
  // The finding that it marks is reported by itself.
  if (context.found.some((one) => isMarkedBy(source, one, { directive, name }))) return null;
  const message =
    "What this marker asks for is done: delete the comment, or let `bridgemod migrate --annotate` do so.";
  return { rule: "stale-todo", severity: "warning", span, message };
}

/** Whether an `ignore` is about the code that a marker is about. */
function isAnswered(source: SourceModule, marker: Directive, codemod: string): boolean {
  const [line] = marker.about;
  return directivesOf(source).some(
    (one) => one.word === "ignore" && one.names?.includes(codemod) && line && isAbout(one, line.start),
  );
}

function isMarkedBy(
  source: SourceModule,
  { codemod, finding, ignored }: Heeded,
  { directive, name }: { directive: Directive; name: string },
): boolean {
  if (ignored || !isLeftover(finding) || `${codemod}/${finding.rule}` !== name) return false;
  return placeOfMarker(source, finding.span.start).at === directive.place;
}
