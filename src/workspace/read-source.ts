import { readFileSync, statSync } from "node:fs";

/** Files above this size are data, not recipes. */
export const maxFileBytes = 5 * 1024 * 1024;

export type ReadResult = { readonly bytes: Buffer } | { readonly reason: string };
export type DecodeResult = { readonly text: string } | { readonly reason: string };

/** The bytes of a file, or why they cannot be had. Never throws. */
export function readSource(absolute: string): ReadResult {
  try {
    const bytes = readFileSync(absolute);
    return bytes.length > maxFileBytes ? { reason: tooLarge(bytes.length) } : { bytes };
  } catch (error) {
    return { reason: oversized(absolute) ?? `cannot be read: ${systemReason(error)}` };
  }
}

/** Python's text from its bytes: UTF-8 and nothing else, the byte-order mark kept. */
export function decodeSource(bytes: Buffer): DecodeResult {
  if (bytes.length > maxFileBytes) return { reason: tooLarge(bytes.length) };
  if (bytes.includes(0)) return { reason: "contains NUL bytes, so it is not Python" };
  const cookie = encodingCookie(bytes);
  if (cookie !== null && !utf8Names.has(cookie.toLowerCase().replaceAll("_", "-"))) {
    return { reason: `declares the encoding ${cookie}; only UTF-8 is read` };
  }
  try {
    return { text: strictUtf8.decode(bytes) };
  } catch {
    return { reason: `line ${lineOfBadByte(bytes)}: not UTF-8` };
  }
}

/** The text of a file, or null where there is none that could be Python. */
export function readText(absolute: string): string | null {
  const read = readSource(absolute);
  const decoded = "bytes" in read ? decodeSource(read.bytes) : read;
  return "text" in decoded ? decoded.text : null;
}

/** A failed system call in the user's words. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return systemReasons.get(code) ?? (error instanceof Error ? error.message.split(",")[0] : null) ?? code;
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const utf8Names: ReadonlySet<string> = new Set(["utf-8", "utf8", "u8", "utf-8-sig", "cp65001"]);

const systemReasons: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "operation not permitted"],
  ["ENOENT", "no such file or directory"],
  ["ENOTDIR", "a part of the path is not a directory"],
  ["EISDIR", "is a directory"],
  ["ELOOP", "too many levels of symbolic links"],
  ["EROFS", "read-only file system"],
  ["ENOSPC", "no space left on the device"],
  ["ENAMETOOLONG", "the name is too long"],
  ["EBUSY", "busy"],
  ["EMFILE", "too many open files"],
]);

/** PEP 263: the cookie stands on line 1, or on line 2 below a comment or blank line. */
function encodingCookie(bytes: Buffer): string | null {
  const lines = bytes
    .subarray(0, 1000)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .split(/\r\n|\r|\n/, 2);
  for (const line of lines) {
    const found = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/.exec(line)?.[1];
    if (found !== undefined) return found;
    if (!/^[ \t\f]*(#|$)/.test(line)) return null;
  }
  return null;
}

/** The line where the bytes stop being UTF-8, found by halving: the decoder does not tell. */
function lineOfBadByte(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decodesSoFar(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return bytes.subarray(0, low).toString("latin1").split("\n").length;
}

function decodesSoFar(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function oversized(absolute: string): string | null {
  try {
    const { size } = statSync(absolute);
    return size > maxFileBytes ? tooLarge(size) : null;
  } catch {
    return null;
  }
}

function tooLarge(size: number): string {
  const megabytes = (size / 1024 / 1024).toFixed(1);
  return `too large: ${megabytes} MB, and the limit is ${maxFileBytes / 1024 / 1024} MB`;
}
