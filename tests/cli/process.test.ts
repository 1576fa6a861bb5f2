import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeRepository, makeTree, recipe, textOf } from "../workspace/temp-tree.ts";
import { buildFakeCli, start } from "./fake-cli.ts";

// Real git repositories and processes, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000 });

let cli = "";

beforeAll(async () => {
  cli = await buildFakeCli();
});

afterAll(() => rmSync(dirname(cli), { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const nobody = 65534;

/** A tree that a user without privileges owns. */
function makeTreeOf(uid: number, files: Readonly<Record<string, string>>): string {
  const root = makeTree(files);
  chmodSync(root, 0o755);
  for (const path of [".", ...Object.keys(files)]) chownSync(join(root, path), uid, uid);
  return root;
}

describe("the program", () => {
  it("prints its version on stdout", () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [cli, "--version"], { encoding: "utf8" });
    expect({ stdout, stderr, status }).toMatchObject({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("takes no notice of a reader that goes away, and finishes its work", async () => {
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`r${index}.py`, recipe]));
    const root = makeRepository(files);
    const { child, ended } = start(cli, ["migrate", "--format", "json", "."], { cwd: root });
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0 });
    expect(Object.keys(files).every((path) => textOf(root, path).includes("NEW"))).toBe(true);
  });

  it("shows no bar where stderr is no terminal", async () => {
    const root = makeRepository({ "a.py": recipe });
    const { err } = await start(cli, ["check", "."], { cwd: root }).ended;
    expect(err).not.toContain("\u001b");
  });
});

describe("an interrupt", () => {
  it("ends an analysis with nothing written", async () => {
    const root = makeRepository({ "a.py": `${recipe}# SLOW\n` });
    const { child, ended } = start(cli, ["migrate", "."], { cwd: root });
    await setTimeout(700);
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 130, err: "interrupted: 0 files written\n" });
    expect(textOf(root, "a.py")).toContain("OLD");
  });

  it("lets the file in hand be finished and says how many were written", async () => {
    const paths = Array.from({ length: 600 }, (_, index) => `r${String(index).padStart(3, "0")}.py`);
    const root = makeRepository(Object.fromEntries(paths.map((path) => [path, recipe])));
    const { child, ended } = start(cli, ["migrate", "."], { cwd: root });
    while (!textOf(root, "r003.py").includes("NEW")) await setTimeout(1);
    child.kill("SIGINT");
    const { code, err } = await ended;
    const written = paths.filter((path) => textOf(root, path).includes("NEW")).length;
    expect(code).toBe(130);
    expect(err).toContain(`interrupted: ${written} of 600 files written\n`);
    expect(written).toBeLessThan(600);
    expect(err).toContain(`600 files: ${written} changed, 0 unchanged, ${600 - written} skipped, 0 failed`);
    expect(readdirSync(root).filter((name) => name.endsWith(".py") || name === ".git")).toEqual(
      readdirSync(root),
    );
  });
});

describe.skipIf(!isRoot)("a user without privileges", () => {
  it("is told of an unwritable file before anything is written", async () => {
    const root = makeTreeOf(nobody, { "a.py": recipe, "b.py": recipe });
    chmodSync(join(root, "b.py"), 0o444);
    const { code, err } = await start(cli, ["migrate", "."], { cwd: root, uid: nobody }).ended;
    expect(code).toBe(2);
    expect(err).toContain("error: b.py: cannot be written: permission denied\nnext: nothing was written");
    expect(textOf(root, "a.py")).toBe(recipe);
  });

  it("is told of a directory that takes no new file", async () => {
    const root = makeTreeOf(nobody, { "a.py": recipe });
    chmodSync(root, 0o555);
    const { code, err } = await start(cli, ["migrate", "."], { cwd: root, uid: nobody }).ended;
    expect({ code, unchanged: textOf(root, "a.py") === recipe }).toEqual({ code: 2, unchanged: true });
    expect(err).toContain("error: a.py: its directory cannot be written: permission denied");
  });

  it("is told of an unreadable file, and the others are worked on", async () => {
    const root = makeTreeOf(nobody, { "a.py": recipe, "b.py": recipe });
    chmodSync(join(root, "b.py"), 0o200);
    const { code, err } = await start(cli, ["migrate", "."], { cwd: root, uid: nobody }).ended;
    expect(code).toBe(2);
    expect(err).toContain("error: b.py: cannot be read: permission denied");
    expect(textOf(root, "a.py")).toContain("NEW");
  });

  it("is told when git refuses to say what is uncommitted", async () => {
    const root = makeRepository({ "a.py": recipe });
    chmodSync(root, 0o755);
    const home = { HOME: root, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
    const { code, err } = await start(cli, ["migrate", "."], { cwd: root, uid: nobody, env: home }).ended;
    expect(code).toBe(2);
    expect(err).toMatch(/git status failed: .*dubious ownership/);
    expect(textOf(root, "a.py")).toBe(recipe);
  });

  it("keeps the owner of a file that root rewrites", async () => {
    const { statSync } = await import("node:fs");
    const root = makeTreeOf(nobody, { "a.py": recipe });
    chmodSync(join(root, "a.py"), 0o640);
    expect((await start(cli, ["migrate", "."], { cwd: root }).ended).code).toBe(0);
    const { uid, mode } = statSync(join(root, "a.py"));
    expect({ uid, mode: mode & 0o777 }).toEqual({ uid: nobody, mode: 0o640 });
  });
});
