import type { Chooser, OfferedFix } from "../outcome.ts";
import { patchText } from "../report/patch.ts";
import { plainPalette, type Palette } from "../report/palette.ts";
import { runText } from "../report/text.ts";
import { Problem } from "../workspace/problem.ts";
import { complete, type Analysis, type Preparation } from "./analyse.ts";
import type { RawOptions } from "./options.ts";
import { Interrupted, type Host, type Session } from "./session.ts";
import { noticePalette } from "./tell.ts";

/** @throws {Problem} where nobody could answer. */
export function requireTerminal({ stdinIsTty, stderrIsTty }: Host, fromStdin: boolean): void {
  if (!fromStdin && stdinIsTty && stderrIsTty) return;
  const reason = fromStdin
    ? "--interactive asks on stdin, where the text comes from"
    : "--interactive asks on a terminal, and there is none";
  throw new Problem(reason, {
    next: "leave it out to apply every proved fix; `bridgemod check --diff` shows them",
  });
}

/**
 * Runs the codemods, and asks about every proved fix.
 * @throws {Interrupted} when the user interrupts: then nothing is written.
 */
export async function analyseAsking(
  session: Session,
  prepared: Preparation,
  raw: RawOptions,
): Promise<Analysis> {
  const { engine, project, codemods, policy } = prepared;
  const choose = chooserFor(session.host, noticePalette(session, raw));
  const report = await engine.runChoosing(project.input, codemods, policy, choose);
  return { ...prepared, report: complete(report, project) };
}

/** Asks about one fix after the other, and remembers what was said about all of a rule. */
function chooserFor(host: Host, palette: Palette): Chooser {
  const rules = new Map<string, boolean>();
  let goOn = true;
  async function isAccepted(offer: OfferedFix): Promise<boolean> {
    const rule = `${offer.fix.codemod}/${offer.fix.rule}`;
    const known = goOn ? rules.get(rule) : false;
    if (known !== undefined) return known;
    host.err(`\n${offerText(offer, palette)}`);
    const message = `Apply this fix to ${offer.path}?`;
    const answer = await host.ask({ message, answers: answersFor(rule), color: palette !== plainPalette });
    if (answer === null) throw new Interrupted();
    if (answer === "q") goOn = false;
    if (answer === "a" || answer === "d") rules.set(rule, answer === "a");
    return answer === "y" || answer === "a";
  }
  return async (offers) => {
    const accepted: OfferedFix[] = [];
    for (const offer of offers) if (await isAccepted(offer)) accepted.push(offer);
    return { accepted, goOn };
  };
}

/** The keys of `git add --patch`. */
function answersFor(rule: string): Readonly<Record<"y" | "n" | "a" | "d" | "q", string>> {
  return {
    y: "yes",
    n: "no",
    a: `yes, and to all of ${rule}`,
    d: `no, and to none of ${rule}`,
    q: "quit: apply what was confirmed, and ask no more",
  };
}

/** What `check` says about a fix, and its change. */
function offerText({ path, fix, before, after }: OfferedFix, palette: Palette): string {
  const file = {
    path,
    outcome: "changed",
    reason: null,
    fixes: [fix],
    remaining: [],
    before,
    after,
  } as const;
  const report = { bridge: { version: "", from: "" }, files: [file] };
  const [, , , ...hunks] = patchText([file]).split("\n");
  const text = runText(report, { palette, applied: false, verbose: false });
  return `${text}${hunks.map((line) => coloured(harmless(line), palette)).join("\n")}`;
}

/** Source code must not steer the terminal. */
function harmless(line: string): string {
  return line.replaceAll(/(?!\t)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}

function coloured(line: string, palette: Palette): string {
  if (line.startsWith("@@")) return palette.cyan(line);
  if (line.startsWith("+")) return palette.green(line);
  return line.startsWith("-") ? palette.red(line) : line;
}
