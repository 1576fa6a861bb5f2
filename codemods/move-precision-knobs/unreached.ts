import { walk, writes, type Call, type Finding, type FunctionDef, type RecipeFile } from "../../src/index.ts";

/** Attributes written on a `MixedPrecisionConfig` that has no such field: Python accepts them, Bridge never reads them. */
export function* unknownFields(file: RecipeFile): Generator<Finding> {
  for (const { site, section, field, uses } of file.sites) {
    if (section !== "mixed_precision" || site.form === "keyword" || field.startsWith("_")) continue;
    const type = uses[0]?.write.object.type;
    if (!type || file.fieldNames(type).has(field)) continue;
    const message = `mixed_precision.${field} is no field of ${type.name}: the assignment is accepted and never copied anywhere. Check the name.`;
    yield { rule: "unknown-precision-field", severity: "info", span: site, message, fix: null };
  }
}

/** `setattr(cfg.ddp, name, value)` with a name that is computed: it may write any of the knobs. */
export function* computedNames(file: RecipeFile): Generator<Finding> {
  for (const call of setattrCalls(file)) {
    const [object, name] = call.args;
    if (!object || !name || name.value.kind === "Constant") continue;
    const shown = file.text.slice(object.value.start, object.value.end);
    const section = /(?:^|\.)(ddp|optimizer|model)$/.exec(shown)?.[1];
    if (section === undefined || !file.wasRun(call)) continue;
    const message = `setattr on ${shown} with a computed name may write a precision knob (${examples(section)}), which mixed_precision.setup() would overwrite. Write those on mixed_precision.`;
    yield { rule: "computed-knob", severity: "warning", span: call, message, fix: null };
  }
}

function examples(section: string): string {
  if (section === "ddp") return "grad_reduce_in_fp32, fp8_param_gather, reuse_grad_buf_for_mxfp8_param_ag";
  return section === "model"
    ? "fp8, fp8_recipe, params_dtype, pipeline_dtype …"
    : "params_dtype, loss_scale …";
}

function setattrCalls(file: RecipeFile) {
  return writes
    .callsWith(file, /\bsetattr\b/)
    .filter(({ func }) => func.kind === "Name" && func.id === "setattr");
}

const OWNERS = /(?:^|\.)(DistributedDataParallelConfig|OptimizerConfig)$/;
const OWNER = /\b(?:DistributedDataParallelConfig|OptimizerConfig)\b/;

function mentionsOwner({ text }: RecipeFile): boolean {
  return text.includes("DistributedDataParallelConfig(") || text.includes("OptimizerConfig(");
}

/** `DistributedDataParallelConfig(**kwargs)` of a parameter: it may hold any of the knobs. */
export function* spreadArguments(file: RecipeFile): Generator<Finding> {
  if (!mentionsOwner(file)) return;
  for (const func of file.source.parsed().module.body) {
    if (func.kind !== "FunctionDef" || !OWNER.test(file.text.slice(func.start, func.end))) continue;
    if (!file.wasRun(func)) continue;
    for (const expr of walk.blockExpressions(func.body)) {
      const spread = expr.kind === "Call" && isOwner(file, expr) ? parameterSpread(func, expr) : null;
      if (spread === null || expr.kind !== "Call") continue;
      const owner = file.text.slice(expr.func.start, expr.func.end);
      const message = `${owner}(**${spread}) may hold a precision knob (${examples("ddp")}), which mixed_precision.setup() would overwrite. Write those on mixed_precision.`;
      yield { rule: "computed-knob", severity: "warning", span: expr.argsSpan, message, fix: null };
    }
  }
}

function isOwner(file: RecipeFile, { func }: Call): boolean {
  const owner = OWNERS.exec(file.text.slice(func.start, func.end))?.[1];
  return owner !== undefined && file.importedFrom(owner)?.startsWith("megatron.") === true;
}

function parameterSpread(func: FunctionDef, { args }: Call): string | null {
  const spread = args.find(({ kind }) => kind === "doubleStar")?.value;
  const name = spread?.kind === "Name" ? spread.id : null;
  return func.params.some((param) => param.name === name) ? name : null;
}
