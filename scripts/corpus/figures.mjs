// The table that a run prints: a row per version.
import { checkpointShare, comparedPairs, unknownShare } from "./agreement.mjs";
import { percent } from "./agreement-run.mjs";
import { formatTable } from "./checks.mjs";

/** The figures of every version as aligned text. */
export function formatFigures(rows) {
  return formatTable([header(), ...rows.map(row)]);
}

function header() {
  const agreement = [
    "version",
    "recipes",
    "missing",
    "pairs",
    "wrong",
    "declared unknown",
    "effective unknown",
    "up to the checkpoint",
    "warnings",
    "explain s",
  ];
  return [
    ...agreement,
    "changed honor",
    "preserve",
    "report",
    "only-pres.",
    "overlap",
    "cleanup",
    "all",
    "differences",
    "claims matched",
    "unseen",
  ];
}

function row({ bridge, agreement, rewrites }) {
  const known = agreement?.tally;
  const sum = (key) => Object.values(rewrites).reduce((total, figures) => total + figures[key], 0);
  const changed = (name) => rewrites[name]?.changed ?? "-";
  const share = (stage) => (known === undefined ? "-" : percent(unknownShare(known, "auto", stage)));
  return [
    bridge,
    known?.recipes ?? "-",
    known?.missing.length ?? "-",
    known === undefined ? "-" : comparedPairs(known),
    known?.wrong.length ?? "-",
    share("declared"),
    share("effective"),
    known === undefined ? "-" : percent(checkpointShare(known, "auto", "effective")),
    known === undefined ? "-" : `${known.warned} of ${known.warned + known.unwarned.length}`,
    agreement?.seconds.toFixed(1) ?? "-",
    ...["honor", "preserve", "report", "only-preserving", "overlap", "cleanup", "all"].map(changed),
    sum("differences"),
    sum("matched"),
    sum("unseen"),
  ];
}
