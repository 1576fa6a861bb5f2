import { mayOverlap, resolveOverlap } from "./comm-overlap.ts";
import type { Section } from "./names.ts";
import { isTruthy, type Asking } from "./questions.ts";
import type { Declared, Resolved, StartUp } from "./start-up.ts";
import { isAtLeast } from "./versions.ts";

/** The objects that `mixed_precision.setup` copies to. */
const COPIED_TO: ReadonlySet<Section> = new Set(["model", "optimizer", "ddp"]);

/** A step of start-up that sets a field: mixed precision, then communication overlap, then validation. */
export type Step<V> = Resolved<V> & { readonly decidedBy: string };

/**
 * The steps of `runtime_config_update` that set a field, in order; the last one wins. None for a field that the object
 * lacks. Of `validate` only the synchronisation of the distributed optimizer counts: what else it does is told as a
 * notice.
 */
export function* stepsOf<V>(at: StartUp<V>, section: Section, field: string): Asking<V, readonly Step<V>[]> {
  if (isPlan(section, field) && (yield* isPlanInUse(at))) return [yield* resolvePlan(at)];
  const declared = at.declared.get(section, field);
  if (declared === null) return [];
  const steps = copySteps(at.declared, { section, field, value: declared });
  if (isOnlyCopied(section, field)) return steps;
  const overlap = yield* resolveOverlap(at, section, field);
  if (overlap) {
    const uncertain = at.declared.uncertain(section, field);
    const set = uncertain ? { value: uncertain, why: null } : overlap;
    steps.push({ ...set, decidedBy: "comm_overlap.setup" });
  }
  const synced = yield* resolveSync(at, { section, field, value: steps.at(-1)?.value ?? declared });
  if (synced) steps.push(synced);
  return steps;
}

/** Whether start-up does no more with a field than to copy `mixed_precision`'s over it, if that has one. */
export function isOnlyCopied(section: Section, field: string): boolean {
  return !isPlan(section, field) && !mayOverlap(section, field) && !(field in SYNCED);
}

/** Whether start-up may set a field at all; most it never looks at. */
export function maySet<V>({ declared }: StartUp<V>, section: Section, field: string): boolean {
  if (!COPIED_TO.has(section)) return false;
  const { precision } = declared;
  const mayCopy = precision.kind === "unknown" || (precision.kind === "fields" && precision.names.has(field));
  return mayCopy || field in SYNCED || mayOverlap(section, field);
}

/** What a field holds once start-up is through; null where the object has no such field. */
export function* effectiveField<V>(at: StartUp<V>, section: Section, field: string): Asking<V, V | null> {
  const declared = at.declared.get(section, field);
  if (isOnlyCopied(section, field)) {
    if (declared === null) return null;
    return copySteps(at.declared, { section, field, value: declared }).at(-1)?.value ?? declared;
  }
  const steps = yield* stepsOf(at, section, field);
  return steps.at(-1)?.value ?? declared;
}

/** Whether a field is truthy once start-up is through, and read: Megatron looks at no field of a MegatronMIMO model. */
export function* isOn<V>(at: StartUp<V>, section: Section, field: string): Asking<V, boolean> {
  if (section === "model" && at.declared.isMimo) return false;
  const value = yield* effectiveField(at, section, field);
  return value !== null && (yield* isTruthy(value));
}

function isPlan(section: Section, field: string): boolean {
  return section === "model" && field === "tp_comm_overlap_cfg";
}

/** With TP overlap on, `setup` sets the user buffers on the model whether it declares the field or not. */
function* isPlanInUse<V>(at: StartUp<V>): Asking<V, boolean> {
  if (at.declared.isMimo) return false;
  const overlap = yield* resolveOverlap(at, "model", "tp_comm_overlap");
  return overlap !== null && (yield* isTruthy(overlap.value));
}

function* resolvePlan<V>(at: StartUp<V>): Asking<V, Step<V>> {
  const plan = yield* resolveOverlap(at, "model", "tp_comm_overlap_cfg");
  return { value: plan?.value ?? at.constant(null), why: plan?.why ?? null, decidedBy: "comm_overlap.setup" };
}

/**
 * What `MixedPrecisionConfig.setup` makes of a field. Source: `update_config_with_precision_overrides` (v0.1.0rc4 to
 * v0.6.2): every field of the same name is copied, defaults and None included.
 */
export function copySteps<V>(
  declared: Declared<V>,
  { section, field, value }: { section: Section; field: string; value: V },
): Step<V>[] {
  const { precision } = declared;
  if (declared.isMimo || !COPIED_TO.has(section) || precision.kind === "none") return [];
  const decidedBy = "mixed_precision.setup";
  if (precision.kind === "unknown") return [{ value: precision.unknown(field, value), decidedBy, why: null }];
  if (!precision.names.has(field)) return [];
  const uncertain = declared.uncertain(section, field);
  return [{ value: uncertain ?? precision.get(field), decidedBy, why: null }];
}

/** Flags of DDP and of the optimizer that `validate` turns on in both if either has them, by the version it began with. */
const SYNCED: Readonly<Record<string, string>> = {
  use_distributed_optimizer: "0.2.0",
  overlap_param_gather: "0.5.0",
};

/** Source: `_validate_and_sync_distributed_optimizer_settings`; it runs for MegatronMIMO models, too. */
function* resolveSync<V>(
  at: StartUp<V>,
  { section, field, value }: { section: Section; field: string; value: V },
): Asking<V, Step<V> | null> {
  const since = SYNCED[field];
  if (since === undefined || !isAtLeast(at.version, since)) return null;
  if (section !== "ddp" && section !== "optimizer") return null;
  if (yield* isTruthy(value)) return null;
  const other = section === "ddp" ? "optimizer" : "ddp";
  const declared = at.declared.get(other, field);
  if (declared === null) return null;
  const overlap = yield* resolveOverlap(at, other, field);
  if (!(yield* isTruthy(overlap?.value ?? declared))) return null;
  return { value: at.constant(true), decidedBy: "validate", why: `because ${other}.${field} is on` };
}

/** Joins the steps of both answers to an open condition into one list: `choose` makes one value of two. */
export function joinSteps<V>(
  { then, otherwise, declared }: { then: readonly Step<V>[]; otherwise: readonly Step<V>[]; declared: V },
  choose: (then: V, otherwise: V) => V,
  condition: string,
): readonly Step<V>[] {
  const names = [...new Set([...then, ...otherwise].map((step) => step.decidedBy))].sort(byOrder);
  return names.map((decidedBy) => {
    const one = then.findLast((step) => byOrder(step.decidedBy, decidedBy) <= 0);
    const other = otherwise.findLast((step) => byOrder(step.decidedBy, decidedBy) <= 0);
    const why = one?.why === other?.why ? (one?.why ?? null) : `depends on ${condition}`;
    return { decidedBy, why, value: choose(one?.value ?? declared, other?.value ?? declared) };
  });
}

const ORDER = ["mixed_precision.setup", "comm_overlap.setup", "validate"];

function byOrder(a: string, b: string): number {
  return ORDER.indexOf(a) - ORDER.indexOf(b);
}
