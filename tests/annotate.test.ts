import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dumpsOf, flagBad, outcomeOf, runInMemory, swapOld } from "./memory-run.ts";

const annotated = { policy: { annotate: true } };

const marker = "# bridgemod: todo[flag-bad/bad] BAD is bad.";

/** The text after `migrate --annotate`. */
async function annotate(text: string): Promise<string> {
  const { after, outcome, reason } = await outcomeOf(text, annotated);
  if (outcome === "failed") throw new Error(reason ?? "failed");
  return after;
}

describe("a marker", () => {
  it.each([
    ["a statement", "def f():\n    x = BAD\n", `def f():\n    ${marker}\n    x = BAD\n`],
    ["tabs", "def f():\n\tx = BAD\n", `def f():\n\t${marker}\n\tx = BAD\n`],
    [
      "a multi-line statement",
      "x = f(\n    a=g(\n        BAD,\n    ),\n)\n",
      `${marker}\nx = f(\n    a=g(\n        BAD,\n    ),\n)\n`,
    ],
    ["backslashes", "x = 1 + \\\n    BAD\n", `${marker}\nx = 1 + \\\n    BAD\n`],
    ["decorators", "@a\n@b(BAD)\ndef f(): pass\n", `${marker}\n@a\n@b(BAD)\ndef f(): pass\n`],
    ["parameters", "@a\ndef f(\n    x=BAD,\n): pass\n", `${marker}\n@a\ndef f(\n    x=BAD,\n): pass\n`],
    ["joined statements", "x = 1; y = BAD\n", `${marker}\nx = 1; y = BAD\n`],
    ["what follows a text", 's = """\n  """; y = BAD\n', `${marker}\ns = """\n  """; y = BAD\n`],
    ["one-liners", "if a: x = BAD\nelse: y = 1\n", `${marker}\nif a: x = BAD\nelse: y = 1\n`],
    [
      "conditions",
      "if a:\n    pass\nelif BAD:\n    pass\n",
      `if a:\n    pass\n${marker}\nelif BAD:\n    pass\n`,
    ],
    ["what other comments are about", "# hello\nx = BAD\n", `# hello\n${marker}\nx = BAD\n`],
    [
      "methods",
      "class A:\n  def f(self):\n    return BAD\n",
      `class A:\n  def f(self):\n    ${marker}\n    return BAD\n`,
    ],
    [
      "match",
      "match a:\n    case 1:\n        x = BAD\n",
      `match a:\n    case 1:\n        ${marker}\n        x = BAD\n`,
    ],
    ["a file without a final newline", "x = BAD", `${marker}\nx = BAD`],
    ["a byte-order mark", "\uFEFFx = BAD\n", `\uFEFF${marker}\nx = BAD\n`],
    ["CRLF", "y = 1\r\nx = BAD\r\n", `y = 1\r\n${marker}\r\nx = BAD\r\n`],
    ["form feeds", "y = 1\n\fx = BAD\n", `y = 1\n${marker}\n\fx = BAD\n`],
  ])("stands above the statement: %s", async (_, text, expected) => {
    expect(await annotate(text)).toBe(expected);
    expect(await annotate(expected)).toBe(expected);
    const [before, after] = dumpsOf([text, expected]);
    expect(after).toBe(before);
  });

  it("is left once for the same thing to say about one statement", async () => {
    expect(await annotate("x = BAD, BAD\ny = BAD\n")).toBe(`${marker}\nx = BAD, BAD\n${marker}\ny = BAD\n`);
  });

  it("is left for warnings, not for what is only said", async () => {
    expect(await annotate("x = BAD_INFO\n")).toBe("x = BAD_INFO\n");
  });

  it("is brought up to date, wherever it stands", async () => {
    const old = "# bridgemod: todo[flag-bad/bad] It was bad in another way.";
    expect(await annotate(`${old}\r\nx = BAD\r\n`)).toBe(`${marker}\r\nx = BAD\r\n`);
    expect(await annotate(`x = BAD  ${old}\n`)).toBe(`x = BAD  ${marker}\n`);
    expect(await annotate(`${old}\n\n# note\nx = BAD\n`)).toBe(`${marker}\n\n# note\nx = BAD\n`);
  });

  it("goes away with its finding", async () => {
    expect(await annotate(`y = 1\n${marker}\nx = 1\n`)).toBe("y = 1\nx = 1\n");
    expect(await annotate(`x = 1  # noqa  ${marker}\n`)).toBe("x = 1  # noqa\n");
    expect(await annotate(`x = 1\r\n${marker}`)).toBe("x = 1\r\n");
    expect(await annotate(`${marker}\nx = BAD  # bridgemod: ignore[flag-bad] fine\n`)).toBe(
      "x = BAD  # bridgemod: ignore[flag-bad] fine\n",
    );
    expect(await annotate(`${marker}\nx = 1\ny = BAD\n`)).toBe(`x = 1\n${marker}\ny = BAD\n`);
  });

  it("of a codemod that does not run stays", async () => {
    const text = `${marker}\nx = BAD\n`;
    const { after } = await outcomeOf(text, { ...annotated, codemods: [swapOld] });
    expect(after).toBe(text);
  });

  it("is said to be left, updated and taken away", async () => {
    const text = `x = BAD\n${marker}\ny = 1\n# bridgemod: todo[flag-bad/bad] old\nz = BAD\n`;
    const { fixes, outcome, remaining } = await outcomeOf(text, annotated);
    expect(outcome).toBe("changed");
    expect(fixes.map(({ line, rule, verdict }) => `${line} ${rule} ${verdict}`)).toEqual([
      "1 todo-added preserving",
      "2 todo-removed preserving",
      "4 todo-updated preserving",
    ]);
    expect(remaining.map(({ line, rule }) => `${line} ${rule}`)).toEqual(["1 bad", "5 bad"]);
  });

  it("stands beside fixes", async () => {
    const { after, fixes } = await outcomeOf("a = OLD\nx = BAD\n", annotated);
    expect(after).toBe(`a = NEW\n${marker}\nx = BAD\n`);
    expect(fixes.map(({ line, rule }) => `${line} ${rule}`)).toEqual(["1 old", "2 todo-added"]);
  });

  it("settles when it names lines", async () => {
    const lines = {
      ...flagBad,
      *find(file: Parameters<typeof flagBad.find>[0]) {
        for (const one of flagBad.find(file)) {
          const line = file.text.slice(0, one.span.start).split("\n").length;
          yield { ...one, message: `See line ${line}.` };
        }
      },
    };
    const run = { ...annotated, codemods: [lines] };
    const { after } = await outcomeOf("x = BAD\ny = BAD\n", run);
    expect(after).toBe(
      "# bridgemod: todo[flag-bad/bad] See line 2.\nx = BAD\n# bridgemod: todo[flag-bad/bad] See line 4.\ny = BAD\n",
    );
    expect((await outcomeOf(after, run)).after).toBe(after);
  });

  it("holds no character that would end the comment or turn it around", async () => {
    const nasty = {
      ...flagBad,
      *find(file: Parameters<typeof flagBad.find>[0]) {
        for (const one of flagBad.find(file)) yield { ...one, message: "a\u2028b\rc\u202Ed\u0000e" };
      },
    };
    const { after } = await outcomeOf("x = BAD\n", { ...annotated, codemods: [nasty] });
    expect(after).toBe("# bridgemod: todo[flag-bad/bad] a b c?d?e\nx = BAD\n");
  });
});

describe("check", () => {
  const said = async (text: string, codemods = [flagBad, swapOld]) =>
    (await outcomeOf(text, { codemods })).remaining.map(({ line, rule }) => `${line} ${rule}`);

  it("does not pass while a marker stands", async () => {
    expect(await said(`${marker}\nx = BAD\n`)).toEqual(["2 bad"]);
    expect(await said(`${marker}\nx = 1\n`)).toEqual(["1 stale-todo"]);
    expect(await said(`${marker}\nx = BAD\n`, [swapOld])).toEqual(["1 todo"]);
    expect(await said("# bridgemod: todo ask Ann\nx = 1\n")).toEqual(["1 todo"]);
    expect(await said("# bridgemod: todo[flag-bda/bad] x\nx = 1\n")).toEqual(["1 unknown-codemod"]);
  });

  it("passes once an ignore answers the marker", async () => {
    expect(await said("# bridgemod: ignore[flag-bad] fine\nx = BAD\n")).toEqual([]);
    expect(await said(`${marker}\nx = BAD  # bridgemod: ignore[flag-bad] fine\n`)).toEqual([]);
  });
});

it("changes no byte but its own lines, and what Python reads not at all", async () => {
  const blocks = fc.constantFrom(
    "x = BAD",
    "y = OLD",
    "def f(a=BAD):\n    z = BAD",
    "if a: b = BAD",
    "s = '''\n# BAD\n'''; t = 1",
    "@d\nclass A:\n\tm = f(\n  BAD,\n  1)",
    "# BAD",
    "",
    "try:\n  x = 1\nexcept BAD: pass\nfinally:\n  y = BAD",
  );
  const texts = fc.tuple(fc.array(blocks, { maxLength: 6 }), fc.constantFrom("\n", "\r\n"), fc.boolean());
  await fc.assert(
    fc.asyncProperty(texts, async ([parts, end, isOpen]) => {
      const text = (parts.join("\n") + (isOpen ? "" : "\n")).replaceAll("\n", end);
      const run = { ...annotated, codemods: [flagBad] };
      const [file] = (await runInMemory({ "a.py": text }, run)).files;
      const after = file?.after ?? "";
      const isMarker = (line: string) => line.trim().startsWith("# bridgemod: todo[");
      const others = after.split(/(?<=\n)/).filter((line) => !isMarker(line));
      expect(others.join("")).toBe(text);
      expect((await outcomeOf(after, run)).after).toBe(after);
      const [before, now] = dumpsOf([text, after]);
      expect(now).toBe(before);
    }),
    { numRuns: 25 },
  );
}, 60_000);
