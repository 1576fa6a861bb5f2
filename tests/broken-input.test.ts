import { describe, expect, it } from "vitest";
import { runInMemory, swapOld } from "./memory-run.ts";

// What the grammar takes for Python and CPython does not: the file is no basis for a fix, and it is not our mistake.

const FIXABLE = "def a():\n    OLD = 1\n\n\n";

describe("a file that only the parser takes for Python", () => {
  it.each([
    ["an empty block", "if a():\npass\n", "line 5: not valid Python: a block of this statement is empty"],
    ["a Python 2 statement", 'def b():\n    print "x"\n', "line 6: not valid Python: a Python 2 statement"],
  ])("fails with its line, untouched: %s", async (_, rest, reason) => {
    const report = await runInMemory({ "a.py": FIXABLE + rest }, { codemods: [swapOld] });
    expect(report.files).toMatchObject([{ path: "a.py", outcome: "failed", reason, fixes: [] }]);
  });

  it("fails where it holds a recipe and nothing to fix", async () => {
    const recipe = `from megatron.bridge.training.config import ConfigContainer
from megatron.bridge.recipes.llama.llama3 import llama3_8b_pretrain_config


def a_config() -> ConfigContainer:
    return llama3_8b_pretrain_config()


`;
    const rest = "def b():\n    return 1\n  \treturn 2\n";
    const files = { "a.py": recipe + rest, "b.py": recipe, "c.py": rest };
    const report = await runInMemory(files, { codemods: [swapOld] });
    expect(report.files.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["failed", "line 11: not valid Python: this line is not indented as its block is"],
      ["unchanged", null],
      ["unchanged", null],
    ]);
  });

  it("does not keep others from being fixed", async () => {
    const files = { "a.py": `${FIXABLE}if a():\npass\n`, "b.py": FIXABLE };
    const report = await runInMemory(files, { codemods: [swapOld] });
    expect(report.files.map(({ outcome }) => outcome)).toEqual(["failed", "changed"]);
  });
});
