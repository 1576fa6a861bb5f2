import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { configKeys, loadConfig } from "../../src/workspace/config.ts";
import { readToml } from "../../src/workspace/toml.ts";
import { makeRepository, makeTree, put, textOf } from "../workspace/temp-tree.ts";
import { bridgemod } from "./fake-host.ts";

// Real git repositories, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000 });

const schema = JSON.parse(readFileSync("schema/config-1.json", "utf8"));
const validate = new Ajv({ allErrors: true }).compile(schema);

const written = ["bridgemod.toml", ".github/workflows/bridgemod.yml", ".pre-commit-config.yaml"];

/** What a configuration says, by our own reader. */
function configOf(root: string): unknown {
  return loadConfig({ cwd: root, from: root, to: root, file: null, isolated: false });
}

describe("init", () => {
  it("writes three files at the root of the repository, and says what comes next", async () => {
    const root = makeRepository({ "recipes/a.py": "x = 1\n" });
    const { code, out, err } = await bridgemod(`${root}/recipes`, ["init"]);
    expect(code).toBe(0);
    expect(out).toBe(written.map((path) => `wrote        ../${path}\n`).join(""));
    expect(err).toContain("next: `bridgemod check` shows what there is to do");
    expect(parse(textOf(root, written[1] ?? "")).jobs.recipes.steps.length).toBeGreaterThan(2);
    expect(await bridgemod(root, ["check"])).toMatchObject({ code: 0 });
  });

  it("writes a configuration that is valid, with every key that it mentions", async () => {
    const root = makeRepository({});
    await bridgemod(root, ["init"]);
    const text = textOf(root, "bridgemod.toml");
    expect(text).toMatch(/^#:schema https:\/\/unpkg\.com\/bridgemod@1\.2\.3\/dist\/schema\/config-1\.json\n/);
    const full = text.replaceAll(/^# (?=[a-z-]+ = )/gm, "");
    put(root, "bridgemod.toml", full);
    const toml = readToml(full);
    const table = "table" in toml ? toml.table : {};
    expect(Object.keys(table).sort()).toEqual([...configKeys].sort());
    expect(validate(table), JSON.stringify(validate.errors)).toBe(true);
    expect(configOf(root)).toMatchObject({ bridge: "0.6.2", worldSize: "auto" });
  });

  it("writes a hook for pre-commit that asks for this version", async () => {
    const root = makeRepository({});
    await bridgemod(root, ["init"]);
    const { repos } = parse(textOf(root, ".pre-commit-config.yaml"));
    expect(repos).toMatchObject([
      { repo: "local", hooks: [{ entry: "bridgemod check", additional_dependencies: ["bridgemod@1.2.3"] }] },
    ]);
  });

  it("overwrites nothing", async () => {
    const own = { "bridgemod.toml": 'gpu = "h100"\n', ".pre-commit-config.yaml": "repos: []\n" };
    const root = makeRepository(own);
    const { code, out, err } = await bridgemod(root, ["init"]);
    expect(code).toBe(0);
    expect(out).toContain("left alone   bridgemod.toml: bridgemod.toml holds the configuration already\n");
    expect(out).toContain("add below its `repos:`\n  - repo: local\n");
    expect(err).not.toContain("note:");
    for (const [path, text] of Object.entries(own)) expect(textOf(root, path)).toBe(text);
    const second = await bridgemod(root, ["init"]);
    expect(second).toMatchObject({ code: 0 });
    expect(second.out).not.toContain("wrote");
  });

  it("leaves a configuration in pyproject.toml where it is, and a link that leads nowhere", async () => {
    const root = makeRepository({
      "pyproject.toml": '[tool.bridgemod]\ngpu = "h100"\n',
      ".github/workflows/x": "",
    });
    symlinkSync("nowhere", `${root}/.github/workflows/bridgemod.yml`);
    const { out } = await bridgemod(root, ["init"]);
    expect(out).toContain("left alone   bridgemod.toml: pyproject.toml holds the configuration already\n");
    expect(out).toContain("left alone   .github/workflows/bridgemod.yml");
    expect(readdirSync(root)).not.toContain("bridgemod.toml");
  });

  it("shows everything and writes nothing under --dry-run", async () => {
    const root = makeRepository({});
    const { code, out, err } = await bridgemod(root, ["init", "--dry-run"]);
    expect(code).toBe(0);
    for (const path of written) expect(out).toContain(`would write  ${path}\n    `);
    expect(err).toContain("nothing was written");
    expect(readdirSync(root)).toEqual([".git"]);
    await bridgemod(root, ["init"]);
    for (const path of written) {
      expect(out).toContain(textOf(root, path).replaceAll(/^(?=.)/gm, "    "));
    }
  });

  it("says so outside git, and refuses what it cannot write", async () => {
    const root = makeTree({ ".github": "a file\n" });
    const { code, err } = await bridgemod(root, ["init"]);
    expect(code).toBe(2);
    expect(err).toContain("warning: not in a git repository");
    expect(err).toContain("error: .github/workflows/bridgemod.yml: cannot be written: ");
    expect(err).toContain("\nnext: ");
  });

  it("writes YAML that older readers take, too", async () => {
    const root = makeRepository({});
    await bridgemod(root, ["init"]);
    for (const path of written.slice(1)) {
      expect(textOf(root, path)).not.toContain("\t");
      // A document without anchors, tags and flow surprises reads the same everywhere.
      expect(parse(textOf(root, path), { version: "1.1" })).toBeTypeOf("object");
    }
  });
});

describe("schema/config-1.json", () => {
  it("knows every key that a configuration may hold", () => {
    expect(Object.keys(schema.properties).sort()).toEqual([...configKeys].sort());
  });

  const samples: readonly string[] = [
    '"auto"',
    '"name"',
    '"honor"',
    '"recommended"',
    '["a", "b"]',
    "[1, 2]",
    "[]",
    "8",
    "0",
    "-1",
    "1.5",
    "true",
    '["a", 1]',
    "[0]",
    "{ a = 1 }",
    "1979-05-27",
  ];

  it.each(configKeys)("accepts for %s what we accept", (key) => {
    for (const sample of samples) {
      const text = `${key} = ${sample}\n`;
      const root = makeTree({ "bridgemod.toml": text });
      const toml = readToml(text);
      // A set's name is only looked up once the codemods are known.
      const isOther = key === "set" && sample.startsWith('"') && sample !== '"recommended"';
      expect(validate("table" in toml ? toml.table : {}), text).toBe(!isOther && isAccepted(root));
    }
  });

  it("refuses a key that we refuse", () => {
    expect(validate({ gpus: "h100" })).toBe(false);
  });
});

function isAccepted(root: string): boolean {
  try {
    return configOf(root) !== null;
  } catch {
    return false;
  }
}
