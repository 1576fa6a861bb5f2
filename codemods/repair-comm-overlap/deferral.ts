import {
  edits as edit,
  isConstant,
  writes,
  type Edit,
  type Finding,
  type KnobSite,
  type RecipeFile,
} from "../../src/index.ts";
import { DEFERRAL_LIMIT, hasLimit } from "./companions.ts";
import { decidedBy } from "./fields.ts";
import { finding } from "./messages.ts";
import { hasPipeline } from "./reading.ts";

const FLAG = "defer_embedding_wgrad_compute";
const LIMIT = "wgrad_deferral_limit";

/** Deferral without a limit: Bridge sends -1, and Megatron-Core ends the run. */
export function* deferralsWithoutLimit(file: RecipeFile): Generator<Finding> {
  for (const site of file.sites) {
    if (site.section !== "comm_overlap" || site.field !== FLAG) continue;
    const uses = site.uses.filter((use) => use.isLast);
    const lacking = uses.filter((use) => !isConstant(use.write.value, false) && !hasLimit(use));
    if (lacking.length === 0 || lacking.some(({ effective }) => !hasPipeline(effective))) continue;
    const problem = `${writes.shown(site)} ends the run: without comm_overlap.${LIMIT} Bridge sends -1, and Megatron-Core wants 0 or more.`;
    const edits = lacking.length === uses.length ? limitEdits(file, site) : null;
    if (edits === null || file.intent === "report") {
      yield finding(
        "deferral-without-limit",
        site,
        `${problem} Set comm_overlap.${LIMIT}, ${DEFERRAL_LIMIT} as upstream's recipes do.`,
      );
      continue;
    }
    const message = `${problem} It becomes ${DEFERRAL_LIMIT}, which upstream's recipes use.`;
    const fix = { edits, claims: writes.claimsFor(site, decidedBy(LIMIT)), ...writes.reachOf([site]) };
    yield { ...finding("deferral-without-limit", site, message), fix };
  }
}

function limitEdits({ text }: RecipeFile, { site }: KnobSite): Edit[] | null {
  if (site.form === "keyword" && site.call)
    return edit.addKeyword(text, site.call, `${LIMIT}=${DEFERRAL_LIMIT}`);
  const { target, stmt } = site;
  if (site.form !== "attribute" || target?.kind !== "Attribute") return null;
  const holder = text.slice(target.value.start, target.value.end);
  return edit.insertAfter(text, stmt, [`${holder}.${LIMIT} = ${DEFERRAL_LIMIT}`]);
}
