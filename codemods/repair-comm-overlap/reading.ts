import { isConstant, type Effective, type KnobUse, type Value } from "../../src/index.ts";

/** A knob as it runs, where it is a plain value; null for None, and for what cannot be known. */
export function runs(effective: Effective, knob: string): string | number | boolean | null {
  return plain(effective.resolved(knob)?.value ?? null);
}

export function plain(value: Value | null): string | number | boolean | null {
  return value?.kind === "const" ? value.value : null;
}

export function isOn(effective: Effective, knob: string): boolean {
  return Boolean(runs(effective, knob));
}

/** A size of the layout: one where the recipe says nothing; null where it cannot be known. */
export function sizeOf(effective: Effective, field: string): number | null {
  const value = effective.declared(`model.${field}`);
  if (value === null || isConstant(value, null)) return 1;
  return value.kind === "const" && typeof value.value === "number" ? value.value : null;
}

export function hasChunks(effective: Effective): boolean {
  return (sizeOf(effective, "virtual_pipeline_model_parallel_size") ?? 1) > 1;
}

export function hasPipeline(effective: Effective): boolean {
  return (sizeOf(effective, "pipeline_model_parallel_size") ?? 1) > 1;
}

/** Whether there is no `CommOverlapConfig`, so that Bridge calls no `setup` and looks at nothing that it would check. */
export function hasNoObject({ container }: KnobUse): boolean {
  const value = container.fields.get("comm_overlap")?.value;
  return value === undefined ? !container.open : isConstant(value, null);
}

/** Whether a value is a user-buffer preset: one of Bridge's, by its name, or an object made here. */
export function isPreset(value: Value): boolean {
  return value.kind === "object" || (value.kind === "symbol" && /\.userbuffers_\w+$/.test(value.path));
}

/** Whether code of the project wrote a field of a section, anywhere in the chain. */
export function isOwn({ container }: KnobUse, section: string, field: string): boolean {
  const object = container.fields.get(section)?.value;
  const slot = object?.kind === "object" ? object.fields.get(field) : undefined;
  return slot?.write?.site.module.own === true;
}

/** Optimizers that place whole layers, such as Muon, and so do without the distributed optimizer. */
export function isLayerWise({ effective }: KnobUse): boolean {
  const name = runs(effective, "optimizer.optimizer");
  if (typeof name === "string" && /muon|dist_/.test(name)) return true;
  return ["ddp", "optimizer"].some((section) =>
    isOn(effective, `${section}.use_layer_wise_distributed_optimizer`),
  );
}
