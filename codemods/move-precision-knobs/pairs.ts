import type { KnobSite, writes } from "../../src/index.ts";

/** MXFP8 with parameter gathering reuses the gradient buffer: Megatron rejects one without the other. */
const PAIRED = "reuse_grad_buf_for_mxfp8_param_ag";

/** What keeps a moved write's partner in step with it; nothing where it is in step, or moves itself. */
export function pairedWrites({ site }: writes.Place, moved: readonly writes.Place[]): readonly string[] {
  const value = moved.some((place) => place.site.field === PAIRED) ? null : pairedValue(site);
  return value === null ? [] : [`${PAIRED} = ${value}`];
}

/** Fields that change along with those that are moved. */
export function pairedFields(moved: readonly KnobSite[]): readonly string[] {
  return moved.some((site) => pairedValue(site) !== null) ? [PAIRED] : [];
}

function pairedValue(site: KnobSite): "True" | "False" | null {
  if (site.field !== "fp8_param_gather" && site.field !== "fp8_param") return null;
  const use = site.uses.find((one) => one.isLast);
  const recipe = use?.effective.resolved("model.fp8_recipe")?.value;
  const reuse = use?.effective.resolved(`ddp.${PAIRED}`)?.value;
  const wanted = use?.write.value;
  if (recipe?.kind !== "const" || recipe.value !== "mxfp8") return null;
  if (wanted?.kind !== "const" || reuse?.kind !== "const" || wanted.value === reuse.value) return null;
  return wanted.value === true ? "True" : "False";
}
