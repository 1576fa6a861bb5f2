import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import type { AnchorReport } from "../../src/diagnosis.ts";
import * as engine from "../../src/engine.ts";
import { makeRepository, type Tree } from "../workspace/temp-tree.ts";
import { bridgemod } from "./fake-host.ts";

/** A Bridge of our own that decides as the real one does, in other words. */
const overlap = `
from dataclasses import dataclass, fields

try:
    import transformer_engine

    HAVE_TE = True
except ImportError:
    HAVE_TE = False


@dataclass
class Chosen:
    tp_comm_overlap: bool = None
    overlap_p2p_comm: bool = None
    batch_p2p_comm: bool = None
    overlap_grad_reduce: bool = None
    overlap_param_gather: bool = None
    overlap_param_gather_with_optimizer_step: bool = None
    align_param_gather: bool = None
    bucket_size: int = None


@dataclass(kw_only=True)
class CommOverlapConfig:
    tp_comm_overlap: bool
    bucket_size: int = None
    data_parallel_size: int = None

    def finalize(self):
        self.wanted = Chosen(tp_comm_overlap=self.tp_comm_overlap, bucket_size=self.bucket_size)

    def _get_model_comm_overlap_cfgs(self, model, ddp):
        allowed = model.tensor_model_parallel_size > 1 and model.sequence_parallel and HAVE_TE
        interleaved = (model.virtual_pipeline_model_parallel_size or 1) > 1
        staged = model.pipeline_model_parallel_size > 1
        return Chosen(
            tp_comm_overlap=bool(self.wanted.tp_comm_overlap and allowed),
            overlap_p2p_comm=staged and interleaved,
            batch_p2p_comm=staged and not interleaved,
        )

    def _get_optimizer_overlap_cfgs(self, model):
        several = self.data_parallel_size > 1
        interleaved = model.pipeline_model_parallel_size > 1 and (model.virtual_pipeline_model_parallel_size or 1) > 1
        size = 134217728 if several else None
        return Chosen(
            overlap_grad_reduce=several,
            overlap_param_gather=several,
            overlap_param_gather_with_optimizer_step=False,
            align_param_gather=several and interleaved,
            bucket_size=size if self.wanted.bucket_size is None else self.wanted.bucket_size,
        )

    def _apply_cfgs(self, source, target):
        for one in fields(source):
            if hasattr(target, one.name):
                setattr(target, one.name, getattr(source, one.name))

    def setup(self, model, optimizer, ddp):
        self._apply_cfgs(self._get_model_comm_overlap_cfgs(model, ddp), model)
        if ddp.use_distributed_optimizer:
            for target in (optimizer, ddp):
                self._apply_cfgs(self._get_optimizer_overlap_cfgs(model), target)
`;

const config = `
import os
from dataclasses import dataclass, field


class ConfigContainer:
    env_vars: dict


@dataclass
class DistributedDataParallelConfig:
    use_distributed_optimizer: bool = False
    overlap_grad_reduce: bool = False


@dataclass
class OptimizerConfig:
    lr: float = 0.1


def apply_environment_variables(cfg):
    for name, value in cfg.env_vars.items():
        os.environ.setdefault(name, str(value))


def runtime_config_update(cfg):
    apply_environment_variables(cfg)
    if cfg.mixed_precision is not None:
        cfg.mixed_precision.finalize()
        cfg.mixed_precision.setup(cfg.model, cfg.optimizer, cfg.ddp)
    cfg.set_data_parallel_size()
    if cfg.comm_overlap is not None:
        cfg.comm_overlap.finalize()
        cfg.comm_overlap.setup(cfg.model, cfg.optimizer, cfg.ddp)
    cfg.validate()
`;

const precision = `
from dataclasses import dataclass, fields


@dataclass(kw_only=True)
class MixedPrecisionConfig:
    bf16: bool = False
    grad_reduce_in_fp32: bool = True
    fp8: str = None
    fp4_param_gather: bool = False


def bf16_with_nvfp4_mixed(): ...


def nemotron_3_super_bf16_with_nvfp4_mixed(): ...


def update_config_with_precision_overrides(precision, target):
    for one in fields(precision):
        if hasattr(target, one.name):
            setattr(target, one.name, getattr(precision, one.name))
    return target
`;

const at = ".venv/lib/python3.12/site-packages/megatron/bridge";
const installed: Tree = {
  "recipes/a.py": "x = 1\n",
  [`${at}/training/comm_overlap.py`]: overlap,
  [`${at}/training/config.py`]: config,
  [`${at}/training/mixed_precision.py`]: precision,
  [`${at}/recipes/common.py`]: "x = 1\n",
  [`${at}/perf_recipes/__init__.py`]: "",
};

async function examined(tree: Tree, argv: readonly string[] = []) {
  const ran = await bridgemod(makeRepository(tree), ["doctor", "--format", "json", ...argv], { engine });
  const report = JSON.parse(ran.out);
  const schema = JSON.parse(readFileSync("schema/doctor-1.json", "utf8"));
  const validate = new Ajv2020().compile(schema);
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  return { ...ran, report, anchors: report.anchors as readonly AnchorReport[] };
}

function statusOf(anchors: readonly AnchorReport[], id: string): AnchorReport | undefined {
  return anchors.find((anchor) => anchor.id === id);
}

it("tells what is used where there is no source of Bridge, even without a Python file", async () => {
  const { code, report } = await examined({ "README.md": "" });
  expect(code).toBe(0);
  expect(report.tools[0]).toEqual({ name: "node", version: "22.1.0", need: "20.19 or newer" });
  expect(report).toMatchObject({
    bridge: { version: "0.6.2", from: "the newest version known" },
    catalog: { version: "0.6.2" },
    source: null,
    anchors: [],
  });
});

it("holds a source against what is assumed of its version, by what it does", async () => {
  const { code, report, anchors } = await examined(installed);
  expect(anchors.filter(({ status }) => status !== "holds")).toEqual([]);
  expect(anchors).toHaveLength(8);
  expect(report.source).toEqual({ path: at, version: "0.6.2" });
  expect(code).toBe(0);
});

it("says what differs, and where", async () => {
  const changed = overlap.replace("134217728", "64 * 1024 * 1024").replace(" and HAVE_TE", "");
  const { code, anchors } = await examined({ ...installed, [`${at}/training/comm_overlap.py`]: changed });
  expect(code).toBe(1);
  expect(anchors.filter(({ status }) => status !== "holds").map(({ id }) => id)).toEqual([
    "tp-overlap-gate",
    "dp-defaults",
  ]);
  const line = changed.slice(0, changed.indexOf("def _get_model_comm")).split("\n").length;
  expect(statusOf(anchors, "tp-overlap-gate")).toMatchObject({
    file: `${at}/training/comm_overlap.py`,
    line,
    differences: [
      { case: "TP 2, sequence parallelism, no Transformer Engine", expected: false, found: true },
    ],
  });
});

it("tells another order, and an environment that overrides the shell", async () => {
  const changed = config
    .replace("os.environ.setdefault(name, str(value))", "os.environ[name] = str(value)")
    .replace(/ {4}cfg.validate\(\)\n/, "")
    .replace(
      "    apply_environment_variables(cfg)\n",
      "    apply_environment_variables(cfg)\n    cfg.validate()\n",
    );
  const { anchors } = await examined({ ...installed, [`${at}/training/config.py`]: changed });
  expect(statusOf(anchors, "environment")?.differences).toEqual([
    { case: "set by the shell", expected: "from the shell", found: "from the recipe" },
  ]);
  expect(statusOf(anchors, "order")?.status).toBe("differs");
});

it("tells what is no longer there", async () => {
  const changed = precision.replace("def update_config_with_precision_overrides", "def copy_precision");
  const { code, anchors } = await examined({
    ...installed,
    [`${at}/training/mixed_precision.py`]: changed,
  });
  expect(statusOf(anchors, "precision-copies")).toMatchObject({ status: "not found", line: null });
  expect(code).toBe(1);
});

it("says so where the source is of another version than the one assumed", async () => {
  const root = makeRepository(installed);
  const lock = '[[package]]\nname = "megatron-bridge"\nversion = "0.5.1"\n';
  const pinned = makeRepository({ ...installed, "uv.lock": lock });
  expect((await bridgemod(root, ["doctor"], { engine })).out).not.toContain("is assumed:");
  const { out } = await bridgemod(pinned, ["doctor"], { engine });
  expect(out).toContain(`0.6.2`);
  expect(out).toContain(`${at}, though 0.5.1 is assumed: --bridge ${at}`);
});

it("refuses an unknown version", async () => {
  const { code, err } = await bridgemod(makeRepository({}), ["doctor", "--bridge", "0.99"], { engine });
  expect(code).toBe(2);
  expect(err).toContain('unknown Bridge version "0.99"');
});
