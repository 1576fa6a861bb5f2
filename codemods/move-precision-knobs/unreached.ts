import {
  walk,
  type Call,
  type Expr,
  type Finding,
  type FunctionDef,
  type RecipeFile,
  type Stmt,
} from "../../src/index.ts";
import { isPrecisionKnob } from "./fields.ts";

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
  return expressionsAt(file, /\bsetattr\b/).flatMap((expr) =>
    expr.kind === "Call" && expr.func.kind === "Name" && expr.func.id === "setattr" ? [expr] : [],
  );
}

/** The expressions of the top-level statements that have a word: a look for it spares the walk through most of a file. */
function expressionsAt(file: RecipeFile, word: RegExp): readonly Expr[] {
  if (!word.test(file.text)) return [];
  const found: Expr[] = [];
  const visit = (block: readonly Stmt[]) => {
    for (const stmt of walk.statements(block)) {
      for (const expr of walk.ownExpressions(stmt)) found.push(...walk.walkExpression(expr));
      if (stmt.kind === "FunctionDef") visit(stmt.body);
    }
  };
  visit(file.source.parsed().module.body.filter((stmt) => word.test(file.text.slice(stmt.start, stmt.end))));
  return found;
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

/** Knobs passed to a DDP or optimizer configuration that no recipe of the project puts into a container. */
export function* unreachedWrites(file: RecipeFile): Generator<Finding> {
  if (!mentionsOwner(file)) return;
  const seen = new Set(file.sites.map(({ site }) => site.start));
  for (const expr of expressionsAt(file, OWNER)) {
    if (expr.kind !== "Call") continue;
    const owner = OWNERS.exec(file.text.slice(expr.func.start, expr.func.end))?.[1];
    if (owner === undefined || file.importedFrom(owner)?.startsWith("megatron.") !== true) continue;
    const section = owner === "OptimizerConfig" ? "optimizer" : "ddp";
    const knob = expr.args.find((arg) => arg.name !== null && isPrecisionKnob(section, arg.name));
    if (!knob || expr.args.some((arg) => seen.has(arg.start)) || file.wasRun(expr)) continue;
    const message = `${owner}(${knob.name ?? ""}=…) is left alone: no ConfigContainer of this project holds it, so mixed_precision is never applied to it.`;
    yield { rule: "left-alone", severity: "info", span: expr.argsSpan, message, fix: null };
  }
}
