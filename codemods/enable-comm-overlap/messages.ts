import type { Decision } from "./decision.ts";
import { statementsFor } from "./fix.ts";
import type { Plan } from "./plan.ts";

/** What a fix adds, why that overlaps, and how to check it. */
export function addedMessage(plan: Plan, statements: readonly string[], path: string): string {
  return [
    "This recipe could overlap communication with computation and does not ask for it.",
    `Added: ${statements.join("; ")}.`,
    ...reasons(plan),
    `To check: \`bridgemod explain ${path}\` shows what then runs and what decided it; Bridge's own test of these rules is tests/unit_tests/training/test_comm_overlap.py.`,
  ].join(" ");
}

function reasons({ parts }: Plan): string[] {
  return Object.values(parts).flatMap((part) => (part.kind === "add" ? [`${part.why}.`] : []));
}

/** What could be added but is not, because it is not this recipe's alone to decide. */
export function handedOverMessage({ plan, why }: Extract<Decision, { kind: "hand over" }>): string {
  const statements = statementsFor(plan, "cfg", "CommOverlapConfig").map(({ text }) => text);
  const what = statements.length > 0 ? ` It could have: ${statements.join("; ")}.` : "";
  return `Communication overlap is left for you to add: ${why}.${what}`;
}

export function deferredMessage({ to }: Extract<Decision, { kind: "defer" }>): string {
  return `Communication overlap is added in ${to.name}, which this recipe is made from; run this over ${to.candidate.module.path}, too.`;
}
