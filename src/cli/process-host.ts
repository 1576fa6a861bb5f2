import { Writable } from "node:stream";
import type { Host, Question } from "./session.ts";

/** This process. */
export function processHost(): Host {
  const out = quietWriter(process.stdout);
  const err = quietWriter(process.stderr);
  let controller: AbortController | null = null;
  function interruptSignal(): AbortSignal {
    if (controller === null) {
      const created = new AbortController();
      process.on("SIGINT", () => created.abort());
      controller = created;
    }
    return controller.signal;
  }
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    node: process.versions.node,
    env: process.env,
    stdinIsTty: process.stdin.isTTY,
    stdoutIsTty: process.stdout.isTTY,
    stderrIsTty: process.stderr.isTTY,
    out,
    outDrained: () => drained(process.stdout),
    err,
    readStdin,
    ask,
    interruptSignal,
  };
}

/** Writes until the reader goes away; that is no error, and work that was begun goes on. */
function quietWriter(stream: NodeJS.WriteStream): (text: string) => void {
  let isOpen = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    isOpen = false;
  });
  return (text) => {
    if (isOpen && text !== "") stream.write(text);
  };
}

/** At once where nothing has piled up, or nobody reads any more. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.writableNeedDrain || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      for (const event of ["drain", "close"]) stream.off(event, done);
      resolve();
    };
    for (const event of ["drain", "close"]) stream.on(event, done);
  });
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Asks on stderr, as stdout is for the result. */
async function ask<Answer extends string>(question: Question<Answer>): Promise<Answer | null> {
  const { isCancel, selectKey } = await import("@clack/prompts");
  const { message, answers, color } = question;
  const options = Object.entries<string>(answers).map(([value, label]) => ({ value, label }));
  const answer = await selectKey({
    message,
    options,
    output: color ? process.stderr : colorless(process.stderr),
  });
  if (isCancel(answer)) return null;
  return (Object.keys(answers) as Answer[]).find((key) => key === answer) ?? null;
}

/** The terminal for a library that colours whatever NO_COLOR says: cursor movements pass, colours do not. */
function colorless(terminal: NodeJS.WriteStream): Writable {
  const { columns, rows, isTTY } = terminal;
  const output = new Writable({
    decodeStrings: false,
    write: (text, _encoding, done) => {
      terminal.write(String(text).replaceAll(COLORS, ""), done);
    },
  });
  return Object.assign(output, { columns, rows, isTTY });
}

// eslint-disable-next-line no-control-regex -- colours are control sequences
const COLORS = /\u001b\[[\d;]*m/g;
