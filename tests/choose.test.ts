import { describe, expect, it } from "vitest";
import type { NamedCodemod } from "../src/codemod.ts";
import type { OfferedFix } from "../src/outcome.ts";
import { explain } from "../src/engine.ts";
import { defaultPolicy, inputOf, outcomeOf, runInMemory, swapOld } from "./memory-run.ts";

const three = "\ndef a():\n    x = OLD\n\ndef b():\n    y = OLD\n\ndef c():\n    z = OLD\n";

/** Accepts the offers that a test is true of, and keeps them all. */
function answering(isWanted: (offer: OfferedFix) => boolean) {
  const asked: OfferedFix[][] = [];
  return {
    asked,
    choose: (offers: readonly OfferedFix[]) => {
      asked.push([...offers]);
      return Promise.resolve({ accepted: offers.filter(isWanted), goOn: true });
    },
  };
}

describe("choosing among proved fixes", () => {
  it("offers each with its proof and its own change", async () => {
    const { asked, choose } = answering(() => true);
    const { after } = await outcomeOf(three, { choose });
    expect(after).toBe(three.replaceAll("OLD", "NEW"));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.map(({ path, fix }) => `${path}:${fix.line} ${fix.verdict}`)).toEqual([
      "a.py:3 preserving",
      "a.py:6 preserving",
      "a.py:9 preserving",
    ]);
    expect(asked[0]?.[1]).toMatchObject({ before: three, after: three.replace("y = OLD", "y = NEW") });
  });

  it("applies what was accepted, keeps what was declined as findings, and asks once", async () => {
    const { asked, choose } = answering(({ fix }) => fix.line !== 6);
    const { after, fixes, remaining } = await outcomeOf(three, { choose });
    expect(after).toBe(three.replace("x = OLD", "x = NEW").replace("z = OLD", "z = NEW"));
    expect(fixes.map(({ line }) => line)).toEqual([3, 9]);
    expect(remaining).toMatchObject([{ line: 6, message: "OLD is old. Its fix was declined." }]);
    expect(asked).toHaveLength(1);
  });

  it("leaves a file alone when all are declined", async () => {
    const { choose } = answering(() => false);
    const { outcome, after, remaining } = await outcomeOf(three, { choose });
    expect({ outcome, after, left: remaining.length }).toEqual({
      outcome: "unchanged",
      after: three,
      left: 3,
    });
  });

  it("asks nothing more once it is told to stop", async () => {
    let asked = 0;
    const choose = (offers: readonly OfferedFix[]) => {
      asked += 1;
      return Promise.resolve({ accepted: offers.slice(0, 1), goOn: false });
    };
    const { files } = await runInMemory({ "a.py": "x = OLD\n", "b.py": "y = OLD\n" }, { choose });
    expect(files.map(({ outcome }) => outcome)).toEqual(["changed", "unchanged"]);
    expect(asked).toBe(1);
  });

  it("asks about what an accepted fix brings to light, however long that takes", async () => {
    // Each line can be mended only after the one above it: every pass offers one fix.
    const next: NamedCodemod = {
      ...swapOld,
      *find(file) {
        const [first] = swapOld.find({ ...file, text: file.text });
        if (!first?.fix) return;
        const [edit] = first.fix.edits;
        if (edit) yield { ...first, fix: { ...first.fix, edits: [edit] } };
      },
    };
    const { asked, choose } = answering(() => true);
    const text = Array.from({ length: 8 }, (_, index) => `x${index} = OLD\n`).join("");
    const { after } = await outcomeOf(text, { choose, codemods: [next] });
    expect(after).toBe(text.replaceAll("OLD", "NEW"));
    expect(asked).toHaveLength(8);
  });

  it("takes more than ten declines in a row for an answer", async () => {
    // Edits that touch wait for the next pass.
    const text = `x = (${Array.from({ length: 12 }, () => "OLD").join("")})\n`;
    const each: NamedCodemod = {
      ...swapOld,
      *find(file) {
        for (const at of [...file.text.matchAll(/OLD/g)].map(({ index }) => index)) {
          const span = { start: at, end: at + 3 };
          const fix = { edits: [{ ...span, text: "NEW" }], claims: [], recipes: [], knobs: [] };
          yield { rule: "old", severity: "warning", span, message: "old", fix };
        }
      },
    };
    const { choose } = answering(() => false);
    const { outcome, remaining } = await outcomeOf(text, { choose, codemods: [each] });
    expect({ outcome, left: remaining.length }).toEqual({ outcome: "unchanged", left: 12 });
  });

  it("proves what is left again when something it leant on is declined", async () => {
    const text = `from megatron.bridge.recipes.common import _pretrain_common
from megatron.bridge.training.config import ConfigContainer


def a_config() -> ConfigContainer:
    cfg = _pretrain_common()
    cfg.mixed_precision = None
    cfg.train.micro_batch_size = 1
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
`;
    const texts = [text, text.replace("    cfg.mixed_precision = None\n", "")];
    const explained = await Promise.all(
      texts.map((one) =>
        explain(inputOf({ "a.py": one }), [{ path: "a.py", function: null }], defaultPolicy),
      ),
    );
    const knobs = explained.flatMap(({ recipes }) => recipes.flatMap((recipe) => Object.keys(recipe.knobs)));
    const claims = knobs.map((knob) => ({ recipe: "a.a_config", knob }));
    // With mixed precision the write is dead; without it, it decides.
    const lines: NamedCodemod = {
      ...swapOld,
      remit: knobs,
      *find(file) {
        for (const [line, claimed] of [
          ["    cfg.mixed_precision = None\n", claims],
          ["    cfg.ddp.grad_reduce_in_fp32 = False\n", []],
        ] as const) {
          const start = file.text.indexOf(line);
          if (start < 0) continue;
          const span = { start, end: start + line.length };
          const fix = { edits: [{ ...span, text: "" }], claims: claimed, recipes: ["a.a_config"], knobs: [] };
          yield { rule: "line", severity: "warning", span, message: "delete", fix };
        }
      },
    };
    const run = { codemods: [lines] };
    const both = await outcomeOf(text, { ...run, choose: answering(() => true).choose });
    expect(both.fixes).toHaveLength(2);
    const { choose, asked } = answering(({ fix }) => fix.line !== 7);
    const one = await outcomeOf(text, { ...run, choose });
    expect(one).toMatchObject({ outcome: "unchanged", after: text });
    expect(asked).toHaveLength(1);
    expect(one.remaining[1]?.message).toContain("it would also change ddp.grad_reduce_in_fp32");
  });
});
