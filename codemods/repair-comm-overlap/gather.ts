import {
  edits as edit,
  isConstant,
  writes,
  type Finding,
  type KnobSite,
  type KnobUse,
  type RecipeFile,
} from "../../src/index.ts";
import { blockedMessage, finding } from "./messages.ts";
import { isOwn } from "./reading.ts";

const FIELD = "overlap_param_gather";
const RULE = "param-gather-out-of-sync";

/** Without comm_overlap, validate() turns gathering on for DDP and the optimizer if either has it (v0.5.0 on). */
export function* gatherOutOfSync(file: RecipeFile): Generator<Finding> {
  for (const site of file.sites) {
    if (site.section !== "ddp" || site.field !== FIELD) continue;
    if (site.uses.every((use) => use.isLast && isMissingOnOptimizer(use)))
      yield* repeatOnOptimizer(file, site);
    else if (site.uses.some((use) => use.isLast && isTurnedOn(use))) yield turnedOn(file, site);
  }
}

/** DDP gathers, and nobody said anything of the optimizer. */
function isMissingOnOptimizer(use: KnobUse): boolean {
  const last = use.effective.steps(`optimizer.${FIELD}`)?.at(-1);
  return (
    last?.decidedBy === "validate" && isConstant(use.write.value, true) && !isOwn(use, "optimizer", FIELD)
  );
}

function* repeatOnOptimizer(file: RecipeFile, site: KnobSite): Generator<Finding> {
  const spot = writes.spotFor(site, "optimizer");
  if (typeof spot === "string") return;
  const problem = `${writes.shown(site)} does not match the optimizer's ${FIELD}, which validate() turns on with a warning`;
  if (file.intent === "report") {
    yield { ...finding(RULE, site, `${problem}. Set both.`), severity: "info" };
    return;
  }
  const edits = edit.insertAfter(file.text, spot.after, [`${spot.container}.optimizer.${FIELD} = True`]);
  const fix = { edits, claims: [], ...writes.reachOf([site]) };
  yield { ...finding(RULE, site, `${problem}. Both are written now.`), fix };
}

/** DDP's flag is off, and the optimizer's turns it on. */
function isTurnedOn({ effective, write }: KnobUse): boolean {
  return effective.steps(`ddp.${FIELD}`)?.at(-1)?.decidedBy === "validate" && isConstant(write.value, false);
}

function turnedOn(file: RecipeFile, site: KnobSite): Finding {
  const why = `optimizer.${FIELD} is on, and validate() turns on both`;
  const lasting = site.uses.filter((use) => use.isLast);
  const isFree = lasting.every((use) => isTurnedOn(use) && !isOwn(use, "optimizer", FIELD));
  const spot = isFree ? writes.spotFor(site, "optimizer") : "this project asks for both";
  if (typeof spot === "string") return finding("hand-over", site, blockedMessage(site, why));
  if (file.intent !== "honor") return finding(RULE, site, `${writes.shown(site)} does not hold: ${why}.`);
  const fix = {
    edits: edit.insertAfter(file.text, spot.after, [`${spot.container}.optimizer.${FIELD} = False`]),
    claims: writes.claimsFor(site, [`ddp.${FIELD}`, `optimizer.${FIELD}`]),
    ...writes.reachOf([site]),
  };
  return { ...finding(RULE, site, `${writes.shown(site)} does not hold: ${why}. Both are off now.`), fix };
}
