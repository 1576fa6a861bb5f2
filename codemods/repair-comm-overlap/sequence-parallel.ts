import {
  edits as edit,
  isConstant,
  writes,
  type Effective,
  type Finding,
  type KnobSite,
  type KnobUse,
  type RecipeFile,
  type Value,
} from "../../src/index.ts";
import { decidedBy } from "./fields.ts";
import { finding } from "./messages.ts";
import { tensorOverlapHarm } from "./obstacles.ts";
import { hasNoObject, isOn, isOwn, runs, sizeOf } from "./reading.ts";

/** TP overlap that does not come about because sequence parallelism is off. */
export function* lacksSequenceParallel(file: RecipeFile): Generator<Finding> {
  for (const site of file.sites) {
    if (!REQUESTED_ON.has(site.section) || site.field !== "tp_comm_overlap") continue;
    const uses = site.uses.filter((use) => use.isLast);
    const lacking = uses.filter((use) => lacksIt(site, use));
    const [first] = lacking;
    if (first) yield repair(file, site, { first, others: uses.filter((use) => !lacking.includes(use)) });
  }
}

const REQUESTED_ON: ReadonlySet<string> = new Set(["comm_overlap", "model"]);

/** Whether a use asks for TP overlap on the object, or on the model of a container without one, and lacks what it needs. */
function lacksIt(site: KnobSite, use: KnobUse): boolean {
  if (site.section === "model") return asksOnModel(use) && lacksOnModel(use);
  return use.effective
    .notices()
    .some(
      ({ rule, message }) => rule === "tp-overlap-disabled" && message.includes("sequence_parallel=False"),
    );
}

/** Whether the model's own flag turns TP overlap on, which it does where there is no `CommOverlapConfig`. */
export function asksOnModel(use: KnobUse): boolean {
  return hasNoObject(use) && isOn(use.effective, "model.tp_comm_overlap");
}

function lacksOnModel({ effective }: KnobUse): boolean {
  const size = sizeOf(effective, "tensor_model_parallel_size");
  return size !== null && size > 1 && isConstant(sequenceParallel(effective), false);
}

function repair(
  file: RecipeFile,
  site: KnobSite,
  { first, others }: { first: KnobUse; others: readonly KnobUse[] },
): Finding {
  const because =
    site.section === "model"
      ? "Transformer Engine overlaps with sequence parallelism only, and without a CommOverlapConfig Bridge does not look"
      : "Bridge turns it off without sequence parallelism";
  const problem = `TP overlap is asked for and does not run in ${first.recipe.name}: ${because}.`;
  const choice = `Set model.sequence_parallel = True, or ${site.section}.tp_comm_overlap = False`;
  const decided = reasonNotTo(site) ?? disagreeing(others);
  const spot = decided ?? writes.spotFor(site, "model");
  if (typeof spot === "string")
    return finding("hand-over", site, `${problem} ${choice}: it is left to you, because ${spot}.`);
  if (file.intent !== "honor")
    return finding("tp-overlap-without-sequence-parallel", site, `${problem} ${choice}.`);
  const knob = "model.sequence_parallel";
  const reach = writes.reachOf([site]);
  const fix = {
    edits: edit.insertAfter(file.text, spot.after, [`${spot.container}.${knob} = True`]),
    claims: writes.claimsFor(site, [knob, ...decidedBy("tp_comm_overlap")]),
    ...reach,
    knobs: [...reach.knobs, knob],
  };
  const message = `${problem} ${knob}, which nothing in this project sets, is turned on: activations are then split over the TP ranks, too.`;
  return { ...finding("tp-overlap-without-sequence-parallel", site, message), fix };
}

function disagreeing(others: readonly KnobUse[]): string | null {
  const other = others.find(({ effective }) => !isOn(effective, "model.sequence_parallel"));
  return other ? `${other.recipe.name} runs through the same line without TP` : null;
}

/** Why a person has to decide. */
function reasonNotTo(site: KnobSite): string | null {
  for (const use of site.uses.filter((one) => one.isLast && lacksIt(site, one))) {
    const { effective } = use;
    if (isOwn(use, "model", "sequence_parallel") && isConstant(sequenceParallel(effective), false))
      return "this project turns sequence_parallel off explicitly";
    if (isOn(effective, "model.deterministic_mode")) return "the run is meant to be deterministic";
    const harm = tensorOverlapHarm(use);
    if (harm !== null) return harm;
    const [length, size] = [
      runs(effective, "model.seq_length"),
      sizeOf(effective, "tensor_model_parallel_size"),
    ];
    if (typeof length === "number" && size !== null && length % size !== 0)
      return `model.seq_length (${length}) cannot be divided by TP (${size})`;
  }
  return null;
}

function sequenceParallel(effective: Effective): Value {
  return effective.declared("model.sequence_parallel") ?? { kind: "const", value: false };
}
