// Child processes: output collected or sent to a file, and a limit on how many run at once.
import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { performance } from "node:perf_hooks";

/** Runs a command to its end. Never rejects because of the exit code; rejects if it cannot be started. */
export async function run(command, args, options = {}) {
  const { cwd, env = {}, stdoutFile, input, limitSeconds = 0 } = options;
  const sink = stdoutFile === undefined ? undefined : await open(stdoutFile, "w");
  const started = performance.now();
  try {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: [input === undefined ? "ignore" : "pipe", sink?.fd ?? "pipe", "pipe"],
      timeout: limitSeconds * 1000,
      killSignal: "SIGKILL",
    });
    child.stdin?.on("error", () => {}); // a child that ends early says why itself, by its exit code
    child.stdin?.end(input);
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      exit(child, command),
    ]);
    const seconds = (performance.now() - started) / 1000;
    const late = limitSeconds > 0 && code === "SIGKILL" && seconds >= limitSeconds;
    return { code: late ? `no end within ${limitSeconds} s` : code, stdout, stderr, seconds };
  } finally {
    await sink?.close();
  }
}

async function text(stream) {
  if (stream === null) return "";
  stream.setEncoding("utf8");
  const parts = [];
  for await (const part of stream) parts.push(part);
  return parts.join("");
}

function exit(child, command) {
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      const hint = error.code === "ENOENT" ? `${command} was not found on PATH; install it` : error.message;
      reject(new Error(hint, { cause: error }));
    });
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
}

/** A gate that lets `size` tasks through at a time, first come first served. */
export function createGate(size) {
  const waiting = [];
  let free = size;
  return async function pass(task) {
    if (free > 0) free -= 1;
    else await new Promise((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
