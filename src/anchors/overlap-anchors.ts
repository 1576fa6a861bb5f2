import type { Anchor } from "./anchor.ts";

/** Objects that stand for a recipe's, with no more than what the code in question looks at. */
const STAND_INS = `
from megatron.bridge.training.comm_overlap import CommOverlapConfig


class Model:
    def __init__(self, tp=1, sp=False, pp=1, vpp=None):
        self.tensor_model_parallel_size = tp
        self.sequence_parallel = sp
        self.pipeline_model_parallel_size = pp
        self.virtual_pipeline_model_parallel_size = vpp
        self.context_parallel_size = 1
        self.overlap_moe_expert_parallel_comm = False
        self.tp_comm_overlap = False
        self.tp_comm_overlap_cfg = None


class Ddp:
    def __init__(self):
        self.overlap_grad_reduce = False


def overlap(dp=8, tp_comm_overlap=False, **values):
    config = CommOverlapConfig(tp_comm_overlap=tp_comm_overlap, **values)
    config.data_parallel_size = dp
    config.finalize()
    return config


def model_pass(model, **values):
    return overlap(**values)._get_model_comm_overlap_cfgs(model, Ddp())


def optimizer_pass(model, **values):
    return overlap(**values)._get_optimizer_overlap_cfgs(model)
`;

/** What `CommOverlapConfig` decides. */
export const OVERLAP: readonly Anchor[] = [
  {
    id: "tp-overlap-gate",
    what: "TP overlap is turned off below TP 2, without sequence parallelism, and without Transformer Engine",
    module: "training.comm_overlap",
    definition: "_get_model_comm_overlap_cfgs",
    python: `${STAND_INS}
import megatron.bridge.training.comm_overlap as comm_overlap


def gated(model):
    return model_pass(model, tp_comm_overlap=True).tp_comm_overlap


def probe():
    with_te = gated(Model(tp=2, sp=True))
    comm_overlap.HAVE_TE = False
    return {
        "TP 1": gated(Model(sp=True)),
        "TP 2, no sequence parallelism": gated(Model(tp=2)),
        "TP 2, sequence parallelism": with_te,
        "TP 2, sequence parallelism, no Transformer Engine": gated(Model(tp=2, sp=True)),
    }
`,
    expected: {
      "TP 1": false,
      "TP 2, no sequence parallelism": false,
      "TP 2, sequence parallelism": true,
      "TP 2, sequence parallelism, no Transformer Engine": false,
    },
  },
  {
    id: "p2p-selection",
    what: "pipeline communication overlaps where stages are interleaved, and is batched where they are not",
    module: "training.comm_overlap",
    definition: "_get_model_comm_overlap_cfgs",
    python: `${STAND_INS}
def chosen(model):
    made = model_pass(model)
    return [made.overlap_p2p_comm, made.batch_p2p_comm]


def probe():
    return {"PP 1": chosen(Model()), "PP 2": chosen(Model(pp=2)), "PP 2, VPP 2": chosen(Model(pp=2, vpp=2))}
`,
    expected: { "PP 1": [false, false], "PP 2": [false, true], "PP 2, VPP 2": [true, false] },
  },
  {
    id: "dp-defaults",
    what: "above DP 1 gradients and parameters travel in the background, in buckets of 128 Mi elements",
    module: "training.comm_overlap",
    definition: "_get_optimizer_overlap_cfgs",
    python: `${STAND_INS}
def chosen(model, dp, **values):
    made = optimizer_pass(model, dp=dp, **values)
    gather = [made.overlap_param_gather, made.align_param_gather, made.overlap_param_gather_with_optimizer_step]
    return [made.overlap_grad_reduce, made.bucket_size, *gather]


def probe():
    return {
        "DP 1": chosen(Model(), 1),
        "DP 8": chosen(Model(), 8),
        "DP 8, PP 2, VPP 2": chosen(Model(pp=2, vpp=2), 8),
        "DP 8, bucket_size = 7": chosen(Model(), 8, bucket_size=7),
    }
`,
    expected: {
      "DP 1": [false, null, false, false, false],
      "DP 8": [true, 134217728, true, false, false],
      "DP 8, PP 2, VPP 2": [true, 134217728, true, true, false],
      "DP 8, bucket_size = 7": [true, 7, true, false, false],
    },
  },
  {
    id: "distributed-optimizer-gate",
    what: "communication overlap reaches ddp and the optimizer only with the distributed optimizer",
    module: "training.comm_overlap",
    definition: "setup",
    python: `${STAND_INS}
from megatron.bridge.training.config import DistributedDataParallelConfig, OptimizerConfig


def reached(distributed):
    ddp = DistributedDataParallelConfig(use_distributed_optimizer=distributed)
    overlap().setup(Model(), OptimizerConfig(), ddp)
    return ddp.overlap_grad_reduce


def probe():
    return {"without it": reached(False), "with it": reached(True)}
`,
    expected: { "without it": false, "with it": true },
  },
  {
    id: "overlap-copies",
    what: "communication overlap overwrites every field of the same name, with None too",
    module: "training.comm_overlap",
    definition: "_apply_cfgs",
    python: `${STAND_INS}
class Target:
    def __init__(self):
        self.bucket_size = 5
        self.overlap_grad_reduce = True
        self.other = 3


def probe():
    target = Target()
    overlap()._apply_cfgs(optimizer_pass(Model(), dp=1), target)
    copied = [target.bucket_size, target.overlap_grad_reduce]
    return {"fields of its own": copied, "others": target.other, "new ones": hasattr(target, "align_param_gather")}
`,
    expected: { "fields of its own": [null, false], others: 3, "new ones": false },
  },
];
