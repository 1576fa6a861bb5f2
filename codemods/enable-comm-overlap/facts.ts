import { isConstant, type Way, type Write } from "../../src/index.ts";

/** A size that a recipe runs with: `None` and a missing field count as one; null where it is not known. */
export function sizeOf({ effective }: Way, knob: string): number | null {
  const value = effective.resolved(knob)?.value;
  if (!value || isConstant(value, null)) return 1;
  return value.kind === "const" && typeof value.value === "number" ? value.value : null;
}

/** Whether a knob is on in what runs; null where it is not known. */
export function isOn({ effective }: Way, knob: string): boolean | null {
  const value = effective.resolved(knob)?.value;
  if (!value) return false;
  return value.kind === "const" ? value.value === true : null;
}

/** Whether the recipe itself declares a knob `True`. */
export function declares({ effective }: Way, knob: string): boolean {
  const value = effective.declared(knob);
  return value !== null && isConstant(value, true);
}

/** The write of the project that a field's value comes from; null where Bridge or a default set it. */
export function ownWrite({ container }: Way, section: string, field?: string): Write | null {
  const slot = container.fields.get(section);
  if (field === undefined) return slot?.write?.site.module.own === true ? slot.write : null;
  const write = slot?.value.kind === "object" ? slot.value.fields.get(field)?.write : null;
  return write?.site.module.own === true ? write : null;
}

/** The project's own write of `False` to a knob. */
export function ownOff(way: Way, knob: string): Write | null {
  const [section = "", field = ""] = knob.split(".");
  const write = ownWrite(way, section, field);
  return write && isConstant(write.value, false) ? write : null;
}

/** The project's own `comm_overlap = None`. */
export function ownNone(way: Way): Write | null {
  const write = ownWrite(way, "comm_overlap");
  return write && isConstant(write.value, null) ? write : null;
}

/** Whether `comm_overlap` holds an object; null where it is not known. */
export function hasOverlap({ container }: Way): boolean | null {
  const value = container.fields.get("comm_overlap")?.value;
  if (!value) return container.open ? null : false;
  if (value.kind === "object") return true;
  return isConstant(value, null) ? false : null;
}

/** How a model is spread over GPUs. */
const LAYOUT = [
  "tensor_model_parallel_size",
  "pipeline_model_parallel_size",
  "virtual_pipeline_model_parallel_size",
  "context_parallel_size",
  "sequence_parallel",
];

/** Whether the project decides on the layout, so that what Bridge's own recipe says was said for another one. */
export function ownsLayout(way: Way): boolean {
  return LAYOUT.some((field) => ownWrite(way, "model", field) !== null);
}

/** Whether a Fully Sharded Data Parallel of some kind decides over communication. */
export function isFullySharded(way: Way): boolean {
  const dist = way.container.fields.get("dist")?.value;
  const flags = ["use_megatron_fsdp", "use_torch_fsdp2"];
  const isSet =
    dist?.kind === "object" &&
    flags.some((flag) => {
      const value = dist.fields.get(flag)?.value;
      return value !== undefined && !isConstant(value, false);
    });
  return isSet || isOn(way, "ddp.use_megatron_fsdp") !== false;
}

/** A write as the source has it: no line, since edits move lines. */
export function shown({ site, field }: Write, { recipe }: Way): string {
  const { module, form, stmt, value } = site;
  const isStatement = form === "attribute" || form === "setattr";
  const text = isStatement
    ? module.text.slice(stmt.start, stmt.end)
    : `${field}=${value ? module.text.slice(value.start, value.end) : "…"}`;
  const where = module === recipe.candidate.module ? "" : ` in ${module.path}`;
  return `\`${text.replace(/\s+/g, " ")}\`${where}`;
}
