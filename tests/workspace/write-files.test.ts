import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  checkWritable,
  writeFiles,
  writeOutput,
  type PlannedWrite,
} from "../../src/workspace/write-files.ts";
import { makeTree, put, textOf } from "./temp-tree.ts";

const never = new AbortController().signal;

function plan(root: string, path: string, text: string): PlannedWrite {
  const absolute = join(root, path);
  return { path, text, original: { absolute, bytes: readFileSync(absolute) } };
}

describe("writing", () => {
  it("keeps the mode and leaves nothing else behind", async () => {
    const root = makeTree({ "a.py": "old\n" });
    chmodSync(join(root, "a.py"), 0o751);
    const text = "\uFEFFneu é\r\n";
    expect((await writeFiles([plan(root, "a.py", text)], never)).written).toEqual(["a.py"]);
    expect(textOf(root, "a.py")).toBe(text);
    expect(statSync(join(root, "a.py")).mode & 0o777).toBe(0o751);
    expect(readdirSync(root)).toEqual(["a.py"]);
  });

  it("leaves a file that somebody else changed meanwhile, and writes the others", async () => {
    const root = makeTree({ "a.py": "old\n", "b.py": "old\n", "c.py": "old\n", "d.py": "old\n" });
    const all = ["a.py", "b.py", "c.py", "d.py"].map((path) => plan(root, path, "new\n"));
    put(root, "a.py", "theirs\n");
    unlinkSync(join(root, "b.py"));
    unlinkSync(join(root, "c.py"));
    symlinkSync("d.py", join(root, "c.py"));
    const { written, failed } = await writeFiles(all, never);
    expect(written).toEqual(["d.py"]);
    expect(Object.fromEntries(failed)).toEqual({
      "a.py": "changed while bridgemod worked",
      "b.py": "changed while bridgemod worked: no such file or directory",
      "c.py": "changed while bridgemod worked",
    });
    expect(textOf(root, "a.py")).toBe("theirs\n");
    expect(textOf(root, "d.py")).toBe("new\n");
  });

  it("begins no other file after an interrupt", async () => {
    const root = makeTree({ "a.py": "old\n", "b.py": "old\n" });
    const controller = new AbortController();
    const writing = writeFiles([plan(root, "a.py", "new\n"), plan(root, "b.py", "new\n")], controller.signal);
    setImmediate(() => controller.abort());
    const { written, interrupted } = await writing;
    expect([...written, ...interrupted]).toEqual(["a.py", "b.py"]);
    expect(textOf(root, "b.py")).toBe("old\n");
  });

  it.skipIf(process.getuid?.() === 0)("finds out before writing that a file cannot be written", () => {
    const root = makeTree({ "a.py": "old\n", "b.py": "old\n" });
    chmodSync(join(root, "b.py"), 0o444);
    const all = [plan(root, "a.py", "new\n"), plan(root, "b.py", "new\n")];
    expect(() => checkWritable(all)).toThrow("cannot be written: permission denied");
  });

  it("says why a report cannot be written", async () => {
    const root = makeTree({ "a.py": "" });
    await writeOutput(join(root, "r.json"), "r.json", "{}\n");
    expect(textOf(root, "r.json")).toBe("{}\n");
    await expect(writeOutput(join(root, "no/r.json"), "no/r.json", "{}")).rejects.toThrow(
      "no such file or directory",
    );
  });
});
