import { compareVersions, isPreRelease, isVersion, minorOf, releasesFirst, satisfies } from "./pep440.ts";

/** A version that we know Bridge's behaviour of, and why it stands for the one asked for. */
export interface KnownVersion {
  readonly version: string;
  /** Null when it is exactly the one asked for; else `0.6.7, nearest known 0.6.2`. */
  readonly note: string | null;
}

/**
 * The known version that stands for another: the nearest at or below it within its minor, else the lowest of that
 * minor. Null where no version of the minor is known.
 */
export function knownWithinMinor(wanted: string, known: readonly string[]): KnownVersion | null {
  const bare = wanted.replace(/^v(?=\d)/, "");
  if (known.includes(bare)) return { version: bare, note: null };
  if (!isVersion(bare)) return null;
  const same = known.filter((one) => isVersion(one) && minorOf(one) === minorOf(bare)).sort(compareVersions);
  const wholeMinor = /^\d+\.\d+$/.test(bare);
  const below = wholeMinor ? releasesFirst(same) : same.filter((one) => compareVersions(one, bare) <= 0);
  const version = below.at(-1) ?? same[0];
  if (version === undefined) return null;
  return {
    version,
    note: wholeMinor && !isPreRelease(version) ? null : `${bare}, nearest known ${version}`,
  };
}

/** As `knownWithinMinor`, but any version finds one: the newest at or below it, else the oldest of all. */
export function nearestKnown(wanted: string, known: readonly string[]): KnownVersion | null {
  const within = knownWithinMinor(wanted, known);
  if (within !== null || !isVersion(wanted)) return within;
  const sorted = known.filter(isVersion).sort(compareVersions);
  const version = sorted.filter((one) => compareVersions(one, wanted) <= 0).at(-1) ?? sorted[0];
  return version === undefined ? null : { version, note: `${wanted}, nearest known ${version}` };
}

/** The newest known version that a requirement such as `>=0.5,<0.7` allows; an exact pin finds its nearest. */
export function newestAllowed(specifier: string, known: readonly string[]): KnownVersion | null {
  const pinned = /^={2,3}\s*v?([^*,\s]+)$/.exec(specifier.trim())?.[1];
  if (pinned !== undefined) return nearestKnown(pinned, known);
  const version = releasesFirst(known.filter((one) => satisfies(one, specifier))).at(-1);
  if (version !== undefined) return { version, note: specifier.trim() };
  const bound = /\d+(\.\d+)*/.exec(specifier)?.[0];
  return bound === undefined ? null : nearestKnown(bound, known);
}
