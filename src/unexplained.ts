import type { UnexplainedFunction } from "./outcome.ts";
import { lineAt } from "./python/source.ts";
import { returnsContainer } from "./recipe/discover.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import type { PythonError } from "./recipe/machine.ts";
import type { Value } from "./recipe/value.ts";
import type { World } from "./recipe/worlds.ts";

/** Code that is meant as a recipe and is none as far as can be told, with the reason; null for what is not meant so. */
export function unexplained(evaluation: Evaluation): UnexplainedFunction | null {
  const { candidate, worlds, incomplete } = evaluation;
  const { module, name, stmt } = candidate;
  if (!returnsContainer(candidate) && !worlds.some(({ launched }) => launched.length > 0)) return null;
  const reasons = new Set(worlds.map(reasonIn));
  if (incomplete !== null) reasons.add(incomplete);
  return {
    file: module.path,
    module: module.name,
    function: name ?? "<module>",
    line: lineAt(module.text, stmt.start),
    reason: [...reasons].join("; or ") || "nothing of it runs",
  };
}

function reasonIn({ error, result }: World): string {
  if (error) return raisedText(error);
  return result ? endText(result) : "it never ends";
}

function raisedText({ type, message, place }: PythonError): string {
  const what = message === "" || message === type ? type : `${type}: ${message}`;
  if (!place) return `it raises ${what}`;
  const { module } = place.scope;
  return `it raises ${what} (${module.path}:${lineAt(module.text, place.stmt.start)})`;
}

function endText(value: Value): string {
  if (value.kind === "unknown") return `it ends with ${value.shown}, of which nothing can be told`;
  if (value.kind === "choice") return "it ends with what a condition decides that cannot be computed";
  if (value.kind === "const")
    return value.value === null ? "it ends with None" : `it ends with ${JSON.stringify(value.value)}`;
  const type = value.kind === "object" ? value.type.name : value.kind;
  return `it ends with a ${type}, which is no ConfigContainer as far as can be told`;
}
