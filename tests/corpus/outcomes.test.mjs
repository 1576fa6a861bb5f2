import { expect, test } from "vitest";
import {
  disagreements,
  expectedExit,
  failedFiles,
  miscounts,
  unprovenWrites,
} from "../../scripts/corpus/outcomes.mjs";
import { runReport } from "./records.mjs";

const effects = [{ recipe: "m.f", knob: "ddp.fp8", before: true, after: false }];
const file = (more) => ({
  path: "src/a.py",
  outcome: "unchanged",
  reason: null,
  fixes: [],
  remaining: [],
  ...more,
});
const report = (counts, ...files) => ({
  counts: { changed: 0, unchanged: 0, skipped: 0, failed: 0, ...counts },
  files,
});

test("counts that add up, and counts that do not", () => {
  expect(miscounts(report({ unchanged: 1 }, file()), ["src/a.py"])).toEqual([]);
  expect(miscounts(report({ changed: 1 }, file()), ["src/a.py"])).toHaveLength(2);
  expect(miscounts(report({ unchanged: 1 }, file()), ["src/b.py"])).toEqual([
    "src/b.py: not listed",
    "src/a.py: listed, but not given",
  ]);
});

test("failed files are told with their reason", () => {
  expect(failedFiles(report({ failed: 1 }, file({ outcome: "failed", reason: "no fixed point" })))).toEqual([
    "src/a.py: no fixed point",
  ]);
});

test("a written fix is preserving without effects or requested", () => {
  expect(unprovenWrites(runReport(effects))).toEqual([]);
  expect(unprovenWrites(runReport([], "preserving"))).toEqual([]);
  expect(unprovenWrites(runReport(effects, "preserving"))).toHaveLength(1);
  expect(unprovenWrites(runReport(effects, "unproven"))).toEqual(["src/a.py: changed without a proven fix"]);
  expect(unprovenWrites(runReport(effects, "refuted"))).toHaveLength(2);
});

test("the exit code follows from the report", () => {
  const info = file({ remaining: [{ severity: "info" }] });
  const warning = file({ remaining: [{ severity: "warning" }] });
  expect(expectedExit("check", runReport(effects))).toBe(1);
  expect(expectedExit("migrate", runReport(effects))).toBe(0);
  expect(expectedExit("migrate", report({ unchanged: 1 }, info))).toBe(0);
  expect(expectedExit("migrate", report({ unchanged: 1 }, warning))).toBe(1);
  expect(expectedExit("migrate", report({ failed: 1 }, warning))).toBeUndefined();
});

test("check and migrate must say the same", () => {
  expect(disagreements(runReport(effects), runReport(effects))).toEqual([]);
  expect(disagreements(runReport([]), runReport(effects))).toHaveLength(1);
});
