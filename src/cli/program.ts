import { Command, CommanderError } from "commander";
import { Problem } from "../workspace/problem.ts";
import { nearestName } from "../workspace/suggest.ts";
import { pathExists } from "../workspace/targets.ts";
import type { RawOptions } from "./options.ts";
import {
  addCommonOptions,
  addRunOptions,
  addCacheOption,
  addSelectionOptions,
  examples,
} from "./program-options.ts";
import { addReviewing } from "./program-review.ts";
import { addSetup } from "./program-setup.ts";
import { exitCodes, type Session } from "./session.ts";

/**
 * Runs the command line; gives the exit code.
 * @throws {Problem} for what the user must mend.
 */
export async function runProgram(session: Session): Promise<number> {
  let exitCode: number = exitCodes.clean;
  const program = buildProgram(session, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...session.host.argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageProblem(error);
  }
  return exitCode;
}

type Finish = (exitCode: number) => void;

function buildProgram(session: Session, finish: Finish): Command {
  const { host } = session;
  const program = new Command("bridgemod")
    .description("Rewrites Megatron-Bridge recipes, and proves what every change does to what runs.")
    .usage("[command] [options] [paths...]")
    .argument(
      "[paths...]",
      "files or directories: shows what `migrate` would do, and the command that does it",
    )
    .version(session.version, "-V, --version", "print the version")
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => host.out(text), writeErr: () => undefined })
    .showSuggestionAfterError(true)
    .addHelpText("after", programExamples);
  addRunOptions(program).action(async (paths: string[], _: unknown, command: Command) => {
    if (host.argv.length === 0) {
      finish(showUsage(program, session));
      return;
    }
    requirePath(paths[0], host, program.commands);
    const { bare } = await import("./bare.ts");
    finish(await bare(session, paths, optionsOf(command)));
  });
  addRewriting(program, session, finish);
  addExplaining(program, session, finish);
  addReviewing(program, async (range, command) => {
    const { review } = await import("./review.ts");
    finish(await review(session, range, optionsOf(command)));
  });
  addDoctor(program, session, finish);
  addSetup(program, session, finish);
  return program;
}

function addRewriting(program: Command, session: Session, finish: Finish): void {
  const migrate = program
    .command("migrate")
    .description("rewrite the recipes in place")
    .argument("[paths...]", "files or directories; `-` for stdin", undefined)
    .addHelpText(
      "after",
      examples("migrate recipes/", "migrate --intent preserve recipes/a.py", "migrate --diff recipes/"),
    );
  addRunOptions(migrate)
    .option("--allow-dirty", "write files with uncommitted changes, too")
    .option("--interactive", "ask about every fix, with its change and its proof")
    .option("--annotate", "leave a comment at every finding that is left to you, and take away those done");
  migrate.action(async (paths: string[], _: unknown, command: Command) => {
    const { migrate: run } = await import("./migrate.ts");
    finish(await run(session, paths, optionsOf(command)));
  });
  const check = program
    .command("check")
    .description("what `migrate` would do, and what is left to people; nothing is written")
    .argument("[paths...]", "files or directories; `-` for stdin")
    .addHelpText(
      "after",
      examples("check recipes/", "check --diff recipes/ | git apply", "check --format json recipes/"),
    );
  addRunOptions(check).action(async (paths: string[], _: unknown, command: Command) => {
    const { check: run } = await import("./check.ts");
    finish(await run(session, paths, optionsOf(command)));
  });
}

function addExplaining(program: Command, session: Session, finish: Finish): void {
  const explain = program
    .command("explain")
    .description("declared and effective value of every knob, and why")
    .argument("[paths...]", "files or directories, or PATH::FUNCTION")
    .option("--all", "every knob, not only those that were written or end otherwise than declared")
    .option("--only-surprises", "knobs that were written and end otherwise, and what start-up objects to")
    .option("--knob <knob>", "everything that sets one knob, in order: ddp.bucket_size")
    .addHelpText(
      "after",
      examples(
        "explain recipes/a.py::my_config",
        "explain --only-surprises recipes/",
        "explain --knob ddp.overlap_grad_reduce --world-size dp=8,dp=1 recipes/a.py",
        "explain --world-size 64 --format json recipes/",
      ),
    );
  addCommonOptions(addCacheOption(addSelectionOptions(explain)), "text, json, markdown or html").action(
    async (paths: string[], _: unknown, command: Command) => {
      const { explain: run } = await import("./explain.ts");
      finish(await run(session, paths, optionsOf(command)));
    },
  );
  const list = program
    .command("list")
    .description("the codemods there are")
    .addHelpText("after", examples("list"));
  addCommonOptions(list).action(async (_: unknown, command: Command) => {
    const { list: run } = await import("./list.ts");
    finish(await run(session, optionsOf(command)));
  });
  const docs = program
    .command("docs")
    .description("what a codemod does, why, and how safe that is")
    .argument("<codemod>", "a name that `list` shows")
    .addHelpText("after", examples("docs CODEMOD"));
  addCommonOptions(docs).action(async (name: string, _: unknown, command: Command) => {
    const { docs: run } = await import("./docs.ts");
    finish(await run(session, name, optionsOf(command)));
  });
}

/**
 * What was given on the command line, before the command's name or after it; the nearer one counts. Commander's own
 * merge lets the defaults of the program win over what a command was given.
 */
function addDoctor(program: Command, session: Session, finish: Finish): void {
  const doctor = program
    .command("doctor")
    .description("what is used here and why, and whether Bridge's source is as bridgemod assumes")
    .argument("[paths...]", "files or directories that tell the project")
    .addHelpText("after", examples("doctor", "doctor --bridge ../Megatron-Bridge", "doctor --format json"));
  addCommonOptions(doctor).action(async (paths: string[], _: unknown, command: Command) => {
    const { doctor: run } = await import("./doctor.ts");
    finish(await run(session, paths, optionsOf(command)));
  });
}

function optionsOf(command: Command): RawOptions {
  const given: Record<string, unknown> = {};
  for (let one: Command | null = command; one; one = one.parent) {
    const values: Record<string, unknown> = one.opts();
    for (const name of Object.keys(values)) {
      if (one.getOptionValueSource(name) !== "default" && !(name in given)) given[name] = values[name];
    }
  }
  return given;
}

function showUsage(program: Command, { host }: Session): number {
  host.err(program.helpInformation());
  return exitCodes.misuse;
}

/** A first word that is no path may be a mistyped command. */
function requirePath(
  word: string | undefined,
  { argv, cwd }: Session["host"],
  commands: readonly Command[],
): void {
  if (word === undefined || word !== argv[0] || !/^[a-z]+$/.test(word) || pathExists(cwd, word)) return;
  const nearest = nearestName(word, [...commands.map((command) => command.name()), "help"]);
  if (nearest === null) return;
  throw new Problem(`unknown command ${JSON.stringify(word)}`, {
    next: `did you mean ${JSON.stringify(nearest)}?`,
  });
}

function usageProblem({ message }: CommanderError): Problem {
  const [first = "", suggestion] = message.replace(/^error: /, "").split("\n");
  const meant = suggestion === undefined ? null : /Did you mean (.*)\?/.exec(suggestion)?.[1];
  return new Problem(first, {
    next: meant ? `did you mean ${meant}?` : "bridgemod --help shows commands and options",
  });
}

const programExamples = `
Examples:
  $ bridgemod recipes/                     what would change, and the command that does it
  $ bridgemod migrate recipes/             change it
  $ bridgemod explain recipes/a.py         what every recipe declares, and what runs
  $ bridgemod review                       what this branch changes in what runs
  $ bridgemod docs CODEMOD                 what a codemod does

Exit codes: 0 nothing left to do, 1 findings remain, 2 misuse or unreadable input.
No telemetry, no network; your Python is read, never run.`;
