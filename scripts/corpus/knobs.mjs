// Which knobs of the oracle's records are compared.

const TARGETS = ["model", "optimizer", "ddp"];

/** The sets of knobs that `--knobs` names: each answers, for one record's stage, the dotted paths to compare. */
export const KNOB_SETS = { precision, all };

/** What the oracle's records of one version have in common: the fields of MixedPrecisionConfig. */
export function describeRecords(records) {
  const precisionFields = new Set();
  for (const [name, record] of Object.entries(records)) {
    if (name === "_meta") continue;
    for (const field of Object.keys(record.declared.mixed_precision ?? {})) precisionFields.add(field);
  }
  precisionFields.delete("kind"); // the oracle's own note of what the value was
  return { precisionFields };
}

/** The value at a knob in one stage of a record; `undefined` where the oracle found no such attribute. */
export function valueAt(stage, knob) {
  const dot = knob.indexOf(".");
  if (dot < 0) return stage[knob];
  const section = stage[knob.slice(0, dot)];
  return isSection(section) ? section[knob.slice(dot + 1)] : undefined;
}

/** Whether only `runtime_config_update` reads a knob: an input, whose consequences are knobs of their own. */
export function isInput(knob) {
  return ["mixed_precision", "comm_overlap"].includes(knob.split(".")[0]);
}

/** The knob of ours that a row of the oracle's comparison belongs to: rows go down into objects. */
export function ownerOf(row) {
  return row.split(".").slice(0, 2).join(".");
}

function precision(stage, { precisionFields }) {
  return TARGETS.flatMap((target) => paths(stage, target)).filter((knob) =>
    precisionFields.has(knob.split(".")[1]),
  );
}

function all(stage) {
  return Object.keys(stage)
    .flatMap((section) => paths(stage, section))
    .filter(isCompared);
}

function paths(stage, section) {
  return isSection(stage[section]) ? Object.keys(stage[section]).map((field) => `${section}.${field}`) : [];
}

/** `kind` and `__class__` are the oracle's notes; what a string stands for is no knob of `mixed_precision`. */
function isCompared(knob) {
  return !knob.endsWith(".__class__") && !knob.endsWith(".__source__") && !isInput(knob);
}

function isSection(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
