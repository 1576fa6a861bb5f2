import { join } from "node:path";
import { loadConfig } from "../workspace/config.ts";
import { createFile, isTaken } from "../workspace/new-file.ts";
import { relativePosix } from "../workspace/paths.ts";
import { findGitRoot } from "../workspace/project-root.ts";
import {
  configFile,
  hookEntry,
  hookFile,
  workflowFile,
  type StarterFile,
  type Versions,
} from "./init-files.ts";
import { checkOptions, type RawOptions } from "./options.ts";
import { exitCodes, type Session } from "./session.ts";
import { resultPalette, tell, warn } from "./tell.ts";

/** A file that `init` would like to be there; `taken` says why it leaves it to the user, and what to do. */
interface Step {
  readonly file: StarterFile;
  readonly taken: string | null;
}

/** `bridgemod init`: a configuration, a workflow and a hook, at the root of the repository. Nothing is overwritten. */
export async function init(session: Session, raw: RawOptions): Promise<number> {
  checkOptions(raw);
  const { host, version } = session;
  const root = findGitRoot(host.cwd) ?? host.cwd;
  if (findGitRoot(host.cwd) === null)
    warn(session, raw, "not in a git repository: the files go into the working directory");
  const bridge = (await session.loadEngine()).versions().at(-1) ?? "";
  const steps = stepsFor(root, { bridgemod: version, bridge });
  for (const step of steps) takeStep(session, raw, { root, step });
  tell(session, raw, nextText(steps, raw.dryRun ?? false));
  return exitCodes.clean;
}

function stepsFor(root: string, versions: Versions): Step[] {
  const config = loadConfig({ cwd: root, from: root, to: root, file: null, isolated: false }).file;
  const hooks = [".pre-commit-config.yaml", ".pre-commit-config.yml"].find((name) =>
    isTaken(join(root, name)),
  );
  const workflow = workflowFile(versions);
  return [
    {
      file: configFile(versions),
      taken: config === null ? null : `${config} holds the configuration already`,
    },
    {
      file: workflow,
      taken: isTaken(join(root, workflow.path)) ? `${workflow.path} is there already` : null,
    },
    {
      file: hookFile(versions),
      taken:
        hooks === undefined
          ? null
          : `${hooks} is there already; for a hook, add below its \`repos:\`\n${hookEntry(versions)}`,
    },
  ];
}

function takeStep(session: Session, raw: RawOptions, { root, step }: { root: string; step: Step }): void {
  const { host } = session;
  const { file, taken } = step;
  const palette = resultPalette(session, raw);
  const path = relativePosix(host.cwd, join(root, file.path));
  if (taken !== null) {
    host.out(`${palette.yellow("left alone")}   ${path}: ${taken.trimEnd()}\n`);
  } else if (raw.dryRun) {
    host.out(`${palette.cyan("would write")}  ${path}\n${file.text.replaceAll(/^(?=.)/gm, "    ")}`);
  } else {
    createFile(join(root, file.path), path, file.text);
    host.out(`${palette.green("wrote")}        ${path}\n`);
  }
}

function nextText(steps: readonly Step[], isDry: boolean): string {
  const isNewConfig = steps.some(({ file, taken }) => file.path === "bridgemod.toml" && taken === null);
  const note = isNewConfig
    ? "note: its keys may stand in pyproject.toml instead, below [tool.bridgemod]; then delete bridgemod.toml\n"
    : "";
  const next = isDry
    ? "leave out --dry-run to write; nothing was written"
    : "`bridgemod check` shows what there is to do; `pre-commit install` turns the hook on";
  return `${note}next: ${next}\n`;
}
