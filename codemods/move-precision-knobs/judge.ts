import {
  identity,
  isConstant,
  type ClassValue,
  type KnobSite,
  type KnobUse,
  type Site,
  type Value,
} from "../../src/index.ts";
import { where } from "./where.ts";

/** What a write to a precision knob comes to. */
export type Judgement =
  | { readonly kind: "live"; readonly why: string }
  | { readonly kind: "unset"; readonly effective: Value }
  | { readonly kind: "superseded" }
  | Overwritten
  /** `rival`: what the write comes to where another of the same function disagrees with it. */
  | { readonly kind: "blocked"; readonly why: string; readonly rival: Overwritten | null };

/** A write that start-up overwrites, with the value that it has already or with another. */
export interface Overwritten {
  readonly kind: "redundant" | "dead";
  readonly effective: Value;
  /** The write on mixed_precision that wins; null where one of its defaults does. */
  readonly decider: Site | null;
}

/** Judges a site over every recipe that runs through it. */
export function judge(site: KnobSite): Judgement {
  const judged = site.uses.map((use) => ({ use, judgement: judgeUse(site, use) }));
  const blocked = judged.find(({ judgement }) => judgement.kind === "blocked");
  if (blocked) return blocked.judgement;
  const lasting = judged.filter(({ judgement }) => judgement.kind !== "superseded");
  // What callers may pass counts where nothing definite is known.
  const definite = lasting.filter(({ judgement }) => !isOpen(judgement));
  const counted = definite.some(({ judgement }) => judgement.kind !== "live") ? definite : lasting;
  const live = counted.find(({ judgement }) => judgement.kind === "live");
  const dead = counted.find(({ judgement }) => judgement.kind === "dead");
  if (live && dead) return disagreement(live.use, dead.use);
  if (live && counted.some(({ judgement }) => judgement.kind !== "live")) {
    return {
      kind: "live",
      why: "mixed_precision may be None here, and where it is not, this line asks for nothing new",
    };
  }
  const order = ["dead", "redundant", "unset", "live"] as const;
  const kind = order.find((one) => counted.some(({ judgement }) => judgement.kind === one));
  return counted.find(({ judgement }) => judgement.kind === kind)?.judgement ?? { kind: "superseded" };
}

/** Overwritten with something that only a caller knows. */
function isOpen(judgement: Judgement): boolean {
  return judgement.kind === "dead" && judgement.effective.kind === "unknown";
}

function disagreement(live: KnobUse, overwritten: KnobUse): Judgement {
  const why =
    live.recipe.name === overwritten.recipe.name
      ? `it cannot be proved that mixed_precision is set in ${live.recipe.name}, and where it is None this line takes effect`
      : `it takes effect in ${live.recipe.name}, where mixed_precision is None, and is overwritten in ${overwritten.recipe.name}`;
  return { kind: "blocked", why, rival: null };
}

function judgeUse(site: KnobSite, use: KnobUse): Judgement {
  const { effective, write } = use;
  if (!use.isLast) return { kind: "superseded" };
  if (effective.raises !== null) {
    const why = `${use.recipe.name} raises today: ${effective.raises}`;
    return { kind: "blocked", why, rival: null };
  }
  const resolved = effective.resolved(`${site.section}.${site.field}`);
  if (!resolved || resolved.decidedBy === null) return { kind: "live", why: whyLive(use) };
  const decider = deciderOf(site, use);
  if (identity(resolved.value) === identity(write.value))
    return { kind: "redundant", effective: resolved.value, decider };
  if (isConstant(write.value, null)) return { kind: "unset", effective: resolved.value };
  const dead = { kind: "dead", effective: resolved.value, decider } as const;
  if (decider?.func !== write.site.func || decider.module !== write.site.module) return dead;
  const why = `${where(decider, write.site)} of this function sets mixed_precision.${site.field} to another value, and nobody can know which of the two is meant`;
  return { kind: "blocked", why, rival: dead };
}

/** The place that wrote the knob on mixed_precision itself; null where no code of the project did. */
function deciderOf(site: KnobSite, { effective, container }: KnobUse): Site | null {
  const precision = container.fields.get("mixed_precision")?.value;
  const rival = effective.world.writes.findLast(
    (one) => one.object === precision && one.field === site.field && one.site.module.own,
  );
  return rival?.site ?? null;
}

function whyLive({ container }: KnobUse): string {
  const model = container.fields.get("model")?.value;
  return model?.kind === "object" && isMimo(model.type)
    ? "Bridge does not apply mixed_precision to a MegatronMIMO model"
    : "mixed_precision is None here, so nothing overwrites it";
}

function isMimo({ name, bases }: ClassValue): boolean {
  return name === "MegatronMIMOProvider" || bases.some((base) => base.kind === "class" && isMimo(base));
}
