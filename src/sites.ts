import type { Analysis } from "./analysis.ts";
import { SECTIONS, type Section } from "./bridge/names.ts";
import { effectiveOf, type Effective } from "./effects.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import type { ObjectValue, Site, Write } from "./recipe/value.ts";

/** A place in the source that writes a field of a section of some container. */
export interface KnobSite {
  readonly site: Site;
  readonly section: Section;
  readonly field: string;
  /** Each time that a recipe of the project ran through the place and kept the object. */
  readonly uses: readonly KnobUse[];
}

/** One recipe, in one of its ways, that ran through a site. */
export interface KnobUse {
  readonly recipe: Evaluation;
  readonly effective: Effective;
  readonly container: ObjectValue;
  readonly write: Write;
  /** Whether no later write to the same field of the same object follows. */
  readonly isLast: boolean;
}

const cache = new WeakMap<Analysis, ReadonlyMap<string, readonly KnobSite[]>>();

/** The sites of each file of the project, in source order. */
export function sitesByFile(analysis: Analysis): ReadonlyMap<string, readonly KnobSite[]> {
  let sites = cache.get(analysis);
  if (!sites) {
    sites = collectSites(analysis);
    cache.set(analysis, sites);
  }
  return sites;
}

function collectSites(analysis: Analysis): ReadonlyMap<string, readonly KnobSite[]> {
  const places: Places = new Map();
  for (const recipe of analysis.recipes) {
    // Arguments may lead past places that a call with defaults never sees.
    for (const one of new Set([recipe, analysis.calledWithAnything(recipe)])) {
      for (const world of one.worlds) addWorld(places, one, effectiveOf(world, analysis.catalog.version));
    }
  }
  return new Map(
    [...places].map(([path, inFile]) => {
      const sites = [...inFile.values()].flat();
      return [path, sites.sort((a, b) => a.site.start - b.site.start)];
    }),
  );
}

function addWorld(places: Places, recipe: Evaluation, effective: Effective): void {
  const { container, world } = effective;
  if (!container) return;
  const roles = rolesOf(container);
  for (const write of world.writes) {
    const section = roles.get(write.object);
    if (section === undefined || !write.site.module.own) continue;
    const isLast = write.object.fields.get(write.field)?.write === write;
    const use = { recipe, effective, container, write, isLast };
    const sites = sitesAt(places, write.site);
    const known = sites.find((one) => one.section === section && one.field === write.field);
    if (known) known.uses.push(use);
    else sites.push({ site: write.site, section, field: write.field, uses: [use] });
  }
}

type OpenSite = KnobSite & { readonly uses: KnobUse[] };

/** Sites by file and offset: a place writes one field, or the few of a call that makes several objects. */
type Places = Map<string, Map<number, OpenSite[]>>;

function sitesAt(places: Places, { module, start }: Site): OpenSite[] {
  let inFile = places.get(module.path);
  if (!inFile) places.set(module.path, (inFile = new Map<number, OpenSite[]>()));
  let sites = inFile.get(start);
  if (!sites) inFile.set(start, (sites = []));
  return sites;
}

/** Which section of the container each object is. A model that wraps its transformer's config is both. */
function rolesOf(container: ObjectValue): ReadonlyMap<ObjectValue, Section> {
  const roles = new Map<ObjectValue, Section>();
  for (const section of SECTIONS) {
    const value = container.fields.get(section)?.value;
    if (value?.kind !== "object") continue;
    roles.set(value, section);
    const inner = section === "model" ? value.fields.get("transformer")?.value : null;
    if (inner?.kind === "object") roles.set(inner, section);
  }
  return roles;
}
