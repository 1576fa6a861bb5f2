import { walk, type Finding, type RecipeFile } from "../../src/index.ts";
import { isOverlapKnob } from "./fields.ts";

const OWNERS: Readonly<Record<string, string>> = {
  DistributedDataParallelConfig: "ddp",
  OptimizerConfig: "optimizer",
};

/** Flags passed to a DDP or optimizer configuration that no recipe of the project puts into a container. */
export function* unheldConfigs(file: RecipeFile): Generator<Finding> {
  const owners = Object.keys(OWNERS).filter((owner) => file.text.includes(`${owner}(`));
  if (owners.every((owner) => file.importedFrom(owner)?.startsWith("megatron.") !== true)) return;
  const seen = new Set(file.sites.map(({ site }) => site.start));
  for (const expr of walk.moduleExpressions(file.source.parsed().module)) {
    const owner = expr.kind === "Call" && expr.func.kind === "Name" ? expr.func.id : "";
    const section = OWNERS[owner];
    if (expr.kind !== "Call" || section === undefined || !owners.includes(owner)) continue;
    const flag = expr.args.find(({ name }) => name !== null && isOverlapKnob(section, name));
    if (!flag || expr.args.some((arg) => seen.has(arg.start)) || file.wasRun(expr)) continue;
    const message = `${owner}(${flag.name ?? ""}=…) is left alone: no ConfigContainer of this project holds it, so comm_overlap is never applied to it.`;
    yield { rule: "left-alone", severity: "info", span: expr.argsSpan, message, fix: null };
  }
}
