import type { Host } from "./session.ts";

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
    env: process.env,
    stdoutIsTty: process.stdout.isTTY,
    stderrIsTty: process.stderr.isTTY,
    out,
    err,
    readStdin,
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

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
