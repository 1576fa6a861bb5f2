import { describe, expect, test } from "vitest";
import { collectClaims, holdClaims } from "../../scripts/corpus/claims.mjs";
import { record, runReport } from "./records.mjs";

const knob = "ddp.fp8";
const effect = (before, after, more) => ({ recipe: "m.f", knob, before, after, ...more });
const row = { stage: "effective", knob, before: true, after: false };

function hold(effects, { from = true, to = from, world = "auto", rows = from === to ? [] : [row] } = {}) {
  const before = { "m.f": record({ ddp: { fp8: from } }) };
  const after = { "m.f": record({ ddp: { fp8: to } }) };
  return holdClaims({
    claims: collectClaims(runReport(effects), world),
    rows: { "m.f": rows },
    before,
    after,
  });
}

describe("differences and claims", () => {
  test("a difference that is claimed with its values", () => {
    expect(hold([effect(true, false)], { to: false })).toMatchObject({
      unclaimed: [],
      unreal: [],
      counts: { matched: 1 },
    });
  });

  test("a difference that nothing claims", () => {
    expect(hold([], { to: false }).unclaimed).toEqual(["m.f ddp.fp8: oracle true -> false, claimed nothing"]);
  });

  test("a difference that is claimed with other values", () => {
    expect(hold([effect(true, null)], { to: false }).unclaimed).toHaveLength(1);
    expect(hold([effect(null, false)], { to: false }).unclaimed).toHaveLength(1);
  });

  test("a claim that is not so", () => {
    expect(hold([effect(true, false)]).unreal).toEqual([
      "m.f ddp.fp8: oracle true -> true, claimed true -> false",
    ]);
  });

  test("an unknown claim agrees with whatever it is", () => {
    expect(hold([effect(true, { unknown: "args.x" })], { to: false }).unclaimed).toEqual([]);
    expect(hold([effect(true, { unknown: "args.x" })])).toMatchObject({ unclaimed: [], unreal: [] });
  });

  test("two fixes in turn, whatever their order, and the same claim made twice", () => {
    expect(hold([effect(null, false), effect(true, null)], { to: false }).unclaimed).toEqual([]);
    expect(hold([effect(true, false), effect(true, false)], { to: false }).unclaimed).toEqual([]);
  });

  test("a claim for the first scenario says nothing of another one", () => {
    expect(hold([effect(true, false)], { world: "single" }).unreal).toEqual([]);
    expect(hold([effect(true, true, { scenario: { dp: 1 } })], { world: "single" }).unreal).toEqual([]);
    const other = [effect(true, false), effect(true, null, { scenario: { dp: 1 } })];
    expect(hold(other, { world: "single" }).unreal).toHaveLength(1);
  });

  test("what another scenario claims holds there only", () => {
    const effects = [effect(true, false), effect(true, true, { scenario: { dp: 1 } })];
    expect(hold(effects, { to: false }).unclaimed).toEqual([]);
    expect(hold(effects, { to: false, world: "single" }).unclaimed).toHaveLength(1);
    expect(hold(effects, { world: "single" }).unreal).toEqual([]);
  });

  test("inputs are no effective knobs, and a preset that nothing reads may change", () => {
    expect(hold([{ recipe: "m.f", knob: "mixed_precision.fp8", before: 1, after: 2 }]).unreal).toEqual([]);
    expect(hold([effect(true, false)], { to: false, rows: [{ ...row, stage: "inert" }] }).unreal).toEqual([]);
  });

  test("knobs that the oracle does not show cannot be judged", () => {
    const unseen = { recipe: "m.f", knob: "optimizer.lr", before: 1, after: 2 };
    expect(hold([unseen])).toMatchObject({ unreal: [], counts: { unseen: 1 } });
  });
});

test.each(["error", "vanished", "import"])("the stage %s stops a recipe", (stage) => {
  expect(hold([], { rows: [{ ...row, stage }] }).stopped).toHaveLength(1);
});

test("validate() stops a recipe only if it passed before", () => {
  const failing = (before) => [{ stage: "validate", knob: "validate", before, after: "ValueError" }];
  expect(hold([], { rows: failing("ok") }).stopped).toHaveLength(1);
  expect(hold([], { rows: failing("TypeError") }).stopped).toEqual([]);
});

test("a fix that was not written claims nothing", () => {
  expect(collectClaims(runReport([effect(true, false)], "unproven"), "auto").size).toBe(0);
});
