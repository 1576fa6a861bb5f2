import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codemods } from "../src/engine.ts";
import type { Intent } from "../src/policy.ts";
import { filesAfter, filesBelow, NEWEST, runJob } from "./snapshot-cases.ts";

const documented = await codemods();

/** Two fences, ` ```python before ` and ` ```python after `; the first may name an intent and a version. */
interface Example {
  readonly line: number;
  readonly intent: Intent;
  readonly bridge: string;
  readonly before: string;
  readonly after: string;
}

interface Fence {
  readonly line: number;
  readonly words: readonly string[];
  readonly text: string;
}

function fencesOf(readme: string): Fence[] {
  return [...readme.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(({ index, 1: info = "", 2: text = "" }) => ({
    line: readme.slice(0, index).split("\n").length,
    words: info.trim().split(/\s+/),
    text,
  }));
}

function examplesOf(readme: string): Example[] {
  const fences = fencesOf(readme).filter(({ words }) => words[0] === "python");
  return fences.flatMap((fence, index) => {
    if (!fence.words.includes("before")) return [];
    const after = fences[index + 1];
    if (after?.words.includes("after") !== true)
      throw new Error(`line ${fence.line}: no "python after" follows`);
    const option = (key: string) =>
      fence.words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
    const intent = (option("intent") ?? "honor") as Intent;
    return [
      { line: fence.line, intent, bridge: option("bridge") ?? NEWEST, before: fence.text, after: after.text },
    ];
  });
}

/** The rules that the cases of a codemod show. */
function reportedRules(name: string): string[] {
  const folder = join("snapshots", name);
  const reports = filesBelow(folder).filter((path) => /report[^/]*\.json$/.test(path));
  const rules = reports.flatMap((path) => {
    const json = readFileSync(join(folder, path), "utf8");
    const own = new RegExp(`"codemod": "${name}",\\s+"rule": "([a-z-]+)"`, "g");
    return [...json.matchAll(own)].map(([, rule = ""]) => rule);
  });
  return [...new Set(rules)].sort();
}

it("has a README in every folder", () => {
  const folders = readdirSync("codemods", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(documented.map(({ name }) => name));
  expect(documented.filter(({ readme }) => readme === "")).toEqual([]);
});

const SECTIONS = [
  "What it does",
  "Why",
  "Example",
  "Intents",
  "Left alone",
  "Handed over",
  "What changes in what runs",
  "Rules",
  "References",
];

describe.each(documented)("codemods/$name/README.md", ({ name, summary, readme }) => {
  const examples = examplesOf(readme);

  it("is named after its folder, with a summary and all sections", () => {
    expect(readme.split("\n")[0]).toBe(`# ${name}`);
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect([...readme.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(SECTIONS);
  });

  it("shows every intent", () => {
    expect(new Set(examples.map(({ intent }) => intent))).toEqual(new Set(["honor", "preserve", "report"]));
  });

  it("leaves no Python unexecuted", () => {
    const python = fencesOf(readme).filter(({ words }) => words[0]?.startsWith("py"));
    expect(python).toHaveLength(examples.length * 2);
  });

  it.each(examples)("does what line $line says under $intent", async ({ intent, bridge, before, after }) => {
    const report = await runJob({
      codemod: name,
      intent,
      bridge,
      files: [{ path: "recipe.py", text: before }],
    });
    expect(filesAfter(report)).toEqual([{ path: "recipe.py", text: after }]);
  });

  it("lists the rules that its cases show", () => {
    const listed = [...readme.matchAll(/^\| `([a-z-]+)` /gm)].map(([, rule]) => rule ?? "");
    expect(listed.sort()).toEqual(reportedRules(name));
  });
});
