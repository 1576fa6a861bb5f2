import type { Command } from "commander";
import type { DescribedCommand } from "./completion-scripts.ts";
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
  program
    .command("completion")
    .description("print a script that completes commands, options and names in a shell")
    .argument("<shell>", "bash, zsh or fish")
    .addHelpText("after", `\nExamples:\n${LOADING}`)
    .action(async (shell: string) => {
      const { completion } = await import("./completion.ts");
      finish(await completion(session, shell, describe(program)));
    });
}

const LOADING = `  $ bridgemod completion bash > ~/.local/share/bash-completion/completions/bridgemod
  $ bridgemod completion zsh > "\${fpath[1]}/_bridgemod"
  $ bridgemod completion fish > ~/.config/fish/completions/bridgemod.fish`;

/** The program as completion sees it: the bare command first, under an empty name. */
function describe(program: Command): DescribedCommand[] {
  return [program, ...program.commands].map((command) => ({
    name: command === program ? "" : command.name(),
    description: command.description(),
    options: command
      .createHelp()
      .visibleOptions(command)
      .flatMap(({ long, description, required }) =>
        long ? [{ name: long, description, takesValue: required }] : [],
      ),
    argument: command.registeredArguments[0]?.name() ?? null,
  }));
}
