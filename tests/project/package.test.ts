import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { filesBelow } from "../snapshot-cases.ts";

// Packs, installs and compiles, on machines that do other things, too.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const megabyte = 1_000_000;

/** A folder with nothing in it but the tarball, and later what npm installs from it. */
const home = realpathSync(mkdtempSync(join(tmpdir(), "bridgemod-package-")));
const installed = join(home, "node_modules", "bridgemod");
let tarball = "";

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
}

beforeAll(() => {
  // Not by `prepack`: .npmrc lets no script of a package run, our own included.
  execFileSync(process.execPath, ["scripts/build.mjs", "--types"], { stdio: "pipe" });
  const [packed] = JSON.parse(npm(".", "pack", "--json", "--silent", "--pack-destination", home)) as Packed[];
  if (packed === undefined) throw new Error("npm pack made no tarball");
  const { filename, size, unpackedSize } = packed;
  tarball = join(home, filename);
  console.log(`${filename}: ${size / megabyte} MB, ${unpackedSize / megabyte} MB unpacked`);
  expect(size).toBeLessThan(5 * megabyte);
  npm(home, "install", "--ignore-scripts", "--offline", tarball);
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** npm as a user runs it: with a cache of its own, and nothing of this run's settings. */
function npm(cwd: string, ...argv: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  return execFileSync("npm", argv, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...env, npm_config_cache: join(home, ".npm") },
  });
}

function npx(...argv: readonly string[]): string {
  return npm(home, "exec", "--offline", "--", "bridgemod", ...argv);
}

describe("the package", () => {
  it("brings no other package and no install script", () => {
    expect(
      filesBelow(join(home, "node_modules")).filter(
        (path) => !/^(bridgemod|\.bin)\/|^\.package-lock/.test(path),
      ),
    ).toEqual([]);
    const { scripts, dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    expect(dependencies).toBeUndefined();
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });

  it("holds what it needs, and nothing twice", () => {
    const files = filesBelow(installed).map((path) => path.replace(/-[A-Z0-9]{8}(?=\.js$)/, ""));
    expect(files).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "README.md",
        "dist/cli.js",
        "dist/LICENSES.txt",
        "dist/types/src/index.d.ts",
      ]),
    );
    expect(files.filter((path) => /\.(map|test\.\w+)$|^(src|tests|snapshots)\//.test(path))).toEqual([]);
    expect(files.filter((path) => /0\.6\.2.*\.js$/.test(path))).toEqual(["dist/0.6.2.js"]);
  });

  it("tells nothing about the machine it was made on", () => {
    const telling = [process.cwd(), home, `${homedir()}/`, "file:///"];
    const files = filesBelow(installed).flatMap((path) => {
      const text = readFileSync(join(installed, path), "latin1");
      return telling.filter((one) => text.includes(one)).map((one) => `${path} holds ${one}`);
    });
    expect(files).toEqual([]);
  });

  it("runs by npx", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(npx("--version")).toBe(`${version}\n`);
    expect(npx("list")).toContain("move-precision-knobs");
    expect(
      npm(home, "exec", "--offline", "--yes", `--package=${tarball}`, "--", "bridgemod", "--version"),
    ).toBe(`${version}\n`);
  });

  it("works on recipes", () => {
    cpSync(join(installed, "examples"), join(home, "project"), { recursive: true });
    const argv = ["exec", "--offline", "--", "bridgemod", "recipes/"];
    const { status, stdout } = spawnSync("npm", argv, { cwd: join(home, "project"), encoding: "utf8" });
    expect(status).toBe(1);
    expect(stdout).toContain("to apply: npx bridgemod migrate recipes/");
  });

  it("is a library with types", () => {
    const source = `import { defineCodemod, edits, type Finding, type RecipeFile } from "bridgemod";
import schema from "bridgemod/schema/run-1.json" with { type: "json" };
function* find(file: RecipeFile): Generator<Finding> {
  for (const { site } of file.sites) {
    const fix = { edits: edits.removeStatement(file.text, file.source.parsed().module, site.stmt), claims: [], recipes: [], knobs: [] };
    yield { rule: "r", severity: "info", span: site, message: schema.title, fix };
  }
}
const codemod = defineCodemod({ set: "cleanup", remit: [], find });
console.log(codemod.remit.length);
`;
    writeFileSync(join(home, "user.mts"), source);
    const options = ["--module", "nodenext", "--target", "es2023", "--strict", "--resolveJsonModule"];
    const { stdout } = spawnSync(
      process.execPath,
      [resolve("node_modules/typescript/bin/tsc"), ...options, "user.mts"],
      {
        cwd: home,
        encoding: "utf8",
      },
    );
    expect(stdout).toBe("");
    expect(
      execFileSync(process.execPath, ["--no-warnings", "user.mjs"], { cwd: home, encoding: "utf8" }),
    ).toBe("0\n");
  });
});
