import type { Expr } from "../python/syntax.ts";
import type { ObjectValue, Site } from "../recipe/value.ts";

/** `cfg` of `cfg.ddp.knob`, else a variable that holds the container. */
export function containerName({ form, target, scope, module }: Site, container: ObjectValue): string | null {
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
