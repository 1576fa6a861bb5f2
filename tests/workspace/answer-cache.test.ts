import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { RunReport } from "../../src/outcome.ts";
import type { ProjectInput } from "../../src/project.ts";
import { openAnswerCache, type Question } from "../../src/workspace/answer-cache.ts";
import { keepRun, restoreRun } from "../../src/workspace/kept-run.ts";

const others = new Map<string, string | null>();
let directory: string;

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), "bridgemod-answer-cache-")), "cache");
  others.clear();
});

function input(text: string): ProjectInput {
  return {
    cwd: "/w",
    files: [
      { path: "a.py", text },
      { path: "b.py", text: "same" },
    ],
    targets: new Set(["a.py", "b.py"]),
    listing: ["a.py", "b.py", "c.py"],
    read: (path) => others.get(path) ?? null,
    importRoots: [],
    library: [{ path: "/lib", read: (path) => others.get(`/lib/${path}`) ?? null }],
    bridge: { version: "0.6.2", from: "--bridge" },
  };
}

function question(text = "old", changes: Partial<Question> = {}): Question {
  return { version: "1.0.0", asked: ["x", { intent: "honor" }], input: input(text), ...changes };
}

const report: RunReport = {
  bridge: { version: "0.6.2", from: "--bridge" },
  files: [
    { path: "a.py", outcome: "changed", reason: null, fixes: [], remaining: [], before: "old", after: "new" },
    {
      path: "b.py",
      outcome: "unchanged",
      reason: null,
      fixes: [],
      remaining: [],
      before: "same",
      after: "same",
    },
  ],
};

async function keep(
  asked = question(),
  read: (input: ProjectInput) => void = () => undefined,
): Promise<void> {
  const cache = openAnswerCache({ BRIDGEMOD_CACHE_DIR: directory });
  const watched = cache.watch(asked.input);
  read(watched.input);
  await cache.put(asked, watched, JSON.stringify(keepRun(report)));
}

const recall = (asked = question()) =>
  openAnswerCache({ BRIDGEMOD_CACHE_DIR: directory }).get(asked, (answer) => restoreRun(answer, asked.input));

describe("reports of earlier runs", () => {
  it("come back whole for the same question", async () => {
    expect(recall()).toBeNull();
    await keep();
    expect(recall()).toEqual(report);
  });

  it.each<[string, Question]>([
    ["another text", question("older")],
    ["another version of the tool", question("old", { version: "1.0.1" })],
    ["another codemod", question("old", { asked: ["y", { intent: "honor" }] })],
    ["another intent", question("old", { asked: ["x", { intent: "preserve" }] })],
    [
      "another Bridge",
      question("old", { input: { ...input("old"), bridge: { version: "0.5.1", from: "--bridge" } } }),
    ],
    ["other targets", question("old", { input: { ...input("old"), targets: new Set(["a.py"]) } })],
    ["a new file beside", question("old", { input: { ...input("old"), listing: ["a.py", "b.py"] } })],
  ])("do not answer for %s", async (_, asked) => {
    await keep();
    expect(recall(asked)).toBeNull();
  });

  it("do not answer once a file that the run read besides has changed, come or gone", async () => {
    others.set("c.py", "one").set("/lib/d.py", "two");
    const readAll = (project: ProjectInput) => {
      project.read("c.py");
      project.library[0]?.read("d.py");
      project.library[0]?.read("e.py");
    };
    await keep(question(), readAll);
    expect(recall()).toEqual(report);
    others.set("/lib/e.py", "three");
    expect(recall()).toBeNull();
    others.delete("/lib/e.py");
    others.set("c.py", "changed");
    expect(recall()).toBeNull();
  });

  it("do not answer from a damaged entry", async () => {
    await keep();
    const [name = ""] = readdirSync(directory);
    for (const damage of ["", "{", "{}", '{"read":[],"answer":{}}']) {
      writeFileSync(join(directory, name), damage);
      expect(recall()).toBeNull();
    }
  });

  it("are few, the newest ones", async () => {
    mkdirSync(directory, { recursive: true });
    for (let index = 0; index < 40; index += 1) {
      writeFileSync(join(directory, `${index}.json`), "{}");
      utimesSync(join(directory, `${index}.json`), index, index);
    }
    await keep();
    expect(readdirSync(directory)).toHaveLength(32);
    expect(recall()).toEqual(report);
  });

  it("cost nothing but time where they cannot be kept", async () => {
    writeFileSync(directory, "a file where the directory should be");
    await keep();
    expect(recall()).toBeNull();
  });
});
