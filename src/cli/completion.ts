import type { Engine } from "./engine.ts";
import {
  bashScript,
  fishScript,
  zshScript,
  type Completion,
  type DescribedCommand,
} from "./completion-scripts.ts";
import { oneOf, optionChoices } from "./options.ts";
import { sets } from "./select-codemods.ts";
import { exitCodes, type Session } from "./session.ts";

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

const shells = Object.keys(scripts) as (keyof typeof scripts)[];

/**
 * `bridgemod completion SHELL`: a script that asks nothing of bridgemod while somebody types. It knows what this
 * version knows; a newer one prints a new script.
 */
export async function completion(
  session: Session,
  shell: string,
  commands: readonly DescribedCommand[],
): Promise<number> {
  const script = scripts[oneOf("SHELL", shell, shells)];
  session.host.out(script(await knowledge(await session.loadEngine(), commands)));
  return exitCodes.clean;
}

async function knowledge(engine: Engine, commands: readonly DescribedCommand[]): Promise<Completion> {
  const codemods = (await engine.codemods()).map(({ name }) => name);
  return {
    commands,
    choices: { ...optionChoices, "--set": sets, "--codemod": codemods, "--bridge": engine.versions() },
    argumentChoices: { codemod: codemods, shell: shells },
  };
}
