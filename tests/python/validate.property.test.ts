import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSyntax } from "../../src/python/validate.ts";
import { compilePython, parser } from "./editing.ts";
import { pythonText } from "./generated.ts";

/** Damages a line: its indentation, or all of it. */
function damage(text: string, choice: number, indentation: string | null): string {
  const lines = text.split(/(?<=\n)/);
  const index = choice % lines.length;
  const line = lines[index] ?? "";
  lines[index] = indentation === null ? "" : indentation + line.trimStart();
  return lines.join("");
}

test("damaged files are refused when CPython refuses them, and only then", () => {
  const verdicts = new Map<string, boolean>();
  const indentation = fc.constantFrom(null, "", " ", "  ", "    ", "      ", "\t", "\t\t", "        ");
  fc.assert(
    fc.property(pythonText, fc.nat(), indentation, (text, choice, spaces) => {
      const damaged = damage(text, choice, spaces);
      const { module, problem } = parser.parse(damaged);
      verdicts.set(damaged, (problem ?? checkSyntax(module, damaged)) === null);
    }),
    { numRuns: 1000 },
  );
  // CPython overlooks a continuation at the end of a file with CRLF.
  const texts = [...verdicts.keys()].filter((text) => !/\\\r\n[ \t\f]*$/.test(text));
  const errors = compilePython(texts);
  const different = texts.flatMap((text, index) => {
    const error = errors[index] ?? null;
    return verdicts.get(text) === (error === null) ? [] : [[text, error]];
  });
  expect(different).toEqual([]);
});
