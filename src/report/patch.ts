import { createTwoFilesPatch } from "diff";

/** A file before and after, under the path that `git apply` shall find it by. */
export interface PatchedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A patch that `git apply` accepts whatever the encoding and line ends. Empty when nothing changed. */
export function patchText(files: readonly PatchedFile[]): string {
  return files
    .filter(({ before, after }) => before !== after)
    .map(filePatch)
    .join("");
}

function filePatch({ path, before, after }: PatchedFile): string {
  const oldName = `a/${path}`;
  const newName = `b/${path}`;
  const diff = createTwoFilesPatch("old", "new", before, after, undefined, undefined, { context: 3 });
  const hunks = diff.slice(diff.indexOf("\n@@") + 1);
  const header = `diff --git ${quoted(oldName)} ${quoted(newName)}\n--- ${nameLine(oldName)}\n+++ ${nameLine(newName)}\n`;
  return header + hunks;
}

/** As git writes names after `---`: a tab ends a name with spaces. */
function nameLine(name: string): string {
  return name.includes(" ") ? `${quoted(name)}\t` : quoted(name);
}

/** As git quotes a path: octal bytes for what is not ASCII. */
function quoted(name: string): string {
  if (/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(name)) return name;
  return `"${[...new TextEncoder().encode(name)].map(quotedByte).join("")}"`;
}

function quotedByte(byte: number): string {
  const named = namedEscapes.get(byte);
  if (named !== undefined) return named;
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;
}

const namedEscapes: ReadonlyMap<number, string> = new Map([
  [0x07, "\\a"],
  [0x08, "\\b"],
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0b, "\\v"],
  [0x0c, "\\f"],
  [0x0d, "\\r"],
  [0x22, '\\"'],
  [0x5c, "\\\\"],
]);
