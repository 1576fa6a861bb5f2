import {
  launch,
  runningRecipes,
  type RecipeFile,
  type RunningRecipe,
  type Site,
  type Value,
  type Write,
} from "../../src/index.ts";

type Analysis = RecipeFile["analysis"];
type DictValue = Extract<Value, { kind: "dict" }>;

/** What recipes say about their environment in one file. */
export interface Environments {
  /** Entries for the number of connections. */
  readonly connections: readonly {
    readonly recipe: RunningRecipe;
    readonly site: Site;
    readonly value: unknown;
  }[];
  /** Assignments of `env_vars` as a whole. */
  readonly assignments: readonly { readonly recipe: RunningRecipe; readonly write: Write }[];
}

type Collected = { -readonly [Key in keyof Environments]: Environments[Key][number][] };

const NOTHING: Environments = { connections: [], assignments: [] };
const collected = new WeakMap<Analysis, ReadonlyMap<string, Collected>>();

export function environmentsIn({ analysis, path }: RecipeFile): Environments {
  let byFile = collected.get(analysis);
  if (!byFile) collected.set(analysis, (byFile = collect(analysis)));
  return byFile.get(path) ?? NOTHING;
}

function collect(analysis: Analysis): ReadonlyMap<string, Collected> {
  const byFile = new Map<string, Collected>();
  const at = ({ path }: { readonly path: string }) => {
    const known = byFile.get(path) ?? { connections: [], assignments: [] };
    byFile.set(path, known);
    return known;
  };
  for (const recipe of runningRecipes(analysis)) {
    const { container, world } = recipe.effective;
    const env = dictOf(container?.fields.get("env_vars")?.value ?? null);
    const slot = env?.entries.get(JSON.stringify(launch.CONNECTIONS));
    if (slot?.site && slot.value.kind === "const")
      at(slot.site.module).connections.push({ recipe, site: slot.site, value: slot.value.value });
    for (const write of world.writes)
      if (write.object === container && write.field === "env_vars")
        at(write.site.module).assignments.push({ recipe, write });
  }
  return byFile;
}

export function dictOf(value: Value | null): DictValue | null {
  return value?.kind === "dict" ? value : null;
}
