import { Option, type Command } from "commander";
import { addCodemodOptions, addCommonOptions, collect, examples } from "./program-options.ts";

/** Adds `review`, run by the function given. */
export function addReviewing(
  program: Command,
  run: (range: string | null, command: Command) => Promise<void>,
): void {
  const review = program
    .command("review")
    .description("what a change does to what every recipe runs")
    .argument("[range]", "BASE, BASE..HEAD or BASE...HEAD; default: what this branch changes")
    .option("--staged", "what is staged, compared with HEAD or BASE")
    .option("--patch <file>", "a unified diff applied to the checkout in memory; `-` for stdin")
    .option("--diff", "print a patch of the fixes for what the change brings")
    .option("--intent <intent>", "what those fixes do: honor (default), preserve or report")
    .addOption(
      new Option(
        "--fail-on <consequence>",
        "exit code 1 for: activated, requested, new-findings or any; may be repeated",
      ).argParser(collect),
    )
    .addHelpText(
      "after",
      examples("review", "review main..bump-bridge", "review --fail-on activated --patch pr.diff"),
    );
  addCommonOptions(addCodemodOptions(review)).action(
    async (range: string | undefined, _: unknown, command: Command) => run(range ?? null, command),
  );
}
