import { checkOptions, formatOf, type RawOptions } from "./options.ts";
import { exitCodes, type Session } from "./session.ts";
import { give, resultPalette } from "./tell.ts";

/** `bridgemod list`: the codemods there are. */
export async function list(session: Session, raw: RawOptions): Promise<number> {
  checkOptions(raw);
  const codemods = await (await session.loadEngine()).codemods();
  if (formatOf(raw) === "json") {
    const entries = codemods.map(({ name, set, summary }) => ({ name, set, summary }));
    await give(session, raw, `${JSON.stringify(entries, null, 2)}\n`);
    return exitCodes.clean;
  }
  const palette = resultPalette(session, raw);
  const width = Math.max(0, ...codemods.map(({ name }) => name.length));
  const lines = codemods.map(
    ({ name, set, summary }) => `${palette.bold(name.padEnd(width))}  ${set.padEnd(11)}  ${summary}\n`,
  );
  await give(session, raw, lines.join(""));
  return exitCodes.clean;
}
