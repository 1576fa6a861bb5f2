import {
  blocks,
  isConstant,
  type Expr,
  type KnobSite,
  type KnobUse,
  type ObjectValue,
  type Site,
  type Stmt,
  type Value,
  type Write,
} from "../../src/index.ts";
import { where } from "./where.ts";

/** Where a write goes, and what has to be done so that `mixed_precision` is an object there. */
export interface Place {
  readonly site: KnobSite;
  /** The expression that names the container: `cfg`. */
  readonly container: string | null;
  /** Null to write where the knob stands now; else after this statement. */
  readonly after: Stmt | null;
  /** Names of precision recipes, written out in this function, that become calls. */
  readonly literals: readonly Site[];
  /** Whether `mixed_precision` may hold a name that comes from elsewhere. */
  readonly mayBeName: boolean;
  /** The parameter that `mixed_precision` holds; its object belongs to the caller. */
  readonly parameter: string | null;
  /** The `return ConfigContainer(…)` that leaves no variable to write to. */
  readonly returned: Site | null;
}

/** Where a site's write goes; a text where it cannot be told. */
export function placeOf(site: KnobSite): Place | string {
  const uses = site.uses.filter((use) => use.isLast);
  const points = uses.map((use) => pointOf(site, use));
  const problem = points.find((point) => typeof point === "string");
  if (problem !== undefined) return problem;
  const known = points.filter((point) => typeof point !== "string");
  const [first] = known;
  if (!first) return "no recipe keeps it";
  if (first.replacedBy && known.every((point) => point.replacedBy))
    return lostMessage(first.replacedBy, site);
  const returned = known.find((point) => point.returned)?.returned ?? null;
  const anchors = known.flatMap((point) => (point.follows ? [point.follows] : []));
  const after = anchors.length > 0 && !returned ? afterAll(site, anchors) : null;
  if (typeof after === "string") return after;
  const container = known.map((point) => point.container).find((name) => name !== null) ?? null;
  if (container === null && !returned) return "there is no name for the container here";
  return {
    site,
    container,
    after,
    returned,
    literals: [...new Map(known.flatMap((point) => point.literals).map((one) => [one.start, one])).values()],
    mayBeName: known.some((point) => point.mayBeName),
    parameter: known.map((point) => point.parameter).find((name) => name !== null) ?? null,
  };
}

interface Point extends Pick<Place, "container" | "literals" | "mayBeName" | "parameter" | "returned"> {
  /** The statement that the write has to stand behind. */
  readonly follows: Stmt | null;
  /** A later assignment of `mixed_precision` in another function. */
  readonly replacedBy: Write | null;
}

function pointOf(site: KnobSite, use: KnobUse): Point | string {
  const isDirect = site.site.form === "attribute" || site.site.form === "setattr";
  const attached = isDirect ? null : attachment(site, use);
  if (attached === null && !isDirect) {
    return "the object that it is passed to gets into the container elsewhere";
  }
  const order = attached?.order ?? use.write.order;
  const assigned = use.effective.world.writes.filter(
    (write) => write.object === use.container && write.field === "mixed_precision",
  );
  const isHere = (write: Write) =>
    write.site.func === site.site.func && write.site.module === site.site.module;
  const sameStatement = (write: Write) => write.site.stmt === attached?.site.stmt;
  const after = assigned.filter((write) => write.order > order && !sameStatement(write));
  const later = after.findLast(isHere);
  const governing = later ?? assigned.findLast((write) => write.order < order || sameStatement(write));
  const state = governing ? stateAfter(governing, isHere) : stateOf(assigned[0]?.previous ?? initial(use));
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

function lostMessage(write: Write, { site }: KnobSite): string {
  return `${where(write.site, site)} assigns mixed_precision afterwards, so that a field written here would be lost`;
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

type State = Pick<Place, "literals" | "mayBeName" | "parameter">;

/** What `mixed_precision` holds after an assignment to it. */
function stateAfter(governing: Write, isHere: (write: Write) => boolean): State | string {
  const { value, site } = governing;
  const parameter = isHere(governing) ? parameterName(site) : null;
  if (parameter !== null) {
    return acceptsNone(site, parameter)
      ? `callers may pass None for ${parameter}, and then this line takes effect`
      : { literals: [], mayBeName: false, parameter };
  }
  const isLiteral = value.kind === "const" && isHere(governing) && site.value?.kind === "Constant";
  return isLiteral && value.value !== null
    ? { literals: [site], mayBeName: false, parameter: null }
    : stateOf(value);
}

/** What has to be done with a value so that it has attributes. */
function stateOf(value: Value | null): State | string {
  if (!value || isConstant(value, null)) return "mixed_precision is not set yet at this point";
  if (value.kind === "object") return { literals: [], mayBeName: false, parameter: null };
  if (value.kind === "choice") return stateOfEither(value.then, value.otherwise);
  if (value.kind !== "const") return "what mixed_precision holds here cannot be told";
  return { literals: [], mayBeName: true, parameter: null };
}

/** A name on either side takes making an object; for one that is an object already that changes nothing. */
function stateOfEither(then: Value, otherwise: Value): State | string {
  const [one, other] = [stateOf(then), stateOf(otherwise)];
  if (typeof one === "string") return one;
  return typeof other === "string" ? other : { ...one, mayBeName: one.mayBeName || other.mayBeName };
}

/** What a container that no code of the project built came with. */
function initial({ container }: KnobUse): Value | null {
  return container.fields.get("mixed_precision")?.value ?? null;
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

/** `cfg` of `cfg.ddp.knob`, else a variable that holds the container. */
function containerName({ form, target, scope, module }: Site, container: ObjectValue): string | null {
  const object = target?.kind === "Attribute" ? target.value : null;
  const owner = form === "setattr" ? target : object;
  if (owner?.kind === "Attribute" && isPath(owner.value) && container.fields.has(owner.attr)) {
    return module.text.slice(owner.value.start, owner.value.end);
  }
  for (const [name, value] of scope.vars) if (value === container || value === container.origin) return name;
  return null;
}

function isPath(expr: Expr): boolean {
  return expr.kind === "Name" || (expr.kind === "Attribute" && isPath(expr.value));
}

/** The statement after which the write has to stand so that no anchor comes behind it. */
function afterAll(site: KnobSite, anchors: readonly Stmt[]): Stmt | string {
  const { stmt, func, module, value } = site.site;
  const body = blocks.bodyOf(module.parsed().module, func?.kind === "FunctionDef" ? func : null);
  const block = blocks.commonBlock(body, [stmt, ...anchors]);
  const holders = anchors.map((anchor) => blocks.holderIn(block, anchor));
  const last = holders.reduce((a, b) => (b.start > a.start ? b : a));
  if (site.site.form === "attribute" && (!value || !blocks.isPure(value))) {
    return "its value is computed by a call, which may not move behind a later assignment of mixed_precision";
  }
  const between = block.filter((one) => one.start >= stmt.start && one.end <= last.end);
  return between.some(returns) ? "the function may return before mixed_precision is assigned" : last;
}

function returns(stmt: Stmt): boolean {
  return stmt.kind === "Return" || blocks.nested(stmt).some((block) => block.some(returns));
}
