import { CST, isMap, isScalar, Lexer, parseDocument, type ParsedNode } from "yaml";
import type { Span } from "../edit.ts";
import { commentAt, lineEnd } from "./comments.ts";
import type { LaunchComment, LaunchSetting } from "./setting.ts";

/** Sections of a container that a YAML file may override. */
const SECTIONS = new Set([
  "mixed_precision",
  "comm_overlap",
  "model",
  "ddp",
  "optimizer",
  "dist",
  "env_vars",
]);

/** Finds the fields of a container that a YAML file overrides. A dump of a whole configuration overrides nothing. */
export function yamlSettings(text: string): readonly LaunchSetting[] {
  if (text.includes("_target_:")) return [];
  const document = parseDocument(text, { logLevel: "silent" });
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) return [];
  return root.items.flatMap(({ key, value }) =>
    isScalar(key) && SECTIONS.has(String(key.value)) ? settingsOf(String(key.value), key, value) : [],
  );
}

function settingsOf(name: string, key: ParsedNode, value: ParsedNode | null): LaunchSetting[] {
  if (isMap(value))
    return value.items.flatMap((pair) =>
      isScalar(pair.key) ? settingsOf(`${name}.${String(pair.key.value)}`, pair.key, pair.value) : [],
    );
  if (!isScalar(value)) return [];
  const [start] = key.range;
  const [, end] = value.range;
  const isOpen = typeof value.value === "string" && value.value.includes("${");
  return [{ kind: "override", name, value: isOpen ? null : String(value.value), start, end }];
}

/** What the lexer puts between the tokens: nothing of the text. */
const MARKS = new Set<string>([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** The comments of a YAML file; each is about the block below its key, too. */
export function yamlComments(text: string): readonly LaunchComment[] {
  if (!text.includes("#")) return [];
  const comments: LaunchComment[] = [];
  let at = 0;
  let before = "";
  for (const token of new Lexer().lex(text)) {
    // What follows the mark of a scalar is its text.
    if (token.startsWith("#") && before !== CST.SCALAR) comments.push(commentAt(text, at, indentedBlock));
    if (!MARKS.has(token)) at += token.length;
    before = token;
  }
  return comments;
}

/** A line, and those below it that are indented deeper. */
function indentedBlock(text: string, { start, end }: Span): Span {
  const depth = (from: number) => /^ */.exec(text.slice(from, lineEnd(text, from)))?.[0].length ?? 0;
  const own = depth(start);
  let last = end;
  for (let next = end + 1; next < text.length; next = lineEnd(text, next) + 1) {
    const isEmpty = text.slice(next, lineEnd(text, next)).trim() === "";
    if (!isEmpty && depth(next) <= own) break;
    if (!isEmpty) last = lineEnd(text, next);
  }
  return { start, end: last };
}
