import { expect, test } from "vitest";
import { unexplainedHunks } from "../../scripts/corpus/hunks.mjs";

const before = [
  "import a",
  "",
  "def f():",
  "    cfg = base()",
  "    cfg.ddp.fp8 = 1",
  "    x = 1",
  "    return cfg",
  "",
];
const fix = { line: 5, message: "Move `ddp.fp8`.", effects: [] };

function unexplained(after, { fixes = [fix], imports = { before: [], after: [] } } = {}) {
  const texts = { before: before.join("\n"), after: after.join("\n") };
  return unexplainedHunks({ path: "a.py", ...texts, fixes, imports });
}

test("a line that a fix reports", () => {
  expect(unexplained(before.filter((line) => !line.includes("ddp")))).toEqual([]);
});

test("a line that a fix names in its message only", () => {
  const message = "model.x = 1, ddp.fp8 = 1: decided elsewhere.";
  const after = before.filter((line) => !line.includes("ddp"));
  expect(unexplained(after, { fixes: [{ line: 77, message, effects: [] }] })).toEqual([]);
  expect(unexplained(after, { fixes: [{ line: 77, message: "Another place.", effects: [] }] })).toHaveLength(
    1,
  );
});

test("a line elsewhere that names the knob, and one that does not", () => {
  const insert = (line) => before.toSpliced(3, 0, line);
  expect(unexplained(insert("    cfg.mixed_precision = bf16_mixed()"))).toEqual([]);
  expect(unexplained(insert("    cfg.other.fp8 = 1"))).toEqual([]);
  expect(unexplained(insert("    cfg.ddp.bucket_size = 1"))).toHaveLength(1);
});

test("an import, and only if CPython says that it is one", () => {
  const added = ["import b", ...before];
  expect(unexplained(added, { imports: { before: [], after: [[1, 1]] } })).toEqual([]);
  expect(unexplained(added)).toHaveLength(1);
});

test("a lost line in a file without fixes", () => {
  expect(
    unexplained(
      before.filter((line) => !line.includes("x = 1")),
      { fixes: [] },
    ),
  ).toEqual(["a.py:6: no fix speaks of -    x = 1"]);
});
