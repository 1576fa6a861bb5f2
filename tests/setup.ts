import fc from "fast-check";

// Elsewhere each run tries other inputs; CI must judge a change, not the dice.
if (process.env["CI"]) fc.configureGlobal({ seed: 20261123 });
