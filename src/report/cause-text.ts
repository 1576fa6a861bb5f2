import type { BridgeReport, ReviewFinding } from "../outcome.ts";

/** What a finding says, and that another Bridge brings it. */
export function causedMessage({ message, cause }: Pick<ReviewFinding, "message" | "cause">): string {
  return cause === undefined ? message : `${message} (${cause} brings it.)`;
}

/** `0.6.2 (from uv.lock)`, with the one before where reports name both. */
export function bridgesText({ version, from }: BridgeReport, before: BridgeReport | null): string {
  const now = `${version} (from ${from})`;
  return before === null ? now : `${before.version} (from ${before.from}) before, ${now} after`;
}
