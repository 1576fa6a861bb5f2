import type { Expr, Match, Name, Pattern } from "./syntax.ts";

/** The expressions of a pattern, the names that it binds included. */
export function patternExpressions(pattern: Pattern): readonly Expr[] {
  const own =
    pattern.kind === "Value"
      ? [pattern.value]
      : pattern.kind === "Class"
        ? [pattern.type]
        : pattern.kind === "Mapping"
          ? pattern.entries.map(({ key }) => key)
          : [];
  return [...own, ...childPatterns(pattern).flatMap(patternExpressions), ...ownCapture(pattern)];
}

function childPatterns(pattern: Pattern): readonly Pattern[] {
  switch (pattern.kind) {
    case "As":
      return [pattern.pattern];
    case "Or":
      return pattern.options;
    case "Sequence":
      return pattern.items;
    case "Mapping":
      return pattern.entries.map(({ value }) => value);
    case "Class":
      return [...pattern.args, ...pattern.named.map(({ value }) => value)];
    default:
      return [];
  }
}

function ownCapture(pattern: Pattern): readonly Name[] {
  const name = "name" in pattern ? pattern.name : pattern.kind === "Mapping" ? pattern.rest : null;
  return name ? [name] : [];
}

/** The names that a pattern binds; one that stands in several alternatives comes several times. */
export function capturesOf(pattern: Pattern): readonly Name[] {
  return [...childPatterns(pattern).flatMap(capturesOf), ...ownCapture(pattern)];
}

/** The names that a `match` binds in any of its cases. */
export function matchCaptures({ cases }: Match): readonly Name[] {
  return cases.flatMap(({ pattern }) => capturesOf(pattern));
}
