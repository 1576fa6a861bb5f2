import type { Finding, RecipeFile } from "../codemod.ts";
import type { Call, Expr, Stmt } from "../python/syntax.ts";
import { ownExpressions, statements, walkExpression } from "../python/walk.ts";
import type { Overwriter } from "./destination.ts";

const OWNERS = /(?:^|\.)(DistributedDataParallelConfig|OptimizerConfig)$/;
const OWNER = /\b(?:DistributedDataParallelConfig|OptimizerConfig)\b/;

/** Which of its sections' fields the `setup` of `by` writes. */
interface Written {
  readonly by: Overwriter;
  readonly writes: (section: string, field: string) => boolean;
}

/** Notes on DDP and optimizer configurations that no recipe of the project puts into a container: no `setup` reaches them. */
export function* unheld(file: RecipeFile, { by, writes }: Written): Generator<Finding> {
  if (!file.text.includes("DistributedDataParallelConfig(") && !file.text.includes("OptimizerConfig("))
    return;
  const seen = new Set(file.sites.map(({ site }) => site.start));
  for (const call of callsWith(file, OWNER)) {
    const owner = ownerOf(file, call);
    const section = owner === "OptimizerConfig" ? "optimizer" : "ddp";
    const knob =
      owner === null ? undefined : call.args.find(({ name }) => name !== null && writes(section, name));
    if (!knob || call.args.some((arg) => seen.has(arg.start)) || file.wasRun(call)) continue;
    const message = `${owner ?? ""}(${knob.name ?? ""}=…) is left alone: no ConfigContainer of this project holds it, so ${by} is never applied to it.`;
    yield { rule: "left-alone", severity: "info", span: call.argsSpan, message, fix: null };
  }
}

/** The configuration of Megatron's that a call makes; null where it makes something else. */
function ownerOf(file: RecipeFile, { func }: Call): string | null {
  const owner = OWNERS.exec(file.text.slice(func.start, func.end))?.[1] ?? null;
  return owner !== null && file.importedFrom(owner)?.startsWith("megatron.") === true ? owner : null;
}

/** The calls in the top-level statements that have a word: a look for it spares the walk through most of a file. */
export function callsWith(file: RecipeFile, word: RegExp): readonly Call[] {
  if (!word.test(file.text)) return [];
  const found: Expr[] = [];
  const visit = (block: readonly Stmt[]) => {
    for (const stmt of statements(block)) {
      for (const expr of ownExpressions(stmt)) found.push(...walkExpression(expr));
      if (stmt.kind === "FunctionDef") visit(stmt.body);
    }
  };
  visit(file.source.parsed().module.body.filter((stmt) => word.test(file.text.slice(stmt.start, stmt.end))));
  return found.filter((expr) => expr.kind === "Call");
}
