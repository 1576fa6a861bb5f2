import { describe, expect, it } from "vitest";
import { mentionsLaunch, readLaunchFile } from "../../src/launch/read.ts";

/** What a file sets, as `name=value`, with the text that it points at. */
async function settings(path: string, text: string): Promise<string[][]> {
  const file = await readLaunchFile({ path, text }, "0.6.2");
  return file.settings.map(({ name, value, start, end }) => [
    `${name}=${value ?? "?"}`,
    text.slice(start, end),
  ]);
}

describe("a shell script", () => {
  it("sets variables for itself, for what it exports to, and for one command", async () => {
    const text = "export A=1\nB='two words' env C=3 train.py -e D=4\nE=$A\nF=\"$(nproc)\"\n";
    const found = await settings("run.sh", text);
    expect(found.map(([setting]) => setting)).toEqual(["A=1", "B=two words", "C=3", "D=4", "E=?", "F=?"]);
  });

  it("overrides knobs in words, in strings, and over continued lines", async () => {
    const text = "ALL=\"ddp.x=1 ++model.y='a b'\"\ntrain.py \\\n  optimizer.z=$Z \\\n  'ddp.w=2'\n";
    expect(await settings("run.bash", text)).toEqual([
      ["ALL=ddp.x=1 ++model.y='a b'", "ALL=\"ddp.x=1 ++model.y='a b'\""],
      ["ddp.x=1", "ddp.x=1"],
      ["model.y=a b", "++model.y='a b'"],
      ["optimizer.z=?", "optimizer.z=$Z"],
      ["ddp.w=2", "ddp.w=2"],
    ]);
  });

  it("says nothing in comments, heredocs, paths and names that only end alike", async () => {
    const text =
      "# ddp.x=1\ncat <<EOF\nddp.x=1\nEOF\ntrain.py --load a/model.x=1 my_model.x=1 --ddp.x=1 dataset.x=1\n";
    expect(await settings("run.sh", text)).toEqual([]);
  });

  it("is read as far as it can be where it is broken", async () => {
    expect(await settings("run.sh", "if then\ntrain.py ddp.x=1\n")).toEqual([["ddp.x=1", "ddp.x=1"]]);
  });
});

describe("a notebook", () => {
  const notebook = (...source: string[]) =>
    JSON.stringify({ cells: [{ cell_type: "code", source }] }, null, 1);

  it("runs a shell on lines that begin with an exclamation mark, and points at these lines", async () => {
    const text = notebook(
      "x = 'ddp.x=1'\n",
      "! train.py \\\n",
      "  ddp.y=2\n",
      "%env A=1\n",
      "%time ddp.z=3\n",
    );
    expect(await settings("a.ipynb", text)).toEqual([
      ["ddp.y=2", '"  ddp.y=2\\n"'],
      ["A=1", '"%env A=1\\n"'],
    ]);
  });

  it("runs one on a whole cell that says so", async () => {
    expect(await settings("a.ipynb", notebook("%%bash\n", "A=1 train.py ddp.x=1\n"))).toEqual([
      ["A=1", '"A=1 train.py ddp.x=1\\n"'],
      ["ddp.x=1", '"A=1 train.py ddp.x=1\\n"'],
    ]);
  });

  it.each(["", "{", "[]", '{"cells": 3}', '{"cells": [null, {"cell_type": "code"}]}'])(
    "sets nothing where it is none: %s",
    async (text) => {
      expect(await settings("a.ipynb", text)).toEqual([]);
    },
  );
});

describe("a YAML file", () => {
  it("overrides the fields of a container's sections", async () => {
    const text = "model:\n  fp8: e4m3\n  inner: {deep: true}\n  list: [1]\nother:\n  fp8: 1\nddp.x: 1\n";
    expect(await settings("a.yml", text)).toEqual([
      ["model.fp8=e4m3", "fp8: e4m3"],
      ["model.inner.deep=true", "deep: true"],
    ]);
  });

  it.each(["ddp: [", "- ddp", "ddp: &a *a", "_target_: x\nddp: {x: 1}", ""])(
    "overrides nothing where it is broken, something else, or a dump: %j",
    async (text) => {
      expect(await settings("a.yaml", text)).toEqual([]);
    },
  );
});

it("is not opened where it has no word about a launch", () => {
  expect(mentionsLaunch("replicas: 3\n")).toBe(false);
  expect(mentionsLaunch(Buffer.from("ddp:\n  grad_reduce_in_fp32: true\n"))).toBe(true);
});
