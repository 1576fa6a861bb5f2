import {
  isConstant,
  writes,
  type Finding,
  type KnobSite,
  type KnobUse,
  type RecipeFile,
} from "../../src/index.ts";
import { finding, recipesText } from "./messages.ts";
import { tensorOverlapHarm } from "./obstacles.ts";
import { hasChunks, hasPipeline, isOn, isPreset, runs, sizeOf } from "./reading.ts";
import { asksOnModel } from "./sequence-parallel.ts";

/** What a request on the model comes to, and whether a person has to do something about it. */
interface Judgement {
  readonly severity: "warning" | "info";
  readonly text: string;
}

/**
 * TP overlap asked for on the model while comm_overlap is None: it goes to Transformer Engine as it is. What only lacks
 * sequence parallelism is another rule's.
 */
export function* tensorOverlapOnModel(file: RecipeFile): Generator<Finding> {
  for (const site of file.sites) {
    if (site.section !== "model") continue;
    const told = new Map<string, { readonly judgement: Judgement; readonly recipes: string[] }>();
    for (const use of site.uses.filter((one) => one.isLast && asksOnModel(one))) {
      const judgement = judge(site, use);
      if (judgement === null) continue;
      const known = told.get(judgement.text);
      if (known) known.recipes.push(use.recipe.name);
      else told.set(judgement.text, { judgement, recipes: [use.recipe.name] });
    }
    for (const { judgement, recipes } of told.values()) yield said(site, judgement, recipes);
  }
}

function said(site: KnobSite, { severity, text }: Judgement, recipes: readonly string[]): Finding {
  const message = `${writes.shown(site)}, in ${recipesText(recipes)}, goes to Transformer Engine as it is, since comm_overlap is None: ${text}.`;
  const rule = severity === "info" ? "unchecked-overlap-flag" : "hand-over";
  return { ...finding(rule, site, message), severity };
}

function judge({ field }: KnobSite, use: KnobUse): Judgement | null {
  if (field === "tp_comm_overlap_cfg") return judgePreset(use);
  if (field !== "tp_comm_overlap" || isConstant(use.write.value, false)) return null;
  const size = sizeOf(use.effective, "tensor_model_parallel_size");
  if (size === 1)
    return {
      severity: "warning",
      text: "tensor_model_parallel_size is 1, and where a CommOverlapConfig would turn it off, user buffers are now made for nothing. Delete the line, or set a size above 1",
    };
  const harm = tensorOverlapHarm(use);
  if (harm !== null) return { severity: "warning", text: `${harm}. Delete the line` };
  const preset = use.effective.declared("model.tp_comm_overlap_cfg");
  if (!isOn(use.effective, "model.sequence_parallel") || (preset && isPreset(preset))) return null;
  return {
    severity: "info",
    text: `neither TP, sequence parallelism nor Transformer Engine is checked, and there is no preset but its own defaults. CommOverlapConfig(tp_comm_overlap=True) is where Bridge checks them and takes a preset; ${alsoDecided(use)}`,
  };
}

/** Only `setup` makes the dictionary of a preset that Transformer Engine wants. */
function judgePreset({ write }: KnobUse): Judgement | null {
  if (!isPreset(write.value)) return null;
  const text =
    "it wants a dictionary, which only CommOverlapConfig.setup() makes of a preset, and ends the run. Pass it, and tp_comm_overlap, too, as cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, tp_comm_overlap_cfg=…)";
  return { severity: "warning", text };
}

/** What a `CommOverlapConfig` would set besides, where that differs from what runs today. */
function alsoDecided({ effective }: KnobUse): string {
  const isInterleaved = hasPipeline(effective) && hasChunks(effective);
  const changes = [
    ["model.overlap_p2p_comm", isInterleaved],
    ["model.batch_p2p_comm", hasPipeline(effective) && !isInterleaved],
    ...(isOn(effective, "ddp.use_distributed_optimizer") ? DATA_CHOICES : []),
  ] as const;
  const differing = changes.filter(([knob, value]) => runs(effective, knob) !== value);
  if (differing.length === 0) return "it would change nothing else";
  const list = differing.map(([knob, value]) => `${knob} = ${python(value)}`).join(", ");
  return `with DP > 1 it would also set ${list}, unless told otherwise`;
}

const DATA_CHOICES = [
  ["ddp.overlap_grad_reduce", true],
  ["ddp.overlap_param_gather", true],
  ["ddp.bucket_size", 128 * 1024 * 1024],
] as const;

function python(value: boolean | number): string {
  if (typeof value === "number") return String(value);
  return value ? "True" : "False";
}
