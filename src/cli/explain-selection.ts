import { resolve } from "node:path";
import { comparePaths } from "../project.ts";
import { isWithin } from "../workspace/paths.ts";
import { Problem } from "../workspace/problem.ts";
import type { Target } from "../workspace/targets.ts";
import type { Preparation } from "./analyse.ts";
import type { ExplainSelection } from "./engine.ts";

/** What the command line names: a file, or one function of it. */
export interface Asked {
  readonly path: string;
  readonly function: string | null;
}

/** Takes `path::function` apart. */
export function parseAsked(named: string): Asked {
  const at = named.lastIndexOf("::");
  if (at < 0) return { path: named, function: null };
  const name = named.slice(at + 2);
  if (at > 0 && name !== "") return { path: named.slice(0, at), function: name };
  throw new Problem("a recipe is named as PATH::FUNCTION", {
    place: named,
    next: "write recipes/a.py::my_config",
  });
}

/** The files and functions that this means, in the order of their paths. */
export function selectionOf(
  asked: readonly Asked[],
  { workspace, project }: Preparation,
): ExplainSelection[] {
  const selected = new Map<string, ExplainSelection>();
  for (const one of asked) {
    for (const target of workspace.targets.filter(
      (target) => workspace.overlay !== null || covers(one, target, workspace.cwd),
    )) {
      for (const path of pathsBelow(target, project)) {
        selected.set(`${path}::${one.function ?? ""}`, { path, function: one.function });
      }
    }
  }
  return [...selected.values()].sort((a, b) => comparePaths(a.path, b.path));
}

/** Whether a target is what was asked for, patterns expanded. */
function covers(asked: Asked, target: Target, cwd: string): boolean {
  const isNamed = target.named === asked.path || resolve(cwd, target.named) === resolve(cwd, asked.path);
  if (isNamed && asked.function !== null && target.kind === "directory") {
    throw new Problem("is a directory, so it holds no function", {
      place: asked.path,
      next: "name the file: recipes/a.py::my_config",
    });
  }
  return isNamed || /[*?[{]/.test(asked.path);
}

function pathsBelow(target: Target, project: Preparation["project"]): string[] {
  return [...project.originals]
    .filter(
      ([path, { absolute }]) =>
        isWithin(target.real, absolute) && (target.kind === "file" || project.matter.has(path)),
    )
    .map(([path]) => path);
}
