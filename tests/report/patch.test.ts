import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { patchText } from "../../src/report/patch.ts";
import { makeRepository } from "../workspace/temp-tree.ts";

const lines = Array.from({ length: 30 }, (_, index) => `line_${index} = ${index}`);
const plain = `${lines.join("\n")}\n`;

function edited(text: string): string {
  return text.replace("line_3 = 3", "line_3 = 33").replace("line_20 = 20", "line_20 = 'é'");
}

const cases: Readonly<Record<string, readonly [path: string, before: string, after?: string]>> = {
  LF: ["a.py", plain],
  CRLF: ["a.py", plain.replaceAll("\n", "\r\n")],
  "mixed line ends": ["a.py", plain.replace("line_2 = 2\n", "line_2 = 2\r\n")],
  "a byte-order mark": ["a.py", `\uFEFF${plain}`],
  "no final newline": ["a.py", plain.trimEnd(), edited(plain).trimEnd().replace("line_29 = 29", "last = 1")],
  "a final newline that comes": ["a.py", plain.trimEnd(), plain],
  "a final newline that goes": ["a.py", plain, plain.trimEnd()],
  "form feed, lone CR and U+2028": ["a.py", plain.replace("line_4 =", "\fline_4 =\r'\u2028'")],
  "a new first line": ["a.py", plain, `import x\n${plain}`],
  "an empty file before": ["a.py", "", plain],
  "spaces in the path": ["my recipes/a b.py", plain],
  "accents in the path": ["rezepte/größe é.py", plain],
  "quotes and a backslash in the path": ['r/a"b\\c.py', plain],
  "a tab in the path": ["r/a\tb.py", plain],
  "lines that look like a patch": ["a.py", plain.replace("line_2 = 2", "-- a/x\n++ b/x\n@@ -1 +1 @@")],
};

describe("a patch", () => {
  it.each(Object.entries(cases))("is applied by git: %s", (_, [path, before, given]) => {
    const after = given ?? edited(before);
    const root = makeRepository({ [path]: before, "other.py": "x\n" });
    const patch = patchText([
      { path: "other.py", before: "x\n", after: "y\n" },
      { path, before, after },
    ]);
    execFileSync("git", ["apply", "-"], { cwd: root, input: patch });
    expect(readFileSync(join(root, path), "utf8")).toBe(after);
    expect(readFileSync(join(root, "other.py"), "utf8")).toBe("y\n");
  });

  it("names files as git does", () => {
    const root = makeRepository({ "größe é/a b.py": "x\n", "a b.py": "x\n" });
    const names = ["a b.py", "größe é/a b.py"];
    const patch = patchText(names.map((path) => ({ path, before: "x\n", after: "y\n" })));
    execFileSync("git", ["apply", "-"], { cwd: root, input: patch });
    const theirs = execFileSync("git", ["-c", "core.quotePath=true", "diff"], {
      cwd: root,
      encoding: "utf8",
    });
    expect(patch).toBe(theirs.replaceAll(/^index .*\n/gm, "").replaceAll("@@ -1 +1 @@", "@@ -1,1 +1,1 @@"));
  });

  it("is empty when nothing changed", () => {
    expect(patchText([{ path: "a.py", before: "x\n", after: "x\n" }])).toBe("");
  });
});
