import { identity, isConstant, type ClassValue, type Site, type Value, type Write } from "../recipe/value.ts";
import type { KnobSite, KnobUse } from "../sites.ts";
import type { Overwriter } from "./destination.ts";
import { where } from "./where.ts";

/** What a write to a knob comes to, once the `setup` of another section has run. */
export type Judgement =
  /** Setup does not touch it. */
  | { readonly kind: "live"; readonly why: string }
  /** It writes None, which asks for nothing; setup sets something. */
  | { readonly kind: "unset"; readonly effective: Value }
  /** A later write replaces it before setup runs. */
  | { readonly kind: "superseded" }
  | Overwritten
  /** `rival`: what the write comes to where another of the same function disagrees with it. */
  | { readonly kind: "blocked"; readonly why: string; readonly rival: Overwritten | null };

/** A write that setup overwrites, with the value that it has already or with another. */
export interface Overwritten {
  readonly kind: "redundant" | "dead";
  /** What runs, under the first of the scenarios asked for. */
  readonly effective: Value;
  /** The write on the section's own object that wins; null where Bridge's choice does. */
  readonly decider: Site | null;
}

/** A site with what it comes to. */
export interface Judged {
  readonly site: KnobSite;
  readonly judgement: Judgement;
}

/** A site that setup overwrites. */
export interface OverwrittenSite {
  readonly site: KnobSite;
  readonly judgement: Overwritten;
}

export function isOverwritten(one: Judged): one is OverwrittenSite {
  return one.judgement.kind === "dead" || one.judgement.kind === "redundant";
}

/** Judges a site against the `setup` of a section, over every recipe that runs through it. */
export function judge(site: KnobSite, by: Overwriter): Judgement {
  const judgement = judgeUses(site, by);
  const open = site.uses.find(({ recipe }) => recipe.incomplete !== null)?.recipe;
  if (judgement.kind !== "live" || !open) return judgement;
  const ways = `as far as ${open.name} could be followed (${open.incomplete})`;
  return { kind: "live", why: `${judgement.why}, ${ways}` };
}

function judgeUses(site: KnobSite, by: Overwriter): Judgement {
  const judged = site.uses.map((use) => ({ use, judgement: judgeUse(site, use, by) }));
  const blocked = judged.find(({ judgement }) => judgement.kind === "blocked");
  if (blocked) return blocked.judgement;
  const lasting = judged.filter(({ judgement }) => judgement.kind !== "superseded");
  // What callers may pass counts where nothing definite is known.
  const definite = lasting.filter(({ judgement }) => !isOpen(judgement));
  const counted = definite.some(({ judgement }) => judgement.kind !== "live") ? definite : lasting;
  const live = counted.find(({ judgement }) => judgement.kind === "live");
  const dead = counted.find(({ judgement }) => judgement.kind === "dead");
  if (live && dead) return disagreement({ live: live.use, dead: dead.use }, by);
  if (live && counted.some(({ judgement }) => judgement.kind !== "live")) {
    const why = `${by} may be None here, and where it is not, this line asks for nothing new`;
    return { kind: "live", why };
  }
  const order = ["dead", "redundant", "unset", "live"] as const;
  const kind = order.find((one) => counted.some(({ judgement }) => judgement.kind === one));
  return counted.find(({ judgement }) => judgement.kind === kind)?.judgement ?? { kind: "superseded" };
}

/** Overwritten with something that only a caller knows. */
function isOpen(judgement: Judgement): boolean {
  return judgement.kind === "dead" && judgement.effective.kind === "unknown";
}

function disagreement({ live, dead }: { live: KnobUse; dead: KnobUse }, by: Overwriter): Judgement {
  const why =
    live.recipe.name === dead.recipe.name
      ? `it cannot be proved that ${by} is set in ${live.recipe.name}, and where it is None this line takes effect`
      : `it takes effect in ${live.recipe.name}, where ${whatIsOff(live, by)}, and is overwritten in ${dead.recipe.name}`;
  return { kind: "blocked", why, rival: null };
}

function judgeUse(site: KnobSite, use: KnobUse, by: Overwriter): Judgement {
  const { effective, write } = use;
  if (!use.isLast) return { kind: "superseded" };
  if (effective.raises !== null) {
    const why = `${use.recipe.name} raises today: ${effective.raises}`;
    return { kind: "blocked", why, rival: null };
  }
  const steps = effective.steps(`${site.section}.${site.field}`) ?? [];
  const last = steps.at(-1);
  if (!last || steps.every(({ decidedBy }) => decidedBy !== `${by}.setup`)) {
    return { kind: "live", why: whyLive(use, by) };
  }
  const decider = deciderOf(site, use, by);
  if (identity(last.value) === identity(write.value)) {
    return { kind: "redundant", effective: last.value, decider: decider?.site ?? null };
  }
  if (isConstant(write.value, null)) return { kind: "unset", effective: last.value };
  const dead = { kind: "dead", effective: last.value, decider: decider?.site ?? null } as const;
  if (!decider) return dead;
  const isHere = decider.site.func === write.site.func && decider.site.module === write.site.module;
  // A recipe further down the chain that says otherwise wins: it is the more specific one.
  if (!isHere) return decider.order > write.order ? { kind: "superseded" } : dead;
  const why = `${where(decider.site, write.site)} of this function sets ${by}.${site.field} to another value, and nobody can know which of the two is meant`;
  return { kind: "blocked", why, rival: dead };
}

/** The last write of the knob on the section itself; null where no code of the project wrote it. */
function deciderOf(site: KnobSite, { effective, container }: KnobUse, by: Overwriter): Write | null {
  const object = container.fields.get(by)?.value;
  const rival = effective.world.writes.findLast(
    (one) => one.object === object && one.field === site.field && one.site.module.own,
  );
  return rival ?? null;
}

function whyLive(use: KnobUse, by: Overwriter): string {
  const model = use.container.fields.get("model")?.value;
  return model?.kind === "object" && isMimo(model.type)
    ? `Bridge does not apply ${by} to a MegatronMIMO model`
    : `${whatIsOff(use, by)} here, so nothing overwrites it`;
}

/** Setup is not called for None, and that of comm_overlap looks at a flag of DDP first. */
function whatIsOff({ container }: KnobUse, by: Overwriter): string {
  const object = container.fields.get(by)?.value;
  const isSet = object !== undefined && !isConstant(object, null);
  return by === "comm_overlap" && isSet ? "ddp.use_distributed_optimizer is off" : `${by} is None`;
}

function isMimo({ name, bases }: ClassValue): boolean {
  return name === "MegatronMIMOProvider" || bases.some((base) => base.kind === "class" && isMimo(base));
}
