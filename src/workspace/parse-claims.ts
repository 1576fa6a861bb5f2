import type { MessagePort } from "node:worker_threads";
import type { FlatText } from "../python/parser.ts";

/** What a thread that parses ahead is given. */
export interface Assignment {
  readonly texts: readonly string[];
  readonly claims: ClaimsBuffer;
  /** Where it sends `Finished` to. */
  readonly port: MessagePort;
}

/** A text that was parsed ahead, with its number among the texts. */
export interface Finished extends FlatText {
  readonly index: number;
}

export type ClaimsBuffer = SharedArrayBuffer;

const FREE = 0;
const BEGUN = 1;
const ENDED = 2;
/** The first number of the buffer counts what was sent and not fetched; a text's state follows at its index. */
const WAITING = 0;
const FIRST = 1;
const MOST_WAITING = 4_000_000;

/** Who parses which text: whoever claims it first. Threads share the buffer. */
export class Claims {
  readonly #states: Int32Array<ClaimsBuffer>;

  constructor(buffer: ClaimsBuffer) {
    this.#states = new Int32Array(buffer);
  }

  static bufferFor(texts: number): ClaimsBuffer {
    return new SharedArrayBuffer((FIRST + texts) * Int32Array.BYTES_PER_ELEMENT);
  }

  /** Whether the text is the caller's to parse: nobody has begun with it. */
  claim(index: number): boolean {
    return Atomics.compareExchange(this.#states, FIRST + index, FREE, BEGUN) === FREE;
  }

  /** Of a claimed text: what there is of it has been sent. */
  end(index: number): void {
    Atomics.store(this.#states, FIRST + index, ENDED);
    Atomics.notify(this.#states, FIRST + index);
  }

  /** Waits until whoever claimed the text is done with it, but not for ever. */
  waitFor(index: number, milliseconds: number): void {
    Atomics.wait(this.#states, FIRST + index, BEGUN, milliseconds);
  }

  /** Notes how many numbers go to the other thread. */
  send(numbers: number): void {
    Atomics.add(this.#states, WAITING, numbers);
  }

  fetch(numbers: number): void {
    Atomics.sub(this.#states, WAITING, numbers);
    Atomics.notify(this.#states, WAITING);
  }

  /** Waits while so much was sent ahead that memory could become short. */
  waitForRoom(): void {
    for (let waiting = this.#waiting(); waiting > MOST_WAITING; waiting = this.#waiting())
      Atomics.wait(this.#states, WAITING, waiting);
  }

  #waiting(): number {
    return Atomics.load(this.#states, WAITING);
  }
}
