/** Numbers of a version, a release candidate sorting before its release. */
function partsOf(version: string): number[] {
  const [, numbers = "0", candidate] = /^v?(\d+(?:\.\d+)*)(?:[.-]?rc(\d+))?/.exec(version) ?? [];
  const parts = numbers.split(".").map(Number);
  while (parts.length < 3) parts.push(0);
  return [...parts, candidate === undefined ? 1 : 0, Number(candidate ?? 0)];
}

/** Negative, zero or positive as in a sort: `0.2.0rc6` comes before `0.2.0`. */
export function compareVersions(a: string, b: string): number {
  const left = partsOf(a);
  const right = partsOf(b);
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a version has what came with another; release candidates of a version count as that version. */
export function isAtLeast(version: string, least: string): boolean {
  return compareVersions(version, `${least}rc0`) >= 0;
}
