import type { Analysis } from "./analysis.ts";
import { SECTIONS, type Section } from "./bridge/names.ts";
import { effectiveOf, type Effective } from "./effects.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import { scenariosOf } from "./scenarios.ts";
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
  /** What runs under the first of the scenarios asked for; what it declares is the same under all. */
  readonly effective: Effective;
  /** What runs under each of them. */
  readonly effectives: readonly Effective[];
  readonly container: ObjectValue;
  readonly write: Write;
  /** Whether no later write to the same field of the same object follows. */
  readonly isLast: boolean;
}

/** What one way of a recipe writes in one file. */
interface Part {
  readonly recipe: Evaluation;
  readonly effective: Effective;
  readonly effectives: readonly Effective[];
  readonly container: ObjectValue;
  readonly writes: readonly { readonly section: Section; readonly write: Write }[];
}

/** The parts of each file, in the order of recipes and of their ways. */
type PartsByFile = ReadonlyMap<string, readonly Part[]>;

const collected = new WeakMap<Analysis, PartsByFile>();

/** The last sites of each file, for a project and what edits make of it: most files outlive an edit. */
const latest = new WeakMap<Analysis["project"]["input"], Map<string, SitesOfFile>>();

interface SitesOfFile {
  readonly parts: readonly Part[];
  readonly sites: readonly KnobSite[];
}

/** The sites of a file, in source order; the same array as before an edit that changed none of them. */
export function sitesIn(analysis: Analysis, path: string): readonly KnobSite[] {
  const { input } = analysis.project;
  const parts = partsByFile(analysis).get(path) ?? [];
  let table = latest.get(input);
  if (!table) latest.set(input, (table = new Map<string, SitesOfFile>()));
  const before = table.get(path);
  if (before?.parts.length === parts.length && parts.every((part, index) => part === before.parts[index]))
    return before.sites;
  const sites = sitesOf(parts);
  table.set(path, { parts, sites });
  return sites;
}

function partsByFile(analysis: Analysis): PartsByFile {
  let found = collected.get(analysis);
  if (!found) collected.set(analysis, (found = collectParts(analysis)));
  return found;
}

function collectParts(analysis: Analysis): PartsByFile {
  const byFile = new Map<string, Part[]>();
  for (const recipe of analysis.recipes) {
    // Arguments may lead past places that a call with defaults never sees.
    for (const one of new Set([recipe, analysis.calledWithAnything(recipe)])) {
      const scenarios = scenariosOf(analysis, recipe);
      for (const world of one.worlds) {
        const effectives = scenarios.map((scenario) => effectiveOf(world, scenario));
        for (const [path, part] of partsOfWorld(one, effectives)) {
          const inFile = byFile.get(path);
          if (inFile) inFile.push(part);
          else byFile.set(path, [part]);
        }
      }
    }
  }
  return byFile;
}

const worlds = new WeakMap<Effective, ReadonlyMap<string, Part>>();

/** What a way of a recipe writes, by file; worked out once, however often the project is edited elsewhere. */
function partsOfWorld(recipe: Evaluation, effectives: readonly Effective[]): ReadonlyMap<string, Part> {
  const [effective] = effectives;
  if (!effective) return new Map();
  const known = worlds.get(effective);
  if (known) return known;
  const parts = new Map<string, Part & { readonly writes: { section: Section; write: Write }[] }>();
  worlds.set(effective, parts);
  const { container, world } = effective;
  if (!container) return parts;
  const roles = rolesOf(container);
  for (const write of world.writes) {
    const section = roles.get(write.object);
    const { module } = write.site;
    if (section === undefined || !module.own) continue;
    const part = parts.get(module.path);
    if (part) part.writes.push({ section, write });
    else parts.set(module.path, { recipe, effective, effectives, container, writes: [{ section, write }] });
  }
  return parts;
}

function sitesOf(parts: readonly Part[]): readonly KnobSite[] {
  // A place writes one field, or the few of a call that makes several objects.
  const places = new Map<number, OpenSite[]>();
  for (const part of parts) {
    for (const { section, write } of part.writes) {
      const { site, field } = write;
      let sites = places.get(site.start);
      if (!sites) places.set(site.start, (sites = []));
      let same = sites.find((one) => one.section === section && one.field === field);
      if (!same) sites.push((same = openSite(site, section, field)));
      same.found.push({ part, write });
    }
  }
  return [...places.values()].flat().sort((a, b) => a.site.start - b.site.start);
}

interface Found {
  readonly part: Part;
  readonly write: Write;
}

type OpenSite = KnobSite & { readonly found: Found[] };

/** Of most sites nobody asks more than which knob they write. */
function openSite(site: Site, section: Section, field: string): OpenSite {
  const found: Found[] = [];
  let uses: readonly KnobUse[] | null = null;
  return {
    site,
    section,
    field,
    found,
    get uses() {
      return (uses ??= found.map(useOf));
    },
  };
}

function useOf({ part, write }: Found): KnobUse {
  const { recipe, effective, effectives, container } = part;
  const isLast = write.object.fields.get(write.field)?.write === write;
  return { recipe, effective, effectives, container, write, isLast };
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
