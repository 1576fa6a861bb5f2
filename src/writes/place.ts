import type { RecipeFile } from "../codemod.ts";
import * as blocks from "../python/blocks.ts";
import { trailingComment } from "../python/edits/trailing-comment.ts";
import type { Stmt } from "../python/syntax.ts";
import { NONE, type Site, type Value, type Write } from "../recipe/value.ts";
import type { KnobSite, KnobUse } from "../sites.ts";
import { containerName } from "./container.ts";
import type { Destination } from "./destination.ts";
import { where } from "./where.ts";

/** Where a write goes, and what has to be done so that the section holds an object there. */
export interface Place {
  readonly site: KnobSite;
  /** What names the section's object where the write goes: `cfg.mixed_precision`. */
  readonly holder: string;
  /** Null to write where the knob stands now; else after this statement. */
  readonly after: Stmt | null;
  /** Constants, written out in this function, that become calls. */
  readonly literals: readonly Site[];
  /** Whether the section may hold a constant that comes from elsewhere. */
  readonly mayBeConstant: boolean;
  /** The parameter that the section holds; its object belongs to the caller. */
  readonly parameter: string | null;
  /** The `return ConfigContainer(…)` that leaves no variable to write to. */
  readonly returned: Site | null;
}

/** Whether the write goes where the knob stands now. */
export function isInPlace(place: Place): boolean {
  return place.after === null && place.returned === null;
}

/** The statement that writes a place's knob on the section, with the comment that the old one had. */
export function writeLine(file: RecipeFile, { site, holder }: Place): string {
  const comment = site.site.form === "attribute" ? trailingComment(file.text, site.site.stmt) : "";
  return `${holder}.${site.field} = ${valueText(site)}${comment}`;
}

/** The written value, as the source has it. */
export function valueText({ site }: KnobSite): string {
  return site.value ? site.module.text.slice(site.value.start, site.value.end) : "";
}

/** Where a site's write goes; a text where it cannot be told. */
export function placeOf(site: KnobSite, to: Destination): Place | string {
  const uses = site.uses.filter((use) => use.isLast);
  const points = uses.map((use) => pointOf(site, use, to));
  const problem = points.find((point) => typeof point === "string");
  if (problem !== undefined) return problem;
  const known = points.filter((point) => typeof point !== "string");
  const [first] = known;
  if (!first) return "no recipe keeps it";
  if (first.replacedBy && known.every((point) => point.replacedBy))
    return lostMessage(first.replacedBy, site, to);
  const returned = known.find((point) => point.returned)?.returned ?? null;
  const anchors = known.flatMap((point) => (point.follows ? [point.follows] : []));
  const after = anchors.length > 0 && !returned ? afterAll(site, anchors, to) : null;
  if (typeof after === "string") return after;
  const container = known.map((point) => point.container).find((name) => name !== null) ?? null;
  if (container === null && !returned) return "there is no name for the container here";
  return {
    site,
    holder: container === null ? to.section : `${container}.${to.section}`,
    after,
    returned,
    literals: [...new Map(known.flatMap((point) => point.literals).map((one) => [one.start, one])).values()],
    mayBeConstant: known.some((point) => point.mayBeConstant),
    parameter: known.map((point) => point.parameter).find((name) => name !== null) ?? null,
  };
}

interface Point extends Pick<Place, "literals" | "mayBeConstant" | "parameter" | "returned"> {
  /** The expression that names the container: `cfg`. */
  readonly container: string | null;
  /** The statement that the write has to stand behind. */
  readonly follows: Stmt | null;
  /** A later assignment of the section in another function. */
  readonly replacedBy: Write | null;
}

function pointOf(site: KnobSite, use: KnobUse, to: Destination): Point | string {
  const isDirect = site.site.form === "attribute" || site.site.form === "setattr";
  const attached = isDirect ? null : attachment(site, use);
  if (attached === null && !isDirect) {
    return "the object that it is passed to gets into the container elsewhere";
  }
  const order = attached?.order ?? use.write.order;
  const assigned = use.effective.world.writes.filter(
    (write) => write.object === use.container && write.field === to.section,
  );
  const isHere = (write: Write) =>
    write.site.func === site.site.func && write.site.module === site.site.module;
  const sameStatement = (write: Write) => write.site.stmt === attached?.site.stmt;
  const after = assigned.filter((write) => write.order > order && !sameStatement(write));
  const later = after.findLast(isHere);
  const governing = later ?? assigned.findLast((write) => write.order < order || sameStatement(write));
  const state = governing
    ? stateAfter(governing, isHere, to)
    : stateOf(assigned[0]?.previous ?? use.container.fields.get(to.section)?.value ?? null, to);
  if (typeof state === "string") return state;
  const isReturned = !later && attached?.site.stmt.kind === "Return";
  return {
    ...state,
    container: containerName(site.site, use.container),
    replacedBy: after.find((write) => !isHere(write)) ?? null,
    follows: later?.site.stmt ?? (isReturned ? null : (attached?.site.stmt ?? null)),
    returned: isReturned && governing && isHere(governing) ? governing.site : null,
  };
}

function lostMessage(write: Write, { site }: KnobSite, { section }: Destination): string {
  return `${where(write.site, site)} assigns ${section} afterwards, so that a field written here would be lost`;
}

/** The write that put the object into the container, if the same function did. */
function attachment(site: KnobSite, use: KnobUse): Write | null {
  return (
    use.effective.world.writes.find(
      (write) =>
        write.object === use.container &&
        write.value === use.write.object &&
        write.site.func === site.site.func,
    ) ?? null
  );
}

type State = Pick<Place, "literals" | "mayBeConstant" | "parameter">;

/** What the section holds after an assignment to it. */
function stateAfter(governing: Write, isHere: (write: Write) => boolean, to: Destination): State | string {
  const { value, site } = governing;
  const parameter = isHere(governing) ? parameterName(site) : null;
  if (parameter !== null) {
    return acceptsNone(site, parameter)
      ? `callers may pass None for ${parameter}, and then this line takes effect`
      : { literals: [], mayBeConstant: false, parameter };
  }
  const isLiteral = value.kind === "const" && isHere(governing) && site.value?.kind === "Constant";
  return isLiteral && to.accepts(value.value)
    ? { literals: [site], mayBeConstant: false, parameter: null }
    : stateOf(value, to);
}

/** What has to be done with a value so that it has attributes. */
function stateOf(value: Value | null, to: Destination): State | string {
  const constant = value ?? NONE;
  if (constant.kind === "object") return { literals: [], mayBeConstant: false, parameter: null };
  if (constant.kind === "choice") return stateOfEither([constant.then, constant.otherwise], to);
  if (constant.kind !== "const") return `what ${to.section} holds here cannot be told`;
  return to.accepts(constant.value)
    ? { literals: [], mayBeConstant: true, parameter: null }
    : `${to.section} is not set yet at this point`;
}

/** A constant on either side takes making an object; for one that is an object already that changes nothing. */
function stateOfEither(sides: readonly [Value, Value], to: Destination): State | string {
  const [one, other] = [stateOf(sides[0], to), stateOf(sides[1], to)];
  if (typeof one === "string") return one;
  if (typeof other === "string") return other;
  return { ...one, mayBeConstant: one.mayBeConstant || other.mayBeConstant };
}

function parameterName({ value, func }: Site): string | null {
  if (value?.kind !== "Name" || !func) return null;
  return func.params.some((param) => param.name === value.id) ? value.id : null;
}

/** Whether a parameter's annotation or default lets its callers pass None. */
function acceptsNone({ func, module }: Site, name: string): boolean {
  const param = func?.params.find((one) => one.name === name);
  const annotation = param?.annotation;
  const text = annotation ? module.text.slice(annotation.start, annotation.end) : "";
  const isNone = param?.default?.kind === "Constant" && param.default.value === null;
  return isNone || /\b(?:None|Optional)\b/.test(text);
}

/** The statement after which the write has to stand so that no anchor comes behind it. */
function afterAll(site: KnobSite, anchors: readonly Stmt[], to: Destination): Stmt | string {
  const { stmt, func, module, value } = site.site;
  const body = blocks.bodyOf(module.parsed().module, func?.kind === "FunctionDef" ? func : null);
  const block = blocks.commonBlock(body, [stmt, ...anchors]);
  const last = blocks.lastHolder(block, anchors) ?? stmt;
  if (site.site.form === "attribute" && (!value || !blocks.isPure(value))) {
    return `its value is computed by a call, which may not move behind a later assignment of ${to.section}`;
  }
  const between = block.filter((one) => one.start >= stmt.start && one.end <= last.end);
  return between.some(blocks.mayReturn) ? `the function may return before ${to.section} is assigned` : last;
}
