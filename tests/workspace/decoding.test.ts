import { chmodSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeSource, maxFileBytes } from "../../src/workspace/read-source.ts";
import { load, reasonsOf, targetsOf } from "./open.ts";
import { makeRepository, recipe } from "./temp-tree.ts";

const accepted: Readonly<Record<string, string>> = {
  plain: "x = 1\n",
  "non-ASCII": "x = 'é 🚀'\n",
  "byte-order mark": "\uFEFFx = 1\n",
  "utf-8 cookie": "# -*- coding: utf-8 -*-\n",
  "utf8 cookie on line 2": "#!/usr/bin/env python\n# vim: set fileencoding=UTF8 :\n",
  "cookie too late": "\n\n# coding: latin-1\n",
  "cookie below code": "x = 1\n# coding: latin-1\n",
  empty: "",
};

describe("what is read as Python", () => {
  it.each(Object.entries(accepted))("takes %s as it is", (_, text) => {
    expect(decodeSource(Buffer.from(text, "utf8"))).toEqual({ text });
  });

  it.each([
    ["a byte that is not UTF-8", Buffer.from([0x78, 0x0a, 0xe9, 0x0a]), "line 2: not UTF-8"],
    ["a sequence that is cut off", Buffer.from([0x78, 0xc3]), "not UTF-8"],
    [
      "a latin-1 cookie",
      Buffer.from("# coding: latin-1\n"),
      "declares the encoding latin-1; only UTF-8 is read",
    ],
    ["a cookie on line 2", Buffer.from("#!x\r\n# coding=cp1252\r\n"), "declares the encoding cp1252"],
    ["NUL bytes", Buffer.from("x\0 = 1"), "contains NUL bytes"],
    ["UTF-16", Buffer.from("x = 1\n", "utf16le"), "contains NUL bytes"],
    ["too much", Buffer.alloc(maxFileBytes + 1, "#"), "too large: 5.0 MB, and the limit is 5 MB"],
  ])("refuses %s", (_, bytes, reason) => {
    const result = decodeSource(bytes);
    expect("reason" in result ? result.reason : "").toContain(reason);
  });

  it("fails the file and goes on with the others", async () => {
    const root = makeRepository({ "a.py": recipe, "b.py": Buffer.from([0xff, 0x0a]) });
    const project = await load(root, ["."]);
    expect(targetsOf(project)).toEqual(["a.py"]);
    expect(reasonsOf(project)).toEqual({ "b.py": "failed: line 1: not UTF-8" });
  });

  it.skipIf(process.getuid?.() === 0)("fails a file that cannot be read", async () => {
    const root = makeRepository({ "a.py": recipe, "b.py": recipe });
    chmodSync(`${root}/b.py`, 0);
    expect(reasonsOf(await load(root, ["."]))).toEqual({
      "b.py": "failed: cannot be read: permission denied",
    });
  });
});
