import { availableParallelism } from "node:os";
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import type { PythonParser } from "../python/parsed-text.ts";
import type { FlatText, GrammarParser } from "../python/parser.ts";
import { Claims, type Assignment, type Finished } from "./parse-claims.ts";

/** Less than so much text is parsed before a thread is ready to. */
const WORTH_A_THREAD = 512 * 1024;
/** Longer than any text takes: a thread that did not end by then died, and the text is parsed once more. */
const LONGEST_WAIT = 2_000;

/**
 * A parser that has texts parsed by another thread while this one is busy, where two can run at once. Which of them
 * parses a text makes no difference to what it gives.
 */
export function withAhead(
  parser: GrammarParser,
  threads = availableParallelism(),
  worker = workerUrl(),
): PythonParser {
  if (threads < 2 || worker === null) return parser;
  let reader: AheadReader | null = null;
  return {
    parse: (text) => {
      const flat = reader?.take(text);
      return flat ? parser.read(text, flat) : parser.parse(text);
    },
    ahead: (texts) => {
      reader?.stop();
      const size = texts.reduce((sum, { length }) => sum + length, 0);
      reader = size < WORTH_A_THREAD ? null : openReader(texts, worker);
    },
  };
}

/** Null where no thread can be had: whoever runs us may limit their number. */
function openReader(texts: readonly string[], program: URL): AheadReader | null {
  try {
    return new AheadReader(texts, program);
  } catch {
    return null;
  }
}

/** The thread's program, which only the build has. */
function workerUrl(): URL | null {
  return import.meta.url.endsWith(".ts") ? null : new URL("./parse-worker.js", import.meta.url);
}

/** Fetches what a thread has parsed. Texts that it has not begun with are taken away from it. */
class AheadReader {
  readonly #indices: Map<string, number>;
  readonly #claims: Claims;
  readonly #port: MessagePort;
  readonly #worker: Worker;
  readonly #arrived = new Map<number, FlatText>();

  constructor(all: readonly string[], program: URL) {
    const texts = [...new Set(all)];
    this.#indices = new Map(texts.map((text, index) => [text, index]));
    const claims = Claims.bufferFor(texts.length);
    const { port1, port2 } = new MessageChannel();
    const workerData: Assignment = { texts, claims, port: port2 };
    this.#claims = new Claims(claims);
    this.#port = port1;
    this.#port.unref();
    this.#worker = new Worker(program, { workerData, transferList: [port2] });
    this.#worker.unref();
    // Whatever befalls it, its texts are parsed here instead.
    this.#worker.on("error", () => {});
  }

  /** The text as the thread has parsed it; null if that is left to the caller. */
  take(text: string): FlatText | null {
    const index = this.#indices.get(text);
    if (index === undefined) return null;
    this.#indices.delete(text);
    if (this.#claims.claim(index)) return null;
    this.#claims.waitFor(index, LONGEST_WAIT);
    this.#receive();
    const flat = this.#arrived.get(index) ?? null;
    this.#arrived.delete(index);
    if (flat) this.#claims.fetch(flat.tree.length);
    return flat;
  }

  stop(): void {
    void this.#worker.terminate();
    this.#port.close();
  }

  #receive(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next())
      this.#arrived.set(next.message.index, next.message);
  }

  #next(): { readonly message: Finished } | undefined {
    return receiveMessageOnPort(this.#port);
  }
}
