// The oracle's names for recipes, and which of them count.

/** The names of all recipes among the oracle's records. */
export function recipeNames(records) {
  return Object.keys(records).filter((name) => name !== "_meta");
}

/** Whether a stage of a record holds a configuration, not an error. */
export function isEvaluated(stage) {
  return stage !== undefined && !("error" in stage);
}

/**
 * The name under which a recipe is found among ours: its own, or, for a mere assignment of another function
 * (`b200_config = gb200_config`), that function's, in the same module first. `undefined` if it is neither.
 */
export function resolveName(name, records, ours) {
  if (ours.has(name)) return name;
  const target = records[name]?.alias_of;
  if (target === undefined) return undefined;
  const sibling = `${name.slice(0, name.lastIndexOf("."))}.${target}`;
  if (ours.has(sibling)) return sibling;
  const candidates = recipeNames(records).filter((other) => other.endsWith(`.${target}`) && ours.has(other));
  return candidates.length === 1 ? candidates[0] : undefined;
}
