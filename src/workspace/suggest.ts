import { distance } from "fastest-levenshtein";

/** The candidate that was probably meant, or null when none is near. A part of one name alone will do. */
export function nearestName(name: string, candidates: readonly string[]): string | null {
  const wanted = name.toLowerCase();
  const holding =
    wanted.length < 3 ? [] : candidates.filter((candidate) => candidate.toLowerCase().includes(wanted));
  if (holding.length === 1) return holding[0] ?? null;
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(wanted.length * 0.4)) + 1;
  for (const candidate of candidates) {
    const away = distance(wanted, candidate.toLowerCase());
    if (away >= bestDistance) continue;
    best = candidate;
    bestDistance = away;
  }
  return best;
}

/** A step for the user who typed an unknown name: `did you mean X?`, else the names there are. */
export function suggestName(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  if (nearest !== null) return `did you mean ${JSON.stringify(nearest)}?`;
  return candidates.length === 0 ? "there is none" : `choose one of ${candidates.join(", ")}`;
}
