import type { Effective } from "./effects.ts";
import { BRIDGE } from "./missing-imports.ts";
import type { RemainingFinding } from "./outcome.ts";
import { lineAt } from "./python/source.ts";
import type { Evaluation } from "./recipe/evaluate.ts";
import { inputsOf, writesTo } from "./writes-to.ts";

/**
 * What will be warned about or raised in each way that the recipe can go, at the line that decides: the last one to
 * write what Bridge copies to the knob, else the knob.
 */
export function startUpFindings(
  { candidate, incomplete }: Evaluation,
  ways: readonly Effective[],
): RemainingFinding[] {
  // Some way that was not tried may go without.
  if (incomplete !== null) return [];
  const [first, ...others] = ways.map((way) => way.notices());
  const certain = (first ?? []).filter(({ message }) =>
    others.every((notices) => notices.some((one) => one.message === message)),
  );
  return certain.map(({ rule, severity, knob, message }) => {
    const last = inputsOf(knob)
      .flatMap((input) => ways.flatMap((way) => writesTo(way, input)))
      .findLast(({ site }) => site.module === candidate.module);
    const line = lineAt(candidate.module.text, last?.site.start ?? candidate.stmt.start);
    return { codemod: BRIDGE, rule, severity, line, message };
  });
}
