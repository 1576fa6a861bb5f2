/** Numbers of a version; a development snapshot sorts before a release candidate, and that before its release. */
function partsOf(version: string): number[] {
  const [, numbers = "0", stage, count] = /^v?(\d+(?:\.\d+)*)(?:[.-]?(dev|rc)(\d+))?/.exec(version) ?? [];
  const parts = numbers.split(".").map(Number);
  while (parts.length < 3) parts.push(0);
  return [...parts, stage === undefined ? 2 : stage === "rc" ? 1 : 0, Number(count ?? 0)];
}

const known = new Map<string, readonly number[]>();

/** The numbers of a version, worked out once: start-up asks for each knob of each recipe. */
function numbersOf(version: string): readonly number[] {
  let numbers = known.get(version);
  if (!numbers) known.set(version, (numbers = partsOf(version)));
  return numbers;
}

/** Negative, zero or positive as in a sort: `0.2.0rc6` comes before `0.2.0`. */
export function compareVersions(a: string, b: string): number {
  const left = numbersOf(a);
  const right = numbersOf(b);
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a version has what came with another; what precedes a release counts as that release. */
export function isAtLeast(version: string, least: string): boolean {
  return compareVersions(version, `${least}.dev0`) >= 0;
}
