import {
  edits as edit,
  isConstant,
  writes,
  type Finding,
  type KnobSite,
  type RecipeFile,
} from "../../src/index.ts";
import { claimsOf } from "./claims.ts";

const GATHER: Readonly<Record<string, string>> = {
  fp8_param: "fp8_param_gather",
  fp4_param: "fp4_param_gather",
};

/**
 * `MixedPrecisionConfig(fp8_param=True)` ends with False: the default of `fp8_param_gather` is assigned after it, and
 * `__setattr__` keeps the two equal.
 */
export function* lostConstructorArguments(file: RecipeFile): Generator<Finding> {
  for (const written of file.sites) {
    if (written.section === "mixed_precision" && isLost(written)) yield findingFor(file, written);
  }
}

function isLost({ site, field, uses }: KnobSite): boolean {
  const gather = GATHER[field];
  if (gather === undefined || site.form !== "keyword" || !site.call) return false;
  if (site.call.args.some((arg) => arg.name === gather || arg.kind === "doubleStar")) return false;
  return uses.every((use) => !isConstant(use.write.value, null) && !isConstant(use.write.value, false));
}

function findingFor(file: RecipeFile, written: KnobSite): Finding {
  const { site, field } = written;
  const gather = GATHER[field] ?? field;
  const arg = site.call?.args.find((one) => one.start === site.start);
  const message = `MixedPrecisionConfig(${field}=…) is lost: the default of ${gather} is assigned after it and resets it to False.`;
  const base = { rule: "lost-constructor-argument", severity: "warning", span: site } as const;
  if (!arg || !site.call || file.intent === "report") {
    return { ...base, message: `${message} Pass ${gather}= instead.`, fix: null };
  }
  if (file.intent === "preserve") {
    const edits = edit.removeArguments(file.text, site.call, [arg], { comment: "keep" });
    return {
      ...base,
      message: `${message} Removed, as it never counted.`,
      fix: { edits, claims: [], ...writes.reachOf([written]) },
    };
  }
  const edits = edit.renameKeyword(file.text, arg, gather);
  return {
    ...base,
    message: `${message} Passed as ${gather}= now.`,
    fix: { edits, claims: claimsOf([written], []), ...writes.reachOf([written]) },
  };
}
