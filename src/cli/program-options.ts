import { Option, type Command } from "commander";

const REPORT_FORMATS = "text, json, sarif, github, rdjson, markdown, patch or html";

/** Options of every command that looks at recipes. */
export function addCommonOptions(command: Command, formats = REPORT_FORMATS): Command {
  return command
    .option("--bridge <version|dir>", "version of Megatron-Bridge, or a checkout or installation of it")
    .option("--world-size <sizes>", "auto (DP 8), name (`_64gpu_`), GPUs: 8,64, or DP sizes: dp=1")
    .option("--gpu <name>", "GPU that the recipes run on: h100, b200 …")
    .option("--no-te", "as where Transformer Engine is not installed")
    .option("--format <format>", formats)
    .option("--output <file>", "write the result into a file, not on stdout")
    .option("--stdin-filename <path>", "read stdin, under this name")
    .option("--jobs <n>", "at most so many threads; the result is the same, however many")
    .option("--config <file>", "configuration to use, not the nearest")
    .option("--isolated", "no configuration")
    .option("--quiet", "only the result and errors")
    .option("--verbose", "more: unchanged files, every recipe, stacks of internal errors")
    .option("--color <when>", "auto, always or never");
}

/** Options that say which codemods run. */
export function addCodemodOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--codemod <name>",
        "run this codemod only; may be repeated, or list names with commas",
      ).argParser(collect),
    )
    .option("--set <set>", "recommended (default), overlap, cleanup or all");
}

/** Options that select files, of the commands that take paths. */
export function addSelectionOptions(command: Command): Command {
  return command
    .option("--since <revision>", "only files that differ from a revision, new ones included")
    .option("--staged", "only files that are staged")
    .option("--files-from <file>", "the files that a list names; `-` for stdin")
    .option("-z", "names in that list end with NUL bytes");
}

/** For commands that remember what they found. */
export function addCacheOption(command: Command): Command {
  return command.option("--no-cache", "work out again what an earlier run over the same texts found");
}

/** Options of the commands that run codemods. */
export function addRunOptions(command: Command): Command {
  addSelectionOptions(addCodemodOptions(command))
    .option("--intent <intent>", "writes that have no effect today: honor (default), preserve or report")
    .option("--only-preserving", "only fixes that change nothing in what runs")
    .option("--allow-unproven", "fixes whose effect could not be proved, too")
    .option("--diff", "print a patch; nothing is written");
  return addCommonOptions(addCacheOption(command));
}

/** Gathers what is given repeatedly, or in a list with commas. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), ...value.split(",").filter((name) => name !== "")];
}

/** Command lines to show below a command's options. */
export function examples(...commands: readonly string[]): string {
  return `\nExamples:\n${commands.map((command) => `  $ bridgemod ${command}\n`).join("")}`.trimEnd();
}
