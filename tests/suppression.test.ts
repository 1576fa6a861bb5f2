import { describe, expect, it } from "vitest";
import { flagBad, outcomeOf, swapOld, type MemoryRun } from "./memory-run.ts";

/** What a run over a text says: `line severity codemod/rule`. */
async function said(text: string, options: MemoryRun = {}): Promise<string[]> {
  const { remaining } = await outcomeOf(text, options);
  return remaining.map(({ line, severity, codemod, rule }) => `${line} ${severity} ${codemod}/${rule}`);
}

describe("ignore", () => {
  it.each([
    ["behind the statement", "x = BAD  # bridgemod: ignore[flag-bad] why\n"],
    ["behind another comment", "x = BAD  # noqa: F821  # bridgemod: ignore[flag-bad] why\n"],
    ["above the statement", "# bridgemod: ignore[flag-bad] why\nx = BAD\n"],
    ["above other comments", "# bridgemod: ignore[flag-bad] why\n# and so on\n\nx = BAD\n"],
    ["on the line inside brackets", "x = f(\n    a=BAD,  # bridgemod: ignore[flag-bad] why\n    b=1,\n)\n"],
    ["above the line inside brackets", "x = f(\n    # bridgemod: ignore[flag-bad] why\n    a=BAD,\n)\n"],
    ["on the first line of the statement", "x = f(  # bridgemod: ignore[flag-bad] why\n    a=BAD,\n)\n"],
    ["behind the last line of the statement", "x = f(\n    a=BAD,\n)  # bridgemod: ignore[flag-bad] why\n"],
    ["behind a continued line", "x = 1 + \\\n    BAD  # bridgemod: ignore[flag-bad] why\n"],
    ["behind joined statements", "x = BAD; y = 1  # bridgemod: ignore[flag-bad] why\n"],
    ["for several codemods", "x = BAD, OLD  # bridgemod: ignore[swap-old, flag-bad] why\n"],
    ["without blanks", "x = BAD  #bridgemod:ignore[flag-bad] why\n"],
  ])("works %s", async (_, text) => {
    const { after, remaining, suppressed, outcome } = await outcomeOf(text);
    expect({ after, remaining, outcome }).toEqual({ after: text, remaining: [], outcome: "unchanged" });
    expect(suppressed?.[0]).toMatchObject({ reason: "why", severity: "warning" });
  });

  it.each([
    ["def", "def f(a, b):  # bridgemod: ignore[flag-bad] why\n    x = BAD\n    if a:\n        y = BAD\n"],
    ["a line of its header", "def f(\n    a,  # bridgemod: ignore[flag-bad] why\n):\n    x = BAD\n"],
    ["above its decorators", "# bridgemod: ignore[flag-bad] why\n@d\ndef f():\n    x = BAD\n"],
    ["the decorator", "@d  # bridgemod: ignore[flag-bad] why\n@e\nasync def f():\n    x = BAD\n"],
    ["between decorators", "@d\n# bridgemod: ignore[flag-bad] why\n@e\ndef f():\n    x = BAD\n"],
    ["a one-liner", "def f(): x = BAD  # bridgemod: ignore[flag-bad] why\n"],
    ["the class", "class A:  # bridgemod: ignore[flag-bad] why\n    def f(self):\n        x = BAD\n"],
  ])("applies to the whole function: %s", async (_, text) => {
    expect(await said(`${text}\nz = BAD\n`)).toEqual([`${text.split("\n").length + 1} warning flag-bad/bad`]);
  });

  it("reaches no further than its place", async () => {
    expect(await said("x = BAD  # bridgemod: ignore[flag-bad] why\ny = BAD\n")).toEqual([
      "2 warning flag-bad/bad",
    ]);
    const inner = "def f():\n    x = BAD  # bridgemod: ignore[flag-bad] why\n    y = BAD\n";
    expect(await said(inner)).toEqual(["3 warning flag-bad/bad"]);
    const first = "def f():\n    # bridgemod: ignore[flag-bad] why\n    x = BAD\n    y = BAD\n";
    expect(await said(first)).toEqual(["4 warning flag-bad/bad"]);
    const header = "if BAD:  # bridgemod: ignore[flag-bad] why\n    y = BAD\n";
    expect(await said(header)).toEqual(["2 warning flag-bad/bad"]);
  });

  it("keeps a fix away, and what the fix would have changed elsewhere", async () => {
    const alone = await outcomeOf("x = OLD  # bridgemod: ignore[swap-old] why\n");
    expect(alone).toMatchObject({ outcome: "unchanged", fixes: [], remaining: [] });
    const text = "\ndef f():\n    x = OLD\n    y = OLD  # bridgemod: ignore[swap-old] why\n";
    const { after, remaining } = await outcomeOf(text);
    expect(after).toBe(text);
    expect(remaining).toMatchObject([{ line: 3, severity: "warning", rule: "old" }]);
    expect(remaining[0]?.message).toContain(
      "the comment on line 4 keeps swap-old from: make the change by hand",
    );
  });

  it("is not looked for in texts", async () => {
    const text =
      's = "# bridgemod: ignore[flag-bad] why"; x = BAD\nt = """\n# bridgemod: ignore[flag-bad]\n"""\n';
    expect(await said(text)).toEqual(["1 warning flag-bad/bad"]);
  });

  it("works with every line end", async () => {
    for (const end of ["\r\n", "\n"]) {
      const text = `\uFEFFx = BAD  # bridgemod: ignore[flag-bad]${end}y = 1${end}`;
      expect(await said(text)).toEqual(["1 info bridgemod/ignore-without-reason"]);
    }
  });
});

describe("comments that are wrong", () => {
  const messages = async (text: string, options: MemoryRun = {}): Promise<string[]> =>
    (await outcomeOf(text, options)).remaining.map(({ message }) => message);

  it("says when nothing is ignored, if the codemod ran", async () => {
    const text = "x = 1  # bridgemod: ignore[flag-bad] why\n";
    expect(await said(text)).toEqual(["1 warning bridgemod/unused-ignore"]);
    expect(await said(text, { codemods: [swapOld] })).toEqual([]);
    expect(await messages("x = BAD  # bridgemod: ignore[flag-bad, swap-old] why\n")).toEqual([
      "swap-old has nothing to ignore here: delete the comment, or this name from it.",
    ]);
    expect(await said("x = 1\n# bridgemod: ignore[flag-bad] why\n")).toEqual([
      "2 warning bridgemod/unused-ignore",
    ]);
  });

  it("asks for a name and a reason", async () => {
    expect(await said("x = BAD  # bridgemod: ignore[flag-bad]\n")).toEqual([
      "1 info bridgemod/ignore-without-reason",
    ]);
    for (const bare of ["ignore", "ignore because", "ignore[] because"]) {
      expect(await said(`x = BAD  # bridgemod: ${bare}\n`)).toEqual([
        "1 warning flag-bad/bad",
        "1 warning bridgemod/ignore-without-codemod",
      ]);
    }
  });

  it("has a guess at what was meant", async () => {
    expect(await messages("x = 1  # bridgemod: ignore[flag-bda] why\n")).toEqual([
      'There is no codemod "flag-bda", so this comment has no effect: did you mean "flag-bad"?',
    ]);
    expect(await messages("x = 1  # bridgemod: ignore[flag-bad/bad] why\n")).toEqual([
      'There is no codemod "flag-bad/bad", so this comment has no effect: did you mean "flag-bad"?',
    ]);
    expect(await messages("x = 1  # bridgemod: ignroe[flag-bad] why\n")).toEqual([
      '"ignroe" means nothing here, so this comment has no effect: did you mean "ignore"?',
    ]);
  });

  it("leaves prose alone", async () => {
    expect(await said("# bridgemod: see the README of it\n# uses bridgemod:\nx = 1\n")).toEqual([]);
  });

  it("says nothing about a file that is not Python", async () => {
    const { outcome, remaining } = await outcomeOf("def f(:  # bridgemod: ignore\n", { codemods: [flagBad] });
    expect({ outcome, remaining }).toEqual({ outcome: "failed", remaining: [] });
  });
});
