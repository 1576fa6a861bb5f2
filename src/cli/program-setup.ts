import type { Command } from "commander";
import type { RawOptions } from "./options.ts";
import type { Session } from "./session.ts";

/** Commands that set up a project or a shell. */
export function addSetup(program: Command, session: Session, finish: (exitCode: number) => void): void {
  program
    .command("init")
    .description("write a configuration, a GitHub workflow and a pre-commit hook; nothing is overwritten")
    .option("--dry-run", "show what would be written; nothing is")
    .option("--quiet", "only the result and errors")
    .option("--color <when>", "auto, always or never")
    .addHelpText("after", "\nExamples:\n  $ bridgemod init --dry-run\n  $ bridgemod init")
    .action(async (options: RawOptions) => {
      const { init } = await import("./init.ts");
      finish(await init(session, options));
    });
}
