import {
  edits as edit,
  isConstant,
  writes,
  type Finding,
  type KnobSite,
  type KnobUse,
  type RecipeFile,
} from "../../src/index.ts";
import { DATA_KNOBS, GATE_KNOBS } from "./fields.ts";
import { blockedMessage, finding } from "./messages.ts";
import { isLayerWise, isOn, isOwn } from "./reading.ts";

const FLAG = "use_distributed_optimizer";
const KNOB = `ddp.${FLAG}`;
const RULE = "distributed-optimizer-out-of-sync";

/** The distributed optimizer is on for the optimizer alone: setup looks at DDP's flag, before validate() mends it. */
export function* optimizerOutOfSync(file: RecipeFile): Generator<Finding> {
  for (const site of file.sites) {
    if (site.field !== FLAG) continue;
    const lasting = site.uses.filter((use) => use.isLast);
    const synced = lasting.filter((use) => isTurnedOn(site, use));
    if (synced.length === 0) continue;
    if (site.section === "optimizer") yield finding("hand-over", site, blockedMessage(site, OTHER_WAY));
    if (site.section === "ddp") yield writtenOff(file, site, { lasting, synced });
  }
  const overlap = file.sites.filter(({ section }) => section === "comm_overlap");
  for (const group of writes.byFunction(overlap.map((site) => ({ site })))) {
    const sites = group.map(({ site }) => site);
    yield* neverWritten(file, sites);
    yield* ignoredChoices(sites);
  }
}

const OTHER_WAY = `${KNOB} is on, and validate() turns the distributed optimizer on for both. Set both to the same`;

/** Whether validate() turns on what a site turns off. */
function isTurnedOn({ section, field }: KnobSite, { effective, write }: KnobUse): boolean {
  const last = effective.steps(`${section}.${field}`)?.at(-1);
  return last?.decidedBy === "validate" && isConstant(write.value, false);
}

function writtenOff(
  file: RecipeFile,
  site: KnobSite,
  { lasting, synced }: { lasting: readonly KnobUse[]; synced: readonly KnobUse[] },
): Finding {
  const { value } = site.site;
  const gated = synced.filter(isGateClosed);
  const problem = problemOf(gated);
  const layerWise = synced.find(isLayerWise);
  if (layerWise) return finding("hand-over", site, blockedMessage(site, `${problem}; ${LAYER_WISE}`));
  if (synced.length < lasting.length)
    return finding(
      "hand-over",
      site,
      blockedMessage(site, `${problem}, but not in every recipe that runs through this line`),
    );
  if (edit.trailingComment(file.text, site.site.stmt) !== "")
    return finding("hand-over", site, blockedMessage(site, `${problem}, and a comment gives a reason`));
  const may = file.intent === "honor" || (file.intent === "preserve" && gated.length === 0);
  const isLiteral = value?.kind === "Constant" && value.value === false;
  if (!may || !isLiteral)
    return finding(RULE, site, `${writes.shown(site)} does not hold: ${problem}. Write True.`);
  const message = `${writes.shown(site)} does not hold: ${problem}. It says True now${gated.length > 0 ? GATE_OPENS : ""}.`;
  const fix = {
    edits: edit.replaceExpression(file.text, value, "True"),
    claims: gated.length > 0 ? writes.claimsFor(site, [...DATA_KNOBS, ...GATE_KNOBS]) : [],
    ...writes.reachOf([site]),
  };
  return { ...finding(RULE, site, message), fix };
}

const LAYER_WISE = "an optimizer that places whole layers does without the distributed optimizer";
const GATE_OPENS = ", so that comm_overlap's choices for data parallelism count";

function problemOf(gated: readonly KnobUse[]): string {
  const turned = `optimizer.${FLAG} is on, and validate() turns on both`;
  return gated.length > 0
    ? `${turned}, after comm_overlap.setup() has left data parallelism alone because of it`
    : turned;
}

/** Whether comm_overlap's data-parallel half is skipped for want of the flag. */
function isGateClosed({ effective }: KnobUse): boolean {
  return effective.notices().some(({ rule }) => rule === "dp-overlap-lost");
}

/** Without a distributed optimizer, as with Muon, what comm_overlap says of data parallelism is ignored. */
function* ignoredChoices(sites: readonly KnobSite[]): Generator<Finding> {
  const ignored = sites.filter(({ field, uses }) => isDataField(field) && uses.some(isIgnored));
  const [first] = ignored;
  if (!first) return;
  const shown = ignored.map((site) => writes.shown(site)).join(", ");
  const message = `${shown} ${ignored.length > 1 ? "are" : "is"} ignored: comm_overlap.setup() leaves data parallelism alone without ${KNOB}, and this optimizer does without it. The flags on ddp are what counts.`;
  yield { ...finding("ignored-overlap-field", first, message), severity: "info" };
}

function isDataField(field: string): boolean {
  return field !== "delay_wgrad_compute" && DATA_KNOBS.some((knob) => knob.endsWith(`.${field}`));
}

function isIgnored(use: KnobUse): boolean {
  const asks = use.isLast && !isConstant(use.write.value, null);
  // Megatron-FSDP brings the distributed optimizer along: that is told where it is turned off.
  if (isOn(use.effective, "ddp.use_megatron_fsdp")) return false;
  return asks && isGateClosed(use) && (isLayerWise(use) || !isOn(use.effective, `optimizer.${FLAG}`));
}

/** Nobody wrote DDP's flag, and comm_overlap is set in this function. */
function* neverWritten(file: RecipeFile, sites: readonly KnobSite[]): Generator<Finding> {
  const [site] = sites.filter(({ uses }) => uses.some(isClosedByDefault));
  if (!site || !sites.every(isMadeHere)) return;
  const lasting = site.uses.filter((use) => use.isLast);
  const closed = lasting.filter(isClosedByDefault);
  const spot = writes.spotFor(site, "ddp");
  const problem = `comm_overlap's choices for data parallelism are ignored: ${KNOB} is not set, and setup() looks at it before validate() turns it on because of the optimizer's`;
  const [first] = closed;
  if (!first) return;
  const stuck = typeof spot === "string" ? spot : closed.length < lasting.length ? UNEVEN : null;
  if (typeof spot === "string" || stuck !== null) {
    yield finding("hand-over", site, `${problem}. ${ADVICE}: it is left to you, because ${stuck ?? ""}.`);
  } else if (file.intent !== "honor") yield finding(RULE, site, `${problem}. ${ADVICE}.`);
  else {
    const reach = writes.reachOf([site]);
    const fix = {
      edits: edit.insertAfter(file.text, spot.after, [`${spot.container}.${KNOB} = True`]),
      claims: writes.claimsFor(site, [...DATA_KNOBS, ...GATE_KNOBS]),
      ...reach,
      knobs: [...reach.knobs, KNOB],
    };
    yield { ...finding(RULE, site, `${problem}. It is set now.`), fix };
  }
}

const ADVICE = `Set ${KNOB} = True`;
const UNEVEN = "other recipes run through the same lines without the distributed optimizer";

function isClosedByDefault(use: KnobUse): boolean {
  return (
    isGateClosed(use) &&
    isOn(use.effective, `optimizer.${FLAG}`) &&
    !isOwn(use, "ddp", FLAG) &&
    !isLayerWise(use)
  );
}

/** Whether the function around a site is the one that put the object into the container. */
function isMadeHere({ site, uses }: KnobSite): boolean {
  return uses.every(({ effective, container }) => {
    const made = effective.world.writes.findLast(
      (write) => write.object === container && write.field === "comm_overlap" && write.site.module.own,
    );
    return made === undefined || made.site.func === site.func;
  });
}
