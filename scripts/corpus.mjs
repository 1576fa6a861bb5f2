// npm run corpus: brings the published packages that `npm run test:corpus` and `npm run bench` work on.
import { cachedPairs, packagesOf, readTable } from "./corpus/cache.mjs";
import { obtain } from "./corpus/download.mjs";

const { pairs, ...target } = readTable();
let missing = 0;
for (const pair of pairs) {
  if (pair.note !== undefined) console.log(`megatron-bridge ${pair.bridge}: ${pair.note}`);
  for (const wanted of packagesOf(pair)) {
    const { status, reason } = await obtain(wanted, target);
    if (status === "missing") missing += 1;
    console.log(`${wanted.name} ${wanted.version}: ${describe(status, reason)}`);
  }
}
const whole = cachedPairs().length;
if (missing > 0)
  console.error(`Packages that could not be had: ${missing}; usable versions: ${whole} of ${pairs.length}.`);
if (whole === 0) {
  console.error(
    "No version is usable. Check that PyPI can be reached (python3 -m pip download), then run again.",
  );
  process.exitCode = 1;
}

function describe(status, reason) {
  if (status === "cached") return "already here";
  return status === "fetched" ? "downloaded" : `could not be had: ${reason}`;
}
