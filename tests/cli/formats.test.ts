import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { makeRepository, recipe } from "../workspace/temp-tree.ts";
import { bridgemod } from "./fake-host.ts";

const formats = ["text", "json", "sarif", "github", "rdjson", "markdown", "html"];
const texts = { clean: recipe.replaceAll("OLD", "x"), pending: recipe, broken: `${recipe}\n(:\n` };

beforeAll(() => {
  // The page of the HTML format is bundled.
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
});

describe.each(formats)("--format %s", (format) => {
  it("leaves exit codes alone", async () => {
    for (const [name, code] of Object.entries({ clean: 0, pending: 1, broken: 2 })) {
      const root = makeRepository({ "a.py": texts[name as keyof typeof texts] });
      expect([name, (await bridgemod(root, ["check", "--format", format, "."])).code]).toEqual([name, code]);
    }
  });

  it("goes into a file whole, and is the same for every run", async () => {
    const root = makeRepository({ "a.py": recipe, "größe é/b.py": recipe });
    const { out } = await bridgemod(root, ["check", "--format", format, "--jobs", "1", "."]);
    const again = await bridgemod(root, ["check", "--format", format, "--jobs=2", "--output=out.txt", "."]);
    expect(again.out).toBe("");
    expect(readFileSync(join(root, "out.txt"), "utf8")).toBe(out);
    expect(out).not.toContain(root);
  });
});

it.each(["text", "json", "markdown", "html"])("explain has --format %s", async (format) => {
  const root = makeRepository({ "a.py": recipe });
  const { code, out } = await bridgemod(root, ["explain", "--format", format, "."]);
  expect(code).toBe(0);
  expect((await bridgemod(root, ["explain", "--format", format, "--jobs=2", "."])).out).toBe(out);
  expect(out).not.toContain(root);
});

it.each(formats)("review has --format %s, the same for every run", async (format) => {
  const root = makeRepository({ "a.py": recipe });
  writeFileSync(join(root, "a.py"), recipe.replace("OLD", "NEW"));
  const { code, out } = await bridgemod(root, ["review", "--format", format]);
  expect(code).toBe(0);
  expect((await bridgemod(root, ["review", "--format", format, "--jobs=2"])).out).toBe(out);
  expect(out).not.toContain(root);
});

describe("paths", () => {
  const file = "sub/a.py";

  it.each(["sarif", "github"])("are the repository's: %s", async (format) => {
    const root = makeRepository({ [file]: recipe });
    const { out } = await bridgemod(join(root, "sub"), ["check", "--format", format, "."]);
    expect(out).toContain(file);
  });

  it("are the working directory's, which is reviewdog's, too: rdjson", async () => {
    const root = makeRepository({ [file]: recipe });
    const { out } = await bridgemod(join(root, "sub"), ["check", "--format", "rdjson", "."]);
    expect(JSON.parse(out).diagnostics[0].location.path).toBe("a.py");
  });
});

describe("in a GitHub workflow", () => {
  it("a hint says what format is seen better, and nothing changes by itself", async () => {
    const root = makeRepository({ "a.py": recipe });
    const env = { GITHUB_ACTIONS: "true" };
    const here = await bridgemod(root, ["check", "."]);
    const there = await bridgemod(root, ["check", "."], { env });
    expect(there.out).toBe(here.out);
    expect(there.err).toBe(`${here.err}hint: --format github shows this beside the code\n`);
    expect((await bridgemod(root, ["check", "--quiet", "."], { env })).err).not.toContain("hint");
    expect((await bridgemod(root, ["check", "--format=github", "."], { env })).err).not.toContain("hint");
  });
});

it("--diff and a format are refused together, as is a format that a command lacks", async () => {
  const root = makeRepository({ "a.py": recipe });
  expect(await bridgemod(root, ["check", "--diff", "--format=sarif", "."])).toMatchObject({
    code: 2,
    out: "",
  });
  const { code, err } = await bridgemod(root, ["explain", "--format=sarif", "."]);
  expect(code).toBe(2);
  expect(err).toContain('"sarif"');
});
