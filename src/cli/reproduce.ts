import { isAbsolute, relative } from "node:path";
import type { RawOptions } from "./options.ts";
import type { Session } from "./session.ts";
import { shellCommand } from "./shell-quote.ts";

/** The command line that gives this result again, with relative paths, whatever it was written like. */
export function reproduceCommand(
  { host, version }: Session,
  raw: RawOptions,
  { command, paths }: { readonly command: string; readonly paths: readonly string[] },
): string {
  const local = (path: string) => (isAbsolute(path) ? relative(host.cwd, path) || "." : path);
  const bridge = raw.bridge !== undefined && isAbsolute(raw.bridge) ? local(raw.bridge) : raw.bridge;
  const options: readonly (readonly [string, string | undefined])[] = [
    ["--codemod", raw.codemod?.join(",")],
    ["--set", raw.set],
    ["--intent", raw.intent],
    ["--bridge", bridge],
    ["--world-size", raw.worldSize],
    ["--gpu", raw.gpu],
  ];
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  const flags = [
    ...(raw.onlyPreserving ? ["--only-preserving"] : []),
    ...(raw.allowUnproven ? ["--allow-unproven"] : []),
  ];
  return shellCommand(["npx", `bridgemod@${version}`, command, ...given, ...flags, ...paths.map(local)]);
}
