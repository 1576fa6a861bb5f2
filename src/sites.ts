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
  const byPlace = new Map<string, KnobSite & { uses: KnobUse[] }>();
  for (const recipe of analysis.recipes) {
    // Arguments may lead past places that a call with defaults never sees.
    for (const one of new Set([recipe, analysis.calledWithAnything(recipe)])) {
      for (const world of one.worlds) addWorld(byPlace, one, effectiveOf(world, analysis.catalog.version));
    }
  }
  const byFile = new Map<string, KnobSite[]>();
  for (const site of byPlace.values()) {
    const path = site.site.module.path;
    const known = byFile.get(path);
    if (known) known.push(site);
    else byFile.set(path, [site]);
  }
  for (const sites of byFile.values()) sites.sort((a, b) => a.site.start - b.site.start);
  return byFile;
}

function addWorld(
  byPlace: Map<string, KnobSite & { uses: KnobUse[] }>,
  recipe: Evaluation,
  effective: Effective,
): void {
  const { container, world } = effective;
  if (!container) return;
  const roles = rolesOf(container);
  const last = new Map(world.writes.map((write) => [`${write.object.id}.${write.field}`, write]));
  for (const write of world.writes) {
    const section = roles.get(write.object);
    if (section === undefined || !write.site.module.own) continue;
    const isLast = last.get(`${write.object.id}.${write.field}`) === write;
    const use = { recipe, effective, container, write, isLast };
    const key = `${write.site.module.path}:${write.site.start}:${section}.${write.field}`;
    const known = byPlace.get(key);
    if (known) known.uses.push(use);
    else byPlace.set(key, { site: write.site, section, field: write.field, uses: [use] });
  }
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
