import type { BridgeReport } from "../outcome.ts";
import { bridgesText } from "../report/cause-text.ts";
import type { Palette } from "../report/palette.ts";
import { Problem } from "../workspace/problem.ts";

/** `error: FILE:LINE: reason` and what to do next. */
export function problemText({ place, message, next }: Problem, palette: Palette): string {
  const where = place === null ? "" : `${place}: `;
  return `${palette.red("error:")} ${where}${message}\n${palette.cyan("next:")} ${next}\n`;
}

export function warningText(message: string, palette: Palette): string {
  return `${palette.yellow("warning:")} ${message}\n`;
}

/** Which Bridge was reasoned about, and why. */
export function bridgeText(bridge: BridgeReport, before: BridgeReport | null = null): string {
  return `Bridge ${bridgesText(bridge, before)}\n`;
}

/** In a GitHub workflow, where another format would be seen better; empty elsewhere. */
export function formatHint(env: Readonly<Record<string, string | undefined>>): string {
  return env["GITHUB_ACTIONS"] === "true" ? "hint: --format github shows this beside the code\n" : "";
}

/** What we say when we are at fault; the stack only for those who ask. */
export function internalErrorText(error: unknown, palette: Palette, verbose: boolean): string {
  const shown = error instanceof Error ? error : new Error(String(error));
  const detail = verbose ? `${shown.stack ?? shown.message}\n` : "";
  const next = verbose
    ? "report it with the text above"
    : "run again with --verbose and report what it prints";
  return (
    problemText(new Problem(`internal error, a bug of bridgemod: ${shown.message}`, { next }), palette) +
    detail
  );
}
