import { isAtLeast } from "../bridge/versions.ts";
import type { Anchor } from "./anchor.ts";
import { OVERLAP } from "./overlap-anchors.ts";

const PRECISION: Anchor = {
  id: "precision-copies",
  what: "mixed precision overwrites every field of the same name, with its defaults too",
  module: "training.mixed_precision",
  definition: "update_config_with_precision_overrides",
  python: `
from megatron.bridge.training.mixed_precision import MixedPrecisionConfig, update_config_with_precision_overrides


class Target:
    def __init__(self):
        self.grad_reduce_in_fp32 = False
        self.fp8 = "e4m3"
        self.other = 3


def probe():
    target = Target()
    update_config_with_precision_overrides(MixedPrecisionConfig(), target)
    copied = [target.grad_reduce_in_fp32, target.fp8]
    return {"fields of its own": copied, "others": target.other, "new ones": hasattr(target, "bf16")}
`,
  expected: { "fields of its own": [true, null], others: 3, "new ones": false },
};

const STEPS = `
from megatron.bridge.training.config import runtime_config_update


class Part:
    def __init__(self, name, steps):
        self.name = name
        self.steps = steps

    def finalize(self):
        self.steps.append(self.name + ".finalize")

    def setup(self, model, optimizer, ddp):
        self.steps.append(self.name + ".setup")


class Container:
    def __init__(self, steps):
        self.steps = steps
        self.mixed_precision = Part("mixed_precision", steps)
        self.comm_overlap = Part("comm_overlap", steps)
        self.model = None
        self.optimizer = None
        self.ddp = None

    @property
    def env_vars(self):
        self.steps.append("env_vars")
        return {}

    def set_data_parallel_size(self):
        self.steps.append("set_data_parallel_size")

    def _disable_native_energon_packing_moe_overlap(self):
        self.steps.append("native packing")

    def validate(self):
        self.steps.append("validate")


def probe():
    steps = []
    runtime_config_update(Container(steps))
    return {"steps": steps}
`;

function order(version: string): Anchor {
  const steps = [
    ...(isAtLeast(version, "0.6.0") ? ["env_vars"] : []),
    "mixed_precision.finalize",
    "mixed_precision.setup",
    "set_data_parallel_size",
    ...(isAtLeast(version, "0.7.0") ? ["native packing"] : []),
    "comm_overlap.finalize",
    "comm_overlap.setup",
    "validate",
  ];
  return {
    id: "order",
    what: "start-up sets mixed precision, then communication overlap, and checks at the end",
    module: "training.config",
    definition: "runtime_config_update",
    python: STEPS,
    expected: { steps },
  };
}

const ENVIRONMENT: Anchor = {
  id: "environment",
  what: "a recipe's env_vars are set where the shell has not set them",
  module: "training.config",
  definition: "apply_environment_variables",
  python: `
import megatron.bridge.training.config as config


class Os:
    def __init__(self):
        self.environ = {"A": "from the shell"}


class Container:
    def __init__(self):
        self.env_vars = {"A": "from the recipe", "B": 1}


def probe():
    stand_in = Os()
    config.os = stand_in
    config.apply_environment_variables(Container())
    return {"set by the shell": stand_in.environ["A"], "not set by it": stand_in.environ["B"]}
`,
  expected: { "set by the shell": "from the shell", "not set by it": "1" },
};

const LAUNCH_PLUGIN: Anchor = {
  id: "environment",
  what: "the launch environment is set by PerfEnvPlugin",
  module: "recipes.run_plugins",
  definition: "PerfEnvPlugin",
  python: null,
  expected: {},
};

/** What our model of a version relies on. */
export function anchorsOf(version: string): readonly Anchor[] {
  const environment = isAtLeast(version, "0.6.0") ? ENVIRONMENT : LAUNCH_PLUGIN;
  return [...OVERLAP, PRECISION, order(version), environment];
}
