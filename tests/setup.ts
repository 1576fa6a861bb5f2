import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";

// Elsewhere each run tries other inputs; CI must judge a change, not the dice.
if (process.env["CI"]) fc.configureGlobal({ seed: 20261123 });

// No test may see what another one left, or what the developer's own runs did.
process.env["BRIDGEMOD_CACHE_DIR"] = join(tmpdir(), `bridgemod-cache-${process.pid}`);
