import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { codemods } from "../src/engine.ts";
import type { RunReport } from "../src/outcome.ts";
import type { Intent } from "../src/policy.ts";
import { runJson } from "../src/report/json.ts";
import { filesAfter, filesBelow, readCases, runJob, type SnapshotCase } from "./snapshot-cases.ts";

const cases = readCases("snapshots");
const names = (await codemods()).map(({ name }) => name);
const validate = new Ajv2020().compile(JSON.parse(readFileSync("schema/run-1.json", "utf8")) as object);

const reports = new Map<string, Promise<RunReport>>();

/** Each case runs once, whichever test asks for it. */
function reportOf(one: SnapshotCase, intent: Intent): Promise<RunReport> {
  const key = `${one.folder} ${intent}`;
  const report = reports.get(key) ?? runJob({ ...one, intent });
  reports.set(key, report);
  return report;
}

/** The default intent needs no mention: `report.json`, `report.preserve.json`. */
function suffix(intent: Intent): string {
  return intent === "honor" ? "" : `.${intent}`;
}

function outputPath(path: string, intent: Intent): string {
  return path === "input.py" ? `output${suffix(intent)}.py` : `output${suffix(intent)}/${path}`;
}

/** The generated files of a case with their texts: the report of each intent, and the files that it changed. */
async function generated(one: SnapshotCase): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const intent of one.intents) {
    const report = await reportOf(one, intent);
    files.set(`report${suffix(intent)}.json`, runJson(report));
    for (const { path, outcome, after } of report.files) {
      if (outcome === "changed") files.set(outputPath(path, intent), after);
    }
  }
  return files;
}

it.each(names)("%s has cases", (name) => {
  expect(cases.some(({ codemod }) => codemod === name)).toBe(true);
});

it("has cases for codemods only", () => {
  expect(names).toEqual(expect.arrayContaining(cases.map(({ codemod }) => codemod)));
});

describe.each(cases)("$codemod/$name", (one) => {
  it("does what its snapshots say", async () => {
    for (const [path, text] of await generated(one)) {
      await expect(text).toMatchFileSnapshot(join("..", one.folder, path));
    }
  });

  it("holds no other files", async () => {
    const found = filesBelow(one.folder).filter((path) => !/^input(?:\.py$|\/)/.test(path));
    expect([...(await generated(one)).keys()]).toEqual(expect.arrayContaining(found));
  });

  it.each(one.intents)("says the truth about its texts under %s", async (intent) => {
    const report = await reportOf(one, intent);
    expect(validate(JSON.parse(runJson(report))), JSON.stringify(validate.errors)).toBe(true);
    for (const { outcome, before, after, fixes } of report.files) {
      expect(after !== before).toBe(outcome === "changed");
      expect(fixes.length > 0).toBe(outcome === "changed");
    }
  });

  it.each(one.intents)("is done after one run under %s", async (intent) => {
    const first = await reportOf(one, intent);
    const second = await runJob({ ...one, intent, files: filesAfter(first) });
    expect(filesAfter(second)).toEqual(filesAfter(first));
    expect(remaining(second)).toEqual(remaining(first));
  });
});

/** Findings without their lines, which the first run counts in the original. */
function remaining(report: RunReport): string[] {
  return report.files.flatMap((file) =>
    file.remaining.map(({ rule, severity }) => `${file.path} ${rule} ${severity}`),
  );
}

it.each(names)("%s leaves two in five cases alone", async (name) => {
  const own = cases.filter(({ codemod }) => codemod === name);
  const first = await Promise.all(own.map((one) => reportOf(one, "honor")));
  const alone = first.filter(({ files }) => files.every(({ outcome }) => outcome === "unchanged"));
  expect(alone.length / own.length).toBeGreaterThanOrEqual(0.4);
});

const COMPILE = `
import json, sys
for name, text in json.load(sys.stdin).items():
    try:
        compile(text.encode(), name, "exec", dont_inherit=True)
    except SyntaxError as error:
        print(f"{name}:{error.lineno}: {error.msg}")
`;

it("writes what CPython compiles", async () => {
  const texts: Record<string, string> = {};
  for (const one of cases) {
    for (const { path, text } of one.files) if (path.endsWith(".py")) texts[`${one.folder}: ${path}`] = text;
    for (const [path, text] of await generated(one)) {
      if (path.endsWith(".py")) texts[join(one.folder, path)] = text;
    }
  }
  const options = { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 1 << 26 } as const;
  expect(execFileSync("python3", ["-W", "error", "-c", COMPILE], options)).toBe("");
});
