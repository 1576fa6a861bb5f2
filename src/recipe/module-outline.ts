import type { SourceModule } from "./source-module.ts";

/** An import statement as its text tells. */
export interface OutlinedImport {
  /** Leading dots of a relative import. */
  readonly level: number;
  readonly module: string;
  /** The names of `from … import`; none for a plain `import`. */
  readonly names: readonly { readonly name: string; readonly bound: string }[];
  /** What a plain `import` binds; null for `from … import`. */
  readonly bound: string | null;
}

/** A part of a module from one line without indentation to the next. */
export interface Part {
  /** The functions and variables that it defines: one, or all that stand in lines that could not be told apart. */
  readonly names: readonly string[];
  /** Whether it is nothing but imports or a class, or only there for type checkers. */
  readonly isInert: boolean;
  readonly text: string;
}

/**
 * What can be told of a module without parsing it: of a large repository, most files end here. It errs on the side of
 * too much (imports in functions or strings count), never of too little.
 */
export interface ModuleOutline {
  readonly imports: readonly OutlinedImport[];
  /** Computed when first asked for. */
  parts(): readonly Part[];
}

const outlines = new WeakMap<SourceModule, ModuleOutline>();

export function outlineOf(module: SourceModule): ModuleOutline {
  let outline = outlines.get(module);
  if (!outline) {
    let parts: readonly Part[] | null = null;
    outline = { imports: importsIn(module.text), parts: () => (parts ??= partsOf(module.text)) };
    outlines.set(module, outline);
  }
  return outline;
}

const FROM = /(?:^|[;:])[ \t\f\ufeff]*from[ \t]*(\.*)[ \t]*([\w.]*)\s*\\?\s*$/;
const PLAIN = /(?:^|[;:])[ \t\f\ufeff]*$/;

function importsIn(text: string): OutlinedImport[] {
  const found: OutlinedImport[] = [];
  for (let at = text.indexOf("import"); at >= 0; at = text.indexOf("import", at + 6)) {
    if (/\w/.test(text.charAt(at + 6))) continue;
    const before = text.slice(logicalLineStart(text, at), at);
    const from = FROM.exec(before);
    if (from) found.push(fromImport(from, namesAt(text, at + 6)));
    else if (PLAIN.test(before)) found.push(...plainImports(text, at + 6));
  }
  return [...found, ...importsByCall(text)];
}

const CALL = /\b(import_module|__import__)\(\s*["'](\.*)([\w.]+)["']/g;

/** `import_module("a.b")`: whoever mentions the function may use the module. */
function importsByCall(text: string): OutlinedImport[] {
  if (!text.includes("import_module") && !text.includes("__import__")) return [];
  return [...text.matchAll(CALL)].map(([, bound = "", dots = "", module = ""]) => {
    return { level: dots.length, module, names: [], bound };
  });
}

function fromImport([, dots, module]: RegExpExecArray, names: OutlinedImport["names"]): OutlinedImport {
  return { level: dots?.length ?? 0, module: module ?? "", names, bound: null };
}

/** The start of the line, over lines that end in a backslash. */
function logicalLineStart(text: string, at: number): number {
  let start = text.lastIndexOf("\n", at - 1) + 1;
  while (start > 1 && /\\\r?$/.test(text.slice(Math.max(0, start - 3), start - 1))) {
    start = text.lastIndexOf("\n", start - 2) + 1;
  }
  return start;
}

const NAME_LIST = /\s*(?:\(((?:[^)#]|#[^\n]*)*)\)|((?:[^\n\\]|\\\r?\n)*))/y;

function namesAt(text: string, at: number): { name: string; bound: string }[] {
  return listAt(text, at).map((item) => {
    const [name = "", , alias] = item.split(/\s+/);
    return { name, bound: alias ?? name };
  });
}

function listAt(text: string, at: number): string[] {
  NAME_LIST.lastIndex = at;
  const list = NAME_LIST.exec(text);
  const names = (list?.[1] ?? list?.[2] ?? "").replace(/#[^\n]*/g, "").replace(/\\\r?\n/g, " ");
  return names
    .split(/[,;]/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function plainImports(text: string, at: number): OutlinedImport[] {
  return listAt(text, at).map((item) => {
    const [module = "", , alias] = item.split(/\s+/);
    return { level: 0, module, names: [], bound: alias ?? module.split(".")[0] ?? module };
  });
}

const PART_START = /^[A-Za-z_@]/gm;

function partsOf(text: string): Part[] {
  const starts = [0, ...[...text.matchAll(PART_START)].map((match) => match.index)];
  const parts: Part[] = [];
  for (let index = 0; index < starts.length;) {
    const begin = starts[index] ?? 0;
    let end: number;
    let part: string;
    do {
      index += 1;
      end = starts[index] ?? text.length;
      part = text.slice(begin, end);
      // A decorator belongs to what follows, and a line in a string is no start.
    } while (end < text.length && (lastLineIsDecorator(part) || endsInString(part)));
    if (part !== "") parts.push(describePart(part));
  }
  return parts;
}

function lastLineIsDecorator(part: string): boolean {
  return part.startsWith("@") && !/^(?:async[ \t]+def|def|class)\b/m.test(part);
}

/** Whether an odd number of triple quotes came before; a quote in a comment costs no more than a longer part. */
function endsInString(part: string): boolean {
  return count(part, '"""') % 2 === 1 || count(part, "'''") % 2 === 1;
}

function count(text: string, quote: string): number {
  let found = 0;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 3)) found += 1;
  return found;
}

const NAMED = /^(?:(?:async[ \t]+)?def[ \t]+(\w+)|([A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=(?!=))/gm;

const INERT = /^(?:(?:from|import|class)\b|if[ \t]+(?:\w+\.)?TYPE_CHECKING[ \t]*:)/;

/** Whether there is more than comments and a docstring: most modules begin with a licence. */
function hasCode(text: string): boolean {
  // What looks like a comment behind the first quote may be text.
  return !/^\ufeff?(?:[ \t]*(?:#[^\n]*)?\n)*(?:"""(?:(?!""")[^])*""")?\s*$/.test(text);
}

function describePart(text: string): Part {
  const names = [...text.matchAll(NAMED)].flatMap((match) => match[1] ?? match[2] ?? []);
  return { names, isInert: names.length === 0 && (INERT.test(text) || !hasCode(text)), text };
}
