import { writes, type Finding, type KnobSite, type RecipeFile } from "../../src/index.ts";
import { finding } from "./messages.ts";

const BYTES = /\b(?:\d+\s*)?(?:[KMG]i?B|bytes?)\b/i;
const BYTES_IN_NAME = /(?:^|_)(?:[kmg]i?b|bytes?)(?:_|$)/i;

/** A bucket size that a comment or a name takes for bytes. It counts elements; nobody can know what was meant. */
export function* bucketSizesInBytes(file: RecipeFile): Generator<Finding> {
  for (const site of file.sites) {
    if (site.field !== "bucket_size" || !isCalledBytes(file, site)) continue;
    const value = site.uses[0]?.write.value;
    const size = value?.kind === "const" && typeof value.value === "number" ? value.value : null;
    const message = `${writes.shown(site)} counts elements, not bytes${size === null ? "" : `: ${mebibytes(size * 2)} of bf16 gradients, ${mebibytes(size * 4)} of fp32`}. Bridge's own default is 128 Mi elements: 256 MiB of bf16, 512 MiB of fp32.`;
    yield { ...finding("bucket-size-in-bytes", site, message), severity: "info" };
  }
}

function isCalledBytes({ text }: RecipeFile, { site }: KnobSite): boolean {
  const comment = /^[^\n]*?#([^\n]*)/.exec(text.slice(site.end))?.[1] ?? "";
  const { value } = site;
  const name = value?.kind === "Name" ? value.id : value?.kind === "Attribute" ? value.attr : "";
  return BYTES.test(comment) || BYTES_IN_NAME.test(name);
}

function mebibytes(bytes: number): string {
  return `${Number((bytes / 2 ** 20).toFixed(1))} MiB`;
}
