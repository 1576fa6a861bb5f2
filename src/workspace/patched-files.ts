import { applyPatch, parsePatch, type StructuredPatch } from "diff";
import type { Files } from "./git-trees.ts";
import { Problem } from "./problem.ts";
import { decodeSource, type ReadResult } from "./read-source.ts";

/** A unified diff, and where it was read from. */
export interface PatchText {
  readonly name: string;
  readonly text: string;
}

/**
 * The files that are `wanted` as a patch leaves them; it need not be applied on disk.
 * @throws {Problem} for what is no patch, and for one that does not apply.
 */
export function patchFiles(files: Files, patch: PatchText, wanted: (path: string) => boolean): Files {
  const patched = new Map(files);
  for (const one of parse(patch)) {
    const old = pathIn(files, one.oldFileName, one.isGit);
    const now = pathIn(files, one.newFileName, one.isGit) ?? old;
    const from = one.isCreate || one.oldFileName === "/dev/null" ? null : old;
    const to = one.isDelete || one.newFileName === "/dev/null" ? null : now;
    const result = to === null || !wanted(to) ? null : applied({ files, patch, one }, from);
    if (from !== null && !one.isCopy) patched.delete(from);
    if (to !== null && result !== null) patched.set(to, result);
  }
  return patched;
}

function parse({ name, text }: PatchText): StructuredPatch[] {
  const patches = parsed(name, text).filter(
    ({ hunks, oldFileName, newFileName }) => hunks.length > 0 || oldFileName !== newFileName,
  );
  if (patches.length > 0) return patches;
  throw new Problem("holds no patch", {
    place: name,
    next: "give a unified diff, as `git diff` or `git format-patch --stdout` print it",
  });
}

/** The signature that ends a mailed patch would count as a removed line. */
const SIGNATURE = /^-- \r?\n.*\r?\n(?=\s*$|From )/gm;

function parsed(name: string, text: string): StructuredPatch[] {
  try {
    return parsePatch(text.replace(SIGNATURE, ""));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Problem(`not a unified diff: ${said}`, {
      place: name,
      next: "give a unified diff, as `git diff` or `git format-patch --stdout` print it",
    });
  }
}

/** The path that a patch names, without the `a/` or `b/` that git and others put before it. */
function pathIn(files: Files, name: string | undefined, isGit: boolean | undefined): string | null {
  if (name === undefined || name === "/dev/null") return null;
  const stripped = name.replace(/^[^/]+\//, "");
  return (isGit && /^[ab]\//.test(name)) || (files.has(stripped) && !files.has(name)) ? stripped : name;
}

interface Applying {
  readonly files: Files;
  readonly patch: PatchText;
  readonly one: StructuredPatch;
}

function applied({ files, patch, one }: Applying, from: string | null): ReadResult {
  const original = from === null ? { bytes: Buffer.alloc(0) } : files.get(from);
  if (original === undefined) throw misfit(patch, `${from ?? ""} is not in the checkout`);
  if (
    from === null &&
    one.newFileName !== undefined &&
    files.has(pathIn(files, one.newFileName, one.isGit) ?? "")
  ) {
    throw misfit(patch, `${one.newFileName} is there already`);
  }
  const decoded = "bytes" in original ? decodeSource(original.bytes) : original;
  if ("reason" in decoded) return decoded;
  const text = applyPatch(decoded.text, one, { fuzzFactor: 0 });
  if (text === false) throw misfit(patch, `${from ?? "a new file"} does not hold the lines that it changes`);
  return { bytes: Buffer.from(text) };
}

function misfit({ name }: PatchText, why: string): Problem {
  return new Problem(`does not apply: ${why}`, {
    place: name,
    next: "check out the commit that it was made for, or make it anew; it may already be applied",
  });
}
