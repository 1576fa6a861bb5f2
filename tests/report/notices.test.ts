import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import draft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Log, Region } from "sarif";
import { describe, expect, it } from "vitest";
import { codemods } from "../../src/engine.ts";
import type { RunReport } from "../../src/outcome.ts";
import { githubText } from "../../src/report/github.ts";
import { noticesOfReview, noticesOfRun } from "../../src/report/notices.ts";
import { rdjsonText } from "../../src/report/rdjson.ts";
import { sarifText } from "../../src/report/sarif.ts";
import { filesAfter, NEWEST, runJob } from "../snapshot-cases.ts";
import { sampleReview, sampleRun } from "./sample-run.ts";

const schema = createRequire(import.meta.url).resolve(
  "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
);
const ajv = new draft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
const tool = { version: "1.2.3", codemods: await codemods() };

/** Two fixes in a file that has everything that offsets and columns can stumble over. */
const recipe = `# 🚀 \u202e größe
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.mixed_precision import bf16_mixed


def fast_config():
    cfg = llama3_8b_pretrain_config()
    cfg.mixed_precision = bf16_mixed()
    "é🚀"; cfg.ddp.grad_reduce_in_fp32 = False  # 🚀
    return cfg


def other_config():
    cfg = llama3_8b_pretrain_config()
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
`;

const texts: Readonly<Record<string, string>> = {
  LF: recipe,
  CRLF: recipe.replaceAll("\n", "\r\n"),
  "a byte-order mark": `\uFEFF${recipe}`,
  "no final newline": recipe.trimEnd(),
};

function check(text: string): Promise<RunReport> {
  const files = [{ path: "my recipes/größe#1.py", text }];
  return runJob({ codemod: "move-precision-knobs", intent: "honor", bridge: NEWEST, files });
}

function sarifOf(report: RunReport, applied = false): Log {
  const log = JSON.parse(sarifText(noticesOfRun(report, applied), tool));
  expect(isSarif(log) ? [] : isSarif.errors).toEqual([]);
  return log;
}

describe("SARIF", () => {
  it.each(Object.entries(texts))("holds fixes that give what migrate writes: %s", async (_, text) => {
    const report = await check(text);
    const results = sarifOf(report).runs[0]?.results ?? [];
    const changes = results.flatMap(({ fixes }) => fixes?.flatMap((fix) => fix.artifactChanges) ?? []);
    expect(changes).toHaveLength(2);
    const unique = new Map(
      changes.flatMap((one) => one.replacements).map((one) => [JSON.stringify(one), one]),
    );
    const edits = [...unique.values()].map(({ deletedRegion, insertedContent }) => ({
      ...spanOf(text, deletedRegion),
      text: insertedContent?.text ?? "",
    }));
    expect(applyFromTheEnd(text, edits)).toBe(filesAfter(report)[0]?.text);
  });

  it("names places in the repository, as URIs", async () => {
    const [result] = sarifOf(await check(recipe)).runs[0]?.results ?? [];
    const place = result?.locations?.[0]?.physicalLocation;
    expect(place?.artifactLocation?.uri).toBe("my%20recipes/gr%C3%B6%C3%9Fe%231.py");
    expect(place?.region).toEqual({ startLine: 9, startColumn: 12, endLine: 9, endColumn: 39 });
  });

  it("explains every rule from the codemods' READMEs", async () => {
    const [run] = sarifOf(await check(recipe)).runs;
    const rules = run?.tool.driver.rules ?? [];
    const rule = rules[run?.results?.[0]?.ruleIndex ?? -1];
    expect(rule?.id).toBe(run?.results?.[0]?.ruleId);
    expect(rule?.shortDescription?.text).toBe("A write that start-up overwrites with another value.");
    expect(rule?.help?.markdown).toContain("## Why");
    expect(rule?.defaultConfiguration?.level).toBe("warning");
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it("leaves out nothing: findings, skipped and failed files", () => {
    const [run] = sarifOf(sampleRun).runs;
    expect(run?.results?.map(({ level, message }) => [level, message.text?.split("\n")[0]])).toEqual([
      ["warning", "ddp.grad_reduce_in_fp32 = False has no effect: mixed_precision sets it."],
      ["warning", "Two."],
    ]);
    const [invocation] = run?.invocations ?? [];
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications?.map(({ level }) => level)).toEqual(["note", "error"]);
  });

  it("tells what was applied without asking for it again", () => {
    const [done, left] = sarifOf(sampleRun, true).runs[0]?.results ?? [];
    expect(done).toMatchObject({ kind: "informational", level: "none" });
    expect(done?.fixes).toBeUndefined();
    expect(left?.locations?.[0]?.physicalLocation?.region).toMatchObject({ startLine: 1, startColumn: 12 });
  });

  it("says which findings a comment has ignored, and why", async () => {
    const ignored = recipe
      .replace("# 🚀\n", "# bridgemod: ignore[move-precision-knobs] the paper's setting\n")
      .replace("# 🚀", "#");
    const report = await check(ignored);
    const place = "cfg.ddp.grad_reduce_in_fp32 = False  # bridgemod";
    for (const [applied, text] of [
      [false, ignored],
      [true, filesAfter(report)[0]?.text ?? ""],
    ] as const) {
      const results = sarifOf(report, applied).runs[0]?.results ?? [];
      expect(results.map(({ suppressions }) => suppressions)).toEqual([
        [],
        [{ kind: "inSource", status: "accepted", justification: "the paper's setting" }],
      ]);
      const line = results[1]?.locations?.[0]?.physicalLocation?.region?.startLine ?? 0;
      expect(text.split("\n")[line - 1]).toContain(place);
    }
    const notices = noticesOfRun(report, false);
    expect(githubText(notices)).not.toContain("line=9");
    expect((JSON.parse(rdjsonText(notices)) as { diagnostics: unknown[] }).diagnostics).toHaveLength(1);
    const bare = ignored.replace(" the paper's setting", "");
    const [, , last] = sarifOf(await check(bare)).runs[0]?.results ?? [];
    expect(last?.suppressions).toEqual([{ kind: "inSource", status: "accepted" }]);
  });

  it("does not speak of ignoring where nothing is ignored", async () => {
    const results = sarifOf(await check(recipe)).runs[0]?.results ?? [];
    expect(results.map((result) => "suppressions" in result)).toEqual([false, false]);
  });

  it("tells what a review found", () => {
    const log = JSON.parse(sarifText(noticesOfReview(sampleReview), tool)) as Log;
    expect(isSarif(log) ? [] : isSarif.errors).toEqual([]);
    expect(log.runs[0]?.results?.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ["review/changed-unexpectedly", "warning"],
      ["move-precision-knobs/dead-precision-knob", "warning"],
    ]);
  });
});

describe("GitHub annotations", () => {
  it("are one line each, with everything escaped", () => {
    const hostile = "100%\r\n::error::gotcha\u001b[31m";
    const [file] = sampleRun.files;
    if (!file) throw new Error("the sample has a file");
    const remaining = file.remaining.map((finding) => ({ ...finding, message: hostile }));
    const report = { ...sampleRun, files: [{ ...file, path: "a,b:c.py", fixes: [], remaining }] };
    expect(githubText(noticesOfRun(report, false))).toBe(
      "::warning file=a%2Cb%3Ac.py,line=51,title=move-precision-knobs/disagree::" +
        "100%25%0D%0A::error::gotcha\uFFFD[31m\n",
    );
  });

  it("tell of every finding and every file that could not be read", () => {
    const lines = githubText(noticesOfRun(sampleRun, false)).split("\n");
    expect(lines.map((line) => line.replace(/(title=skipped)::.*/, "$1"))).toEqual([
      expect.stringMatching(/^::warning file=recipes\/a\.py,line=40/),
      expect.stringMatching(/^::warning file=recipes\/a\.py,line=51/),
      "::notice file=recipes/c.py,title=skipped",
      "::error file=recipes/d.py,line=2,title=failed::line 2: not UTF-8",
      "",
    ]);
    expect(githubText(noticesOfRun(sampleRun, true))).toContain("::notice file=recipes/a.py,title=");
  });
});

describe("rdjson", () => {
  it.each(Object.entries(texts))("suggests each fix whole, by bytes: %s", async (_, text) => {
    const report = await check(text);
    const { diagnostics } = JSON.parse(rdjsonText(noticesOfRun(report, false)));
    expect(diagnostics).toHaveLength(2);
    for (const { suggestions, location } of diagnostics) {
      expect(suggestions).toHaveLength(1);
      const once = applyByBytes(text, suggestions[0]);
      expect(once.match(/cfg\.mixed_precision\.grad_reduce_in_fp32 = False/g)).toHaveLength(1);
      expect(byteSlice(text, location.range)).toBe("cfg.ddp.grad_reduce_in_fp32");
      expect((await check(once)).files[0]?.fixes).toHaveLength(1);
    }
  });

  it("says where a fix is too long to be suggested", () => {
    const [file] = sampleRun.files;
    if (!file?.fixes[0]) throw new Error("the sample has a fix");
    const before = "x = 1\n".repeat(100);
    const edits = [0, 594].map((start) => ({ start, end: start + 5, text: "y = 2" }));
    const fixes = [{ ...file.fixes[0], edits }];
    const report = { ...sampleRun, files: [{ ...file, fixes, before }] };
    const [diagnostic] = JSON.parse(rdjsonText(noticesOfRun(report, false))).diagnostics;
    expect(diagnostic.suggestions).toBeUndefined();
    expect(diagnostic.message).toContain("`bridgemod migrate` applies it");
  });
});

function spanOf(text: string, { startLine = 1, startColumn = 1, endLine = 1, endColumn = 1 }: Region) {
  const offset = (line: number, column: number) => {
    const bom = text.startsWith("\uFEFF") ? 1 : 0;
    const lines = text.slice(bom).split(/(?<=\n)/);
    return bom + lines.slice(0, line - 1).join("").length + column - 1;
  };
  return { start: offset(startLine, startColumn), end: offset(endLine, endColumn) };
}

function applyFromTheEnd(
  text: string,
  edits: readonly { start: number; end: number; text: string }[],
): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((done, edit) => done.slice(0, edit.start) + edit.text + done.slice(edit.end), text);
}

interface ByteRange {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

function byteOffsets(bytes: Buffer, { start, end }: ByteRange): [number, number] {
  const lines = bytes.toString("latin1").split(/(?<=\n)/);
  const offset = (line: number, column: number) => lines.slice(0, line - 1).join("").length + column - 1;
  return [offset(start.line, start.column), offset(end.line, end.column)];
}

function byteSlice(text: string, range: ByteRange): string {
  const bytes = Buffer.from(text);
  return bytes.subarray(...byteOffsets(bytes, range)).toString();
}

function applyByBytes(text: string, { range, text: inserted }: { range: ByteRange; text: string }): string {
  const bytes = Buffer.from(text);
  const [start, end] = byteOffsets(bytes, range);
  return bytes.subarray(0, start).toString() + inserted + bytes.subarray(end).toString();
}
