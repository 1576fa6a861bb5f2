import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParsedText } from "../../src/python/parsed-text.ts";
import { loadPythonParser } from "../../src/python/parser.ts";
import { pythonText } from "./generated.ts";

const parser = await loadPythonParser();

/** Function bodies are converted when they are looked at: this looks at all of them. */
function everything(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function sides(text: string): { direct: unknown; flat: unknown } {
  const told = (parsed: ParsedText) => {
    const { module, problem } = parsed;
    return everything({ module, problem, comments: parsed.comments() });
  };
  return { direct: told(parser.parse(text)), flat: told(parser.read(text, parser.flatten(text))) };
}

const FOLDER = join(import.meta.dirname, "..", "recipe", "tricky");

describe("a flat tree gives the syntax that the parser's own gives", () => {
  test.each(readdirSync(FOLDER).filter((name) => name.endsWith(".py")))("for %s", (name) => {
    const { direct, flat } = sides(readFileSync(join(FOLDER, name), "utf8"));
    expect(flat).toEqual(direct);
  });

  test("for any statements, whole or broken", () => {
    fc.assert(
      fc.property(pythonText, fc.option(fc.nat()), (text, cut) => {
        const { direct, flat } = sides(cut === null ? text : text.slice(0, cut % (text.length + 1)));
        expect(flat).toEqual(direct);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["nothing", ""],
    ["a comment alone", "# only"],
    ["what stands inside strings", `x = f"{a.b!r:>{width}}" f'{c["d"]}' "e{f}" rb'g' t"{h}"\n`],
    ["attributes that are no plain names", "a = f().b.c, d[0].e, (g).h, i . j, k.\\\n  l\n"],
    ["annotations", "def f(a: 'b.c' = 1, *d: e, **g: h[i]) -> j[k.l]:\n    m: n.o = p.q\n"],
    ["operators of two words", "a = b not  in c, d is not e, not f\n"],
    ["a missing bracket", "f(a, [b\nc = d.e\n"],
    ["characters beyond the basic plane", "a = '😀'.b; é = ñ.ö  # 😀\n"],
  ])("for %s", (_, text) => {
    const { direct, flat } = sides(text);
    expect(flat).toEqual(direct);
  });
});
