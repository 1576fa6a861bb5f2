import {
  isConstant,
  writes,
  type Finding,
  type KnobSite,
  type KnobUse,
  type RecipeFile,
} from "../../src/index.ts";
import { finding, recipesText } from "./messages.ts";
import { needsText, tensorOverlapHarm } from "./obstacles.ts";
import { isOn } from "./reading.ts";

/** What start-up or Megatron-Core says, the fields whose request leads to it, and what can be done. */
interface Conflict {
  readonly fields: readonly string[];
  /** The value that is the request, where one of several fields may be meant. */
  readonly asks?: boolean;
  readonly choices: string;
}

/** What overlaps in data parallelism. */
const OVERLAPS = ["overlap_grad_reduce", "overlap_param_gather"];

const CONFLICTS: Readonly<Record<string, Conflict>> = {
  "p2p-overlap-without-vpp": {
    fields: ["overlap_p2p_comm"],
    choices:
      "Set model.virtual_pipeline_model_parallel_size above 1, so that it divides the layers of a stage; or leave overlap_p2p_comm to Bridge, which turns it on exactly where it works",
  },
  "p2p-overlap-and-batching": {
    fields: ["batch_p2p_comm"],
    choices: "Leave both to Bridge, which overlaps with VPP > 1 and batches without",
  },
  "deferral-without-pipeline": {
    fields: ["defer_embedding_wgrad_compute"],
    choices: "Leave it out, or use a pipeline (pipeline_model_parallel_size > 1)",
  },
  "expert-overlap-precondition": {
    fields: ["overlap_moe_expert_parallel_comm"],
    choices: "Mend that, or leave overlap_moe_expert_parallel_comm out",
  },
  "delayed-wgrad-alone": {
    fields: ["delay_wgrad_compute"],
    choices: "Set comm_overlap.overlap_moe_expert_parallel_comm, too, or leave delay_wgrad_compute out",
  },
  "gather-without-reduce": {
    fields: ["overlap_grad_reduce"],
    choices: "Set both or neither",
  },
  "buckets-twice": {
    fields: ["num_buckets"],
    choices: "With comm_overlap set Bridge always gives a bucket_size: leave num_buckets out",
  },
  "fsdp-with-one-connection": {
    fields: ["use_megatron_fsdp"],
    choices: "Leave CUDA_DEVICE_MAX_CONNECTIONS out of env_vars, or set it to 8 or more",
  },
  "fsdp-shards-optimizer": {
    fields: ["use_distributed_optimizer"],
    asks: false,
    choices: "Write True, and comm_overlap's choices for data parallelism count, too",
  },
  "fsdp-overlaps-anyway": {
    fields: OVERLAPS,
    asks: false,
    choices: "Leave it out, or choose a data_parallel_sharding_strategy that does without",
  },
  "fsdp-never-overlaps": {
    fields: OVERLAPS,
    asks: true,
    choices: "Leave it out, or use the first version of Megatron-FSDP",
  },
};

const REQUESTS: ReadonlySet<string> = new Set(Object.values(CONFLICTS).flatMap(({ fields }) => fields));

/** Whether a write may ask for something that is in conflict: of most, start-up need not be worked out. */
function mayConflict({ section, field }: KnobSite): boolean {
  return section === "comm_overlap" || REQUESTS.has(field);
}

/** Requests that end the run or do harm, and that only a person can settle. */
export function* conflicts(file: RecipeFile): Generator<Finding> {
  for (const site of file.sites.filter(mayConflict)) {
    const told = new Map<string, string[]>();
    for (const use of site.uses.filter((one) => one.isLast)) {
      for (const message of conflictsOf(site, use))
        told.set(message, [...(told.get(message) ?? []), use.recipe.name]);
    }
    for (const [message, recipes] of told)
      yield finding("hand-over", site, `${writes.shown(site)}, in ${recipesText(recipes)}: ${message}`);
  }
}

function conflictsOf(site: KnobSite, use: KnobUse): string[] {
  if (use.effective.raises !== null) return raisedByExperts(site, use);
  return [...noticesOn(site, use), ...harmOf(site, use)];
}

/** What the notices say of the place that decides the knob. */
function noticesOn(site: KnobSite, { effective, write }: KnobUse): string[] {
  const steps = effective.steps(`${site.section}.${site.field}`) ?? [];
  if (steps.some(({ decidedBy }) => decidedBy === "comm_overlap.setup")) return [];
  const notices = effective.notices().filter(({ rule, message }) => {
    const conflict = CONFLICTS[rule];
    if (conflict?.fields.includes(site.field) !== true) return false;
    return (
      conflict.asks === undefined ||
      (isConstant(write.value, conflict.asks) && message.includes(site.field) && site.section !== "optimizer")
    );
  });
  return notices.map(({ rule, message }) => `${sentence(message)} ${CONFLICTS[rule]?.choices ?? ""}.`);
}

function sentence(message: string): string {
  return message.endsWith(".") || message.endsWith("!") ? message : `${message}.`;
}

function raisedByExperts({ section, field }: KnobSite, { effective }: KnobUse): string[] {
  const { raises } = effective;
  if (section !== "comm_overlap" || raises === null) return [];
  if (field === "delay_wgrad_compute" && raises.includes("is required for delay_wgrad_compute"))
    return [`${sentence(raises)} ${CONFLICTS["delayed-wgrad-alone"]?.choices ?? ""}.`];
  const unmet = field === "overlap_moe_expert_parallel_comm" ? effective.unmetForExperts() : null;
  if (unmet?.certain.some((one) => one.raises === raises) !== true) return [];
  return [`${sentence(raises)} In all, ${needsText(unmet)}. Mend that, or leave it out.`];
}

/** What runs without a word and does not do what was asked for. */
function harmOf({ section, field }: KnobSite, use: KnobUse): string[] {
  const { effective } = use;
  if (section !== "comm_overlap" || !isOn(effective, `model.${field}`)) return [];
  if (field === "tp_comm_overlap") {
    const harm = tensorOverlapHarm(use);
    return harm === null ? [] : [`${harm}. Set it to False.`];
  }
  return field === "defer_embedding_wgrad_compute" && isOn(effective, "ddp.use_megatron_fsdp")
    ? ["it does not go with Megatron-FSDP; upstream's launch scripts turn it off. Leave it out."]
    : [];
}
