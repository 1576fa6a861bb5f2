import { expect, test } from "vitest";
import { explain } from "../../src/engine.ts";
import type { Json } from "../../src/json.ts";
import type { Policy } from "../../src/policy.ts";
import { oneFile } from "./one-file.ts";

const policy: Policy = {
  intent: "honor",
  onlyPreserving: false,
  allowUnproven: false,
  scenarios: { worldSize: [{ dp: 8 }], gpu: null, te: true },
};

const HEAD = `from megatron.bridge import AutoBridge
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def layers(model):
    return int(getattr(model, "num_layers", 0) or 0)


def heads_to_come(model):
    return int(getattr(model, "mtp_num_layers", 0) or 0)


def mine() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.model = AutoBridge.from_hf_pretrained("acme/falcon").to_megatron_provider(load_weights=False)
`;

/** What is declared for `ddp.bucket_size` by a recipe of a model that only its checkpoint knows. */
async function bucketSize(lines: readonly string[]): Promise<Json | undefined> {
  const text = `${HEAD}${lines.map((line) => `    ${line}\n`).join("")}    return cfg\n`;
  const { recipes } = await explain(oneFile(text, "0.6.2"), [{ path: "a.py", function: "mine" }], policy);
  return recipes[0]?.knobs["ddp.bucket_size"]?.declared;
}

test.each<[string, readonly string[], Json]>([
  [
    "a model has layers",
    ["cfg.ddp.bucket_size = 1", "if layers(cfg.model) <= 0:", "    cfg.ddp.bucket_size = 2"],
    1,
  ],
  [
    "a number of layers that is written counts, whatever the checkpoint says",
    ["cfg.model.num_layers = 0", "cfg.ddp.bucket_size = 1 if layers(cfg.model) > 0 else 2"],
    2,
  ],
  [
    "what the checkpoint says is the same each time",
    [
      "first = heads_to_come(cfg.model) > 3",
      "second = heads_to_come(cfg.model) > 3",
      "cfg.ddp.bucket_size = 1",
      "if first:",
      "    cfg.ddp.bucket_size = 1 if second else 2",
    ],
    1,
  ],
  [
    "and different where it was written to in between",
    [
      "first = heads_to_come(cfg.model) > 3",
      "cfg.model.mtp_num_layers = 0",
      "cfg.ddp.bucket_size = 1",
      "if first:",
      "    cfg.ddp.bucket_size = 1 if heads_to_come(cfg.model) > 3 else 2",
    ],
    { oneOf: [2, 1] },
  ],
  [
    "a field that may be missing or zero decides nothing",
    ["cfg.ddp.bucket_size = 1 if heads_to_come(cfg.model) > 0 else 2"],
    { oneOf: [1, 2] },
  ],
  [
    "of `and`, the other side counts",
    ["cfg.ddp.bucket_size = (cfg.model.mtp_num_layers and 7) or 5"],
    { oneOf: [7, 5] },
  ],
])("%s", async (_, lines, expected) => {
  expect(await bucketSize(lines)).toEqual(expected);
});
