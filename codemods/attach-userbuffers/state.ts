import { isConstant, userBuffersFor, type UserBuffers, type Way, type Write } from "../../src/index.ts";

/** What one way of a recipe has for user buffers, where TP overlap really runs. */
export interface State {
  readonly way: Way;
  readonly buffers: UserBuffers;
  /** The name of the preset; null for none. */
  readonly preset: string | null;
  /** The project's own write of the preset, `None` included; null where none has one. */
  readonly write: Write | null;
}

/** The presets of the version of Bridge, by name. */
export type Presets = Parameters<typeof userBuffersFor>[1];

/** The state of a way; null where TP overlap does not run, or its plan is none of Bridge's presets. */
export function stateOf(way: Way, presets: Presets): State | null {
  const { effective, container } = way;
  const overlap = container.fields.get("comm_overlap")?.value;
  if (effective.raises !== null || overlap?.kind !== "object") return null;
  const isOn = effective.resolved("model.tp_comm_overlap")?.value;
  if (!isOn || !isConstant(isOn, true)) return null;
  const plan = effective.resolved("model.tp_comm_overlap_cfg")?.value;
  if (!plan) return null;
  const buffers = userBuffersFor(way, presets);
  const preset = buffers.nameOf(plan);
  if (preset === null && !isConstant(plan, null)) return null;
  const write = overlap.fields.get("tp_comm_overlap_cfg")?.write;
  const own = write?.site.module.own === true ? write : null;
  return { way, preset, write: own, buffers };
}
