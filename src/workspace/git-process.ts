import { spawn } from "node:child_process";
import { Problem } from "./problem.ts";

/** What git printed, or why it could not. */
export type GitResult = { readonly stdout: Buffer } | { readonly reason: string };

/** Never waits for a lock, a prompt or a monitor, and takes paths as they are. */
const QUIET = ["--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false"];

/** Runs git in a directory. A failure is what git said on its first line. */
export function askGit(cwd: string, args: readonly string[], input = ""): Promise<GitResult> {
  return new Promise((resolve) => {
    const child = spawn("git", [...QUIET, ...args], { cwd, stdio: "pipe" });
    const printed: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    child.on("error", (error) => resolve({ reason: startProblem(error) }));
    child.on("close", (code) => {
      if (code === 0) resolve({ stdout: Buffer.concat(printed) });
      else resolve({ reason: firstLine(Buffer.concat(said)) ?? `git ${args[0] ?? ""} ended with ${code}` });
    });
    child.stdin.on("error", () => undefined); // A git that ends early says why itself.
    child.stdin.end(input);
  });
}

/** What git printed, as text. @throws {Problem} where it fails; `next` says what to do. */
export async function gitText(cwd: string, args: readonly string[], next: string): Promise<string> {
  const result = await askGit(cwd, args);
  if ("stdout" in result) return result.stdout.toString("utf8");
  throw new Problem(result.reason, { place: cwd, next });
}

/** The entries of a list that git ends with NUL bytes. */
export function nulSeparated(text: string): string[] {
  return text.split("\0").filter((entry) => entry !== "");
}

function startProblem(error: Error): string {
  const missing = "code" in error && error.code === "ENOENT";
  return missing ? "git is not installed, or not on PATH" : `git could not be started: ${error.message}`;
}

function firstLine(said: Buffer): string | null {
  const [line = ""] = said.toString("utf8").trim().split("\n");
  return line === "" ? null : line.replace(/^(?:fatal|error): /, "");
}
