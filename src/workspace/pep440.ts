/** A Python version: the release numbers, and a rank that puts `rc4` before the final release. */
interface Parsed {
  readonly release: readonly number[];
  /** Infinity for a final release. */
  readonly pre: number;
}

/** Orders versions as pip does, as far as releases and `a`, `b`, `rc`, `dev` tags go. */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  for (let at = 0; at < Math.max(left.release.length, right.release.length); at++) {
    const difference = (left.release[at] ?? 0) - (right.release[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.pre === right.pre ? 0 : left.pre - right.pre;
}

/** Whether a text is a version at all. */
export function isVersion(text: string): boolean {
  return parseVersion(text) !== null;
}

/** Whether a version precedes a release: `0.7.0.dev0`, `0.2.0rc6`. */
export function isPreRelease(version: string): boolean {
  return (parseVersion(version)?.pre ?? Infinity) < Infinity;
}

/** Oldest first, and without what precedes a release unless there is nothing else: pip's own choice. */
export function releasesFirst(versions: readonly string[]): readonly string[] {
  const sorted = versions.filter(isVersion).sort(compareVersions);
  const releases = sorted.filter((one) => !isPreRelease(one));
  return releases.length > 0 ? releases : sorted;
}

/** `0.6` of `0.6.7`. */
export function minorOf(version: string): string {
  const release = parseVersion(version)?.release ?? [];
  return `${release[0] ?? 0}.${release[1] ?? 0}`;
}

/** Whether a version satisfies `>=0.5,<0.7`. A clause that we cannot read is satisfied by none. */
export function satisfies(version: string, specifier: string): boolean {
  return specifier
    .split(",")
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "")
    .every((clause) => satisfiesClause(version, clause));
}

function satisfiesClause(version: string, clause: string): boolean {
  const match = /^(===|==|~=|!=|>=|<=|>|<)\s*v?([0-9][^\s]*)$/.exec(clause);
  const [, operator = "", bound = ""] = match ?? [];
  if (bound.endsWith(".*")) {
    const inside = `${version}.`.startsWith(bound.slice(0, -1));
    return operator === "==" ? inside : operator === "!=" && !inside;
  }
  const order = compareVersions(version, bound);
  switch (operator) {
    case "==":
    case "===":
      return order === 0;
    case "!=":
      return order !== 0;
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    case "~=":
      return order >= 0 && `${version}.`.startsWith(`${bound.split(".").slice(0, -1).join(".")}.`);
    default:
      return false;
  }
}

function parseVersion(text: string): Parsed | null {
  const match = /^v?(\d+(?:\.\d+)*)(?:[._-]?(dev|a|alpha|b|beta|c|rc|pre)[._-]?(\d*))?(?:[.+-].*)?$/i.exec(
    text.trim(),
  );
  if (match === null) return null;
  const release = (match[1] ?? "").split(".").map(Number);
  const rank = preRanks.get((match[2] ?? "").toLowerCase());
  return { release, pre: rank === undefined ? Infinity : rank * 1000 + Number(match[3] || 0) };
}

const preRanks: ReadonlyMap<string, number> = new Map([
  ["dev", 0],
  ["a", 1],
  ["alpha", 1],
  ["b", 2],
  ["beta", 2],
  ["c", 3],
  ["rc", 3],
  ["pre", 3],
]);
