import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export type Tree = Readonly<Record<string, string | Buffer>>;

/** A text that the pre-filter lets through. */
export const recipe =
  "from megatron.bridge.training.config import ConfigContainer\n\n\ndef a_config():\n    x = OLD\n";

/** A temporary directory with these files, removed after the test. Its path has no symlinks. */
export function makeTree(files: Tree): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "bridgemod-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) put(root, path, content);
  return root;
}

export function put(root: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

export function link(root: string, path: string, to: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(to, join(root, path));
}

export function textOf(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function git(root: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "core.autocrlf=false"];
  return execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8", stdio: "pipe" });
}

/** A git repository that holds these files, committed. */
export function makeRepository(files: Tree): string {
  const root = makeTree(files);
  git(root, "init", "-q");
  git(root, "add", "-A");
  git(root, "commit", "-q", "--allow-empty", "-m", "start");
  return root;
}
