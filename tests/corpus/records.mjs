// Small records in the oracle's form, and reports in ours.

/** One record: what the recipe declares and what runs. */
export function record(declared, effective = declared) {
  const base = { mixed_precision: { kind: "str:bf16_mixed", grad_reduce_in_fp32: true, fp8_param: false } };
  return { declared: { ...base, ...declared }, effective: { ...base, ...effective }, world_size: 8 };
}

/** An entry of `explain`, of knobs given as [declared, effective]. */
export function entry(name, knobs, scenario = { worldSize: 8, dp: 8 }) {
  const dot = name.lastIndexOf(".");
  const pairs = Object.entries(knobs).map(([knob, [declared, effective]]) => [
    knob,
    { declared, effective, writers: [] },
  ]);
  return {
    module: name.slice(0, dot),
    function: name.slice(dot + 1),
    scenario,
    knobs: Object.fromEntries(pairs),
    findings: [],
  };
}

/** A run report of one changed file with one fix that has these effects. */
export function runReport(effects, verdict = "requested") {
  const fix = { codemod: "c", rule: "r", line: 3, message: "Move `ddp.fp8`.", verdict, effects };
  return {
    counts: { changed: 1, unchanged: 0, skipped: 0, failed: 0 },
    files: [{ path: "src/a.py", outcome: "changed", reason: null, fixes: [fix], remaining: [] }],
  };
}
