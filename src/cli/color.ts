import picocolors from "picocolors";
import { plainPalette, type Palette } from "../report/palette.ts";
import type { Host } from "./session.ts";

/** NO_COLOR goes before FORCE_COLOR, that before `--color`, that before what the terminal is. */
export function wantsColor(host: Pick<Host, "env">, choice: string, isTty: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = host.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (choice !== "auto") return choice === "always";
  return isTty && TERM !== "dumb";
}

export function paletteFor(host: Pick<Host, "env">, choice: string, isTty: boolean): Palette {
  return wantsColor(host, choice, isTty) ? picocolors.createColors(true) : plainPalette;
}
