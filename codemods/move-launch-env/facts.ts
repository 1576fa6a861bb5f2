import {
  gpuOf,
  isContainer,
  launch,
  type KnobUse,
  type ObjectValue,
  type RaisedUse,
  type RecipeFile,
  type Value,
} from "../../src/index.ts";
import { constantOf, type Setting } from "./settings.ts";

type Read = (knob: string) => Value | null;

/** What decides about launch-time settings in one recipe. */
export function factsOf(recipe: string, file: RecipeFile, read: Read): launch.LaunchFacts {
  const size = (axis: string) => numberOf(read(`model.${axis}_parallel_size`));
  const backend = constant(read("model.moe_flex_dispatcher_backend"));
  const isFlex = constant(read("model.moe_token_dispatcher_type"));
  return {
    family: launch.gpuFamily(file.analysis.scenarios.gpu ?? gpuOf(recipe)),
    tp: size("tensor_model"),
    cp: size("context"),
    pp: size("pipeline_model"),
    dp: null,
    expertOverlap: truthOf(read("model.overlap_moe_expert_parallel_comm")),
    flexDispatcher:
      isFlex === undefined ? null : isFlex === "flex" && (backend === "deepep" || backend === "hybridep"),
    fsdp: isSharded(read),
  };
}

/** The facts of a recipe as it runs. */
export function runningFacts(
  file: RecipeFile,
  recipe: string,
  effective: KnobUse["effective"],
): launch.LaunchFacts {
  const { container } = effective;
  const read: Read = (knob) =>
    knob.startsWith("dist.") && container
      ? fieldOf(container, knob)
      : (effective.resolved(knob)?.value ?? null);
  return factsOf(recipe, file, read);
}

/** Whether Megatron-FSDP shards, by either of its flags; nothing is known of what its second version needs. */
function isSharded(read: Read): boolean | null {
  const own = truthOf(read("ddp.use_megatron_fsdp"));
  if (own !== true && truthOf(read("dist.use_megatron_fsdp")) !== true) return own;
  return constant(read("ddp.megatron_fsdp_version")) === 2 ? null : true;
}

/** The facts of a recipe that raises: what it had written until then. */
export function factsSoFar(file: RecipeFile, { recipe, scope }: RaisedUse): launch.LaunchFacts {
  const container = [...scope.vars.values()].find(isContainer);
  return factsOf(recipe.name, file, (knob) => (container ? fieldOf(container, knob) : null));
}

function fieldOf(container: ObjectValue, knob: string): Value | null {
  const [section = "", field = ""] = knob.split(".");
  const held = container.fields.get(section)?.value;
  return held?.kind === "object" ? (held.fields.get(field)?.value ?? null) : null;
}

/** Why a recipe must not get settings; null where nothing stands against them. */
export function objection(
  file: RecipeFile,
  settings: readonly Setting[],
  recipes: readonly { readonly name: string; readonly facts: launch.LaunchFacts }[],
): string | null {
  const wanted = settings.find(({ name }) => name === launch.CONNECTIONS);
  if (!wanted) return null;
  for (const { name, facts } of recipes) {
    const [conflict] = launch.conflictsWith(constantOf(wanted), facts, file.analysis.catalog.version);
    if (conflict) return `in ${name}, ${conflict.why}: ${conflict.instead}`;
  }
  return null;
}

function constant(value: Value | null): unknown {
  return value?.kind === "const" ? value.value : undefined;
}

function numberOf(value: Value | null): number | null {
  const held = constant(value);
  return typeof held === "number" ? held : held === null ? 1 : null;
}

function truthOf(value: Value | null): boolean | null {
  const held = constant(value);
  return held === undefined ? null : Boolean(held);
}
