import type { Engine } from "./engine.ts";

export interface Question<Answer extends string> {
  readonly message: string;
  /** The keys that may be pressed, and what each means. */
  readonly answers: Readonly<Record<Answer, string>>;
  readonly color: boolean;
}

/** The outside world as the commands see it. */
export interface Host {
  /** The arguments after the program's name. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The version of Node, without a `v`. */
  readonly node: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdinIsTty: boolean;
  readonly stdoutIsTty: boolean;
  readonly stderrIsTty: boolean;
  /** The result. */
  out(text: string): void;
  /** Resolves when the reader of stdout has kept up with what was written. */
  outDrained(): Promise<void>;
  /** Progress, summary, warnings, errors. */
  err(text: string): void;
  readStdin(): Promise<Buffer>;
  /** Asks on the terminal for one of the answers; null when the user interrupts. */
  ask<Answer extends string>(question: Question<Answer>): Promise<Answer | null>;
  /** Aborts when the user interrupts; from the first call on an interrupt no longer ends the process by itself. */
  interruptSignal(): AbortSignal;
}

/** What every command is given. */
export interface Session {
  readonly host: Host;
  readonly version: string;
  loadEngine(): Promise<Engine>;
}

/** The same in every output format. */
export const exitCodes = { clean: 0, findings: 1, misuse: 2, interrupted: 130 } as const;

/** Thrown out of an analysis that the user interrupted. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}
