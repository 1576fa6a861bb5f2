import { expect, it } from "vitest";
import type { Claim, NamedCodemod } from "../src/codemod.ts";
import { runInMemory } from "./memory-run.ts";

const HEAD = `from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.comm_overlap import CommOverlapConfig
from megatron.bridge.training.config import ConfigContainer


`;

const RAISES = `${HEAD}def a_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, no_such_field=1)
    cfg.ddp.average_in_collective = False
    return cfg
`;

/** Takes out `, no_such_field=1`, and puts something else after the call. */
function mendBad(claims: readonly string[], more = ""): NamedCodemod {
  return {
    name: "mend-bad",
    set: "recommended",
    remit: ["model.*", "ddp.*"],
    *find({ text, raised }) {
      for (const { stmt, error, uses } of raised) {
        if (!error.message.includes("no_such_field")) continue;
        const start = text.indexOf(", no_such_field=1", stmt.start);
        const edits = [
          { start, end: start + ", no_such_field=1".length, text: "" },
          ...(more === "" ? [] : [{ start: stmt.end, end: stmt.end, text: `\n    ${more}` }]),
        ];
        const recipes = [...new Set(uses.map(({ recipe }) => recipe.name))];
        const claimed: Claim[] = recipes.flatMap((recipe) => claims.map((knob) => ({ recipe, knob })));
        const fix = { edits, claims: claimed, recipes, knobs: [...claims] };
        yield { rule: "bad", severity: "warning", span: stmt, message: `${error.type}.`, fix };
      }
    },
  };
}

async function run(texts: Record<string, string>, codemod: NamedCodemod) {
  const { files } = await runInMemory(texts, { codemods: [codemod] });
  return files.map(({ path, fixes, remaining }) => ({
    path,
    verdicts: fixes.map(({ verdict }) => verdict),
    effects: fixes.flatMap(({ effects }) => effects),
    refused: remaining.map(({ message }) => message),
  }));
}

const RAISED = {
  raises: "TypeError: CommOverlapConfig.__init__() got an unexpected argument 'no_such_field'",
};

it("makes a recipe that raises run, and tells the knobs that the fix claims", async () => {
  const [file] = await run({ "a.py": RAISES }, mendBad(["model.tp_comm_overlap"]));
  expect(file).toMatchObject({
    verdicts: ["requested"],
    effects: [{ recipe: "a.a_config", knob: "model.tp_comm_overlap", before: RAISED, after: false }],
  });
});

it("mends the recipes that start from it, too", async () => {
  const other = `from a import a_config\n\n\ndef b_config():\n    cfg = a_config()\n    return cfg\n`;
  const files = await run({ "a.py": RAISES, "b.py": other }, mendBad(["model.tp_comm_overlap"]));
  expect(files[0]?.effects.map(({ recipe }) => recipe)).toEqual(["a.a_config", "b.b_config"]);
});

it("does not mend what the fix claims nothing of", async () => {
  const [file] = await run({ "a.py": RAISES }, mendBad([]));
  expect(file?.verdicts).toEqual([]);
  expect(file?.refused.join()).toContain("it would also change");
});

it("does not mend one recipe by changing another", async () => {
  const helper = `${HEAD}def overlap(cfg: ConfigContainer, **more) -> None:
    cfg.comm_overlap = CommOverlapConfig(tp_comm_overlap=True, **more)


def a_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    overlap(cfg)
    return cfg


def b_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    overlap(cfg, no_such_field=1)
    return cfg
`;
  const codemod = mendBad(["model.tp_comm_overlap"]);
  const swapping: NamedCodemod = {
    ...codemod,
    *find(file) {
      for (const site of file.raised) {
        const at = file.text.indexOf("**more)", file.text.indexOf("CommOverlapConfig(tp"));
        const edits = [{ start: at, end: at + "**more".length, text: "overlap_grad_reduce=False" }];
        const claims = site.uses.map(({ recipe }) => ({
          recipe: recipe.name,
          knob: "model.tp_comm_overlap",
        }));
        const fix = { edits, claims, recipes: claims.map(({ recipe }) => recipe), knobs: [] };
        yield { rule: "bad", severity: "warning", span: site.stmt, message: "Bad.", fix };
      }
    },
  };
  const [file] = await run({ "a.py": helper }, swapping);
  expect(file?.verdicts).toEqual([]);
  expect(file?.refused.join()).toContain("ddp.overlap_grad_reduce of a.a_config");
});

it("never takes a recipe that raises in another way for mended", async () => {
  const [file] = await run({ "a.py": RAISES }, mendBad(["model.tp_comm_overlap"], "raise ValueError('no')"));
  expect(file?.effects).toEqual([]);
});

it("refuses a fix that makes a recipe raise", async () => {
  const fine = RAISES.replace(", no_such_field=1", "");
  const breaking: NamedCodemod = {
    ...mendBad([]),
    *find({ text }) {
      const at = text.indexOf("True)");
      if (text.includes("wrong=1") || at < 0) return;
      const edits = [{ start: at + 4, end: at + 4, text: ", wrong=1" }];
      const claims = [{ recipe: "a.a_config", knob: "model.tp_comm_overlap" }];
      const fix = { edits, claims, recipes: ["a.a_config"], knobs: [] };
      yield { rule: "bad", severity: "warning", span: { start: at, end: at + 4 }, message: "Bad.", fix };
    },
  };
  const [file] = await run({ "a.py": fine }, breaking);
  expect(file?.verdicts).toEqual([]);
  expect(file?.refused.join()).toContain("raises");
});
