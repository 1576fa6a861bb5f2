import { writes, type Finding, type KnobSite, type RecipeFile } from "../../src/index.ts";
import { declaredConstant, holdsWherever } from "./dead-knob.ts";

/** Fields that `comm_overlap.setup` hands to the optimizer and DDP alone. */
const DATA_PARALLEL = new Set([
  "overlap_grad_reduce",
  "overlap_param_gather",
  "overlap_param_gather_with_optimizer_step",
  "align_param_gather",
  "bucket_size",
]);

/** Requests for data-parallel overlap that nobody reads, as the optimizer is not distributed: with Muon, that is meant. */
export function* unreadFields(file: RecipeFile): Generator<Finding> {
  for (const site of file.sites.filter(isUnread)) {
    const message = `${writes.shown(site)} is left for you to decide: comm_overlap.setup() passes it on only with ddp.use_distributed_optimizer, which is off here for the optimizer, too. Delete this line, set ddp.${site.field} instead where there is such a field, or turn the distributed optimizer on.`;
    const { start, end } = site.site;
    yield { rule: "hand-over", severity: "warning", span: { start, end }, message, fix: null };
  }
}

function isUnread(site: KnobSite): boolean {
  if (site.section !== "comm_overlap" || !DATA_PARALLEL.has(site.field)) return false;
  const asks = site.uses.some(({ write }) => write.value.kind !== "const" || write.value.value !== null);
  const sections = ["ddp", "optimizer"];
  return (
    asks &&
    holdsWherever(site, (effective) =>
      sections.every(
        (section) => declaredConstant(effective, `${section}.use_distributed_optimizer`) === false,
      ),
    )
  );
}
