import type { Engine } from "../../src/cli/engine.ts";
import { run } from "../../src/cli/run.ts";
import type { Host } from "../../src/cli/session.ts";
import { fakeEngine } from "./fake-engine.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly stdin?: string | Buffer;
  readonly env?: Host["env"];
  readonly tty?: boolean;
  /** What is answered to one question after the other; an interrupt where none is left. */
  readonly answers?: readonly string[];
  readonly engine?: Partial<Engine>;
  readonly signal?: AbortSignal;
}

/** Runs one command line in this process, on the fake engine. */
export async function bridgemod(
  cwd: string,
  argv: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const answers = [...(options.answers ?? [])];
  const printed = { out: "", err: "" };
  const host: Host = {
    argv,
    cwd,
    node: "22.1.0",
    env: { BRIDGEMOD_CACHE_DIR: process.env["BRIDGEMOD_CACHE_DIR"], ...options.env },
    stdinIsTty: options.answers !== undefined,
    stdoutIsTty: options.tty ?? false,
    stderrIsTty: options.answers !== undefined,
    out: (text) => void (printed.out += text),
    outDrained: () => Promise.resolve(),
    err: (text) => void (printed.err += text),
    ask: ({ message, answers: keys }) => {
      printed.err += `${message}
`;
      const answer = answers.shift();
      const known = Object.keys(keys) as (keyof typeof keys)[];
      return Promise.resolve(known.find((key) => key === answer) ?? null);
    },
    readStdin: () => Promise.resolve(Buffer.from(options.stdin ?? "")),
    interruptSignal: () => options.signal ?? new AbortController().signal,
  };
  const engine = { ...fakeEngine, ...options.engine };
  const code = await run({ host, version: "1.2.3", loadEngine: () => Promise.resolve(engine) });
  return { code, ...printed };
}
