import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { PythonParser } from "../../src/python/parsed-text.ts";
import { loadPythonParser } from "../../src/python/parser.ts";
import { withAhead } from "../../src/workspace/parse-ahead.ts";
import { makeTree } from "./temp-tree.ts";

vi.setConfig({ testTimeout: 60_000 });

const local = await loadPythonParser();
const worker = pathToFileURL(resolve("dist/parse-worker.js"));

/** Enough text for a thread to be started. */
const texts = Array.from({ length: 40 }, (_, index) =>
  `# ${index}\ndef f${index}(a, b=[1, 2]):\n    return g(a.b.c, d={"e": f"{a}"})\n\n`.repeat(250),
);
const broken = `${texts[7] ?? ""}def (:\n`;
const all = [...texts, broken, "x = 1\n"];

function told(parser: PythonParser, text: string): string {
  const parsed = parser.parse(text);
  return JSON.stringify([parsed.module, parsed.problem, parsed.comments()]);
}

/** A parser that counts what it parses itself. */
function counting(): { readonly parser: typeof local; readonly count: { parsed: number } } {
  const count = { parsed: 0 };
  const parse = (text: string) => {
    count.parsed += 1;
    return local.parse(text);
  };
  return { parser: { ...local, parse }, count };
}

/** Claims the first text, and is gone. */
const DIES_OVER_A_TEXT = `import { workerData } from "node:worker_threads";
new Int32Array(workerData.claims)[1] = 1;
process.exit(3);
`;

describe("texts that were announced", () => {
  const expected = all.map((text) => told(local, text));
  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
  }, 60_000);

  test("come from another thread, and are the same", async () => {
    let wait = 250;
    const parsedHere = async (): Promise<number> => {
      const { parser, count } = counting();
      const ahead = withAhead(parser, 2, worker);
      ahead.ahead?.(all);
      await setTimeout((wait *= 2));
      expect(all.map((text) => told(ahead, text))).toEqual(expected);
      return count.parsed;
    };
    // A busy machine may give the thread no time.
    await vi.waitUntil(async () => (await parsedHere()) < all.length / 2, { timeout: 40_000 });
  });

  test("are the same when they are asked for at once, in any order, and again", () => {
    const ahead = withAhead(local, 2, worker);
    ahead.ahead?.(all);
    const backwards = [...all].reverse().map((text) => told(ahead, text));
    expect(backwards.reverse()).toEqual(expected);
    expect(all.map((text) => told(ahead, text))).toEqual(expected);
  });

  test("are the same when other texts are announced meanwhile", () => {
    const ahead = withAhead(local, 2, worker);
    ahead.ahead?.(all);
    expect(told(ahead, all[0] ?? "")).toBe(expected[0]);
    ahead.ahead?.(all.slice(20));
    expect(all.map((text) => told(ahead, text))).toEqual(expected);
  });

  test.each([
    ["does not exist", null],
    ["throws", "throw new Error('no');\n"],
    ["ends at once", "process.exit(3);\n"],
    ["dies over a text", DIES_OVER_A_TEXT],
  ])("are parsed here when the thread's program %s", (_, program) => {
    const folder = makeTree(program === null ? {} : { "worker.mjs": program });
    const ahead = withAhead(local, 2, pathToFileURL(resolve(folder, "worker.mjs")));
    ahead.ahead?.(all);
    expect(all.map((text) => told(ahead, text))).toEqual(expected);
  });

  test("are parsed here when there is no second thread, or too little of them", () => {
    const { parser, count } = counting();
    const single = withAhead(parser, 1, worker);
    single.ahead?.(all);
    expect(all.map((text) => told(single, text))).toEqual(expected);
    const small = withAhead(parser, 2, worker);
    small.ahead?.(["x = 1\n"]);
    expect(told(small, "x = 1\n")).toBe(expected.at(-1));
    expect(count.parsed).toBe(all.length + 1);
  });
});
