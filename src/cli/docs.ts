import { Problem } from "../workspace/problem.ts";
import { suggestName } from "../workspace/suggest.ts";
import { checkOptions, type RawOptions } from "./options.ts";
import { exitCodes, type Session } from "./session.ts";
import { give } from "./tell.ts";

/** `bridgemod docs CODEMOD`: what it does, why, and how safe that is. */
export async function docs(session: Session, name: string, raw: RawOptions): Promise<number> {
  checkOptions(raw);
  const codemods = await (await session.loadEngine()).codemods();
  const codemod = codemods.find((one) => one.name === name);
  if (codemod === undefined) {
    const next = suggestName(
      name,
      codemods.map((one) => one.name),
    );
    throw new Problem(`unknown codemod ${JSON.stringify(name)}`, { next });
  }
  await give(session, raw, codemod.readme.endsWith("\n") ? codemod.readme : `${codemod.readme}\n`);
  return exitCodes.clean;
}
