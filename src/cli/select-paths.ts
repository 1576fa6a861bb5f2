import { resolve } from "node:path";
import { changedPaths } from "../workspace/changed-paths.ts";
import { Problem } from "../workspace/problem.ts";
import { selectable, type IsSelectable } from "../workspace/selectable.ts";
import { readNamed } from "../workspace/read-named.ts";
import { isDirectory, pathExists } from "../workspace/targets.ts";
import type { RawOptions } from "./options.ts";
import type { Session } from "./session.ts";
import { tell, warn } from "./tell.ts";

/**
 * The paths to work on: those named, or those that `--since`, `--staged` or `--files-from` select; of these only the
 * ones below the paths named, if any are. None at all is an answer, too.
 * @throws {Problem}
 */
export async function selectPaths(
  session: Session,
  named: readonly string[],
  raw: RawOptions,
): Promise<readonly string[]> {
  const given = [raw.since !== undefined, raw.staged, raw.filesFrom !== undefined].filter(Boolean).length;
  if (raw.z && raw.filesFrom === undefined) {
    throw new Problem("-z says how --files-from separates names", { next: "add --files-from FILE or -" });
  }
  if (given === 0) return named.length === 0 && raw.stdinFilename === undefined ? ["."] : named;
  if (given > 1 || raw.stdinFilename !== undefined || named.includes("-")) {
    throw new Problem("--since, --staged, --files-from and stdin exclude each other", {
      next: "leave all but one of them out",
    });
  }
  if (raw.filesFrom !== undefined) return listedPaths(session, named, raw);
  const { cwd } = session.host;
  const isSelectable = await selectableIn(session);
  const { paths, halfStaged } = await changedPaths({
    cwd,
    since: raw.since ?? null,
    below: named,
    isSelectable,
  });
  const [first, ...others] = halfStaged;
  if (first !== undefined) {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    warn(session, raw, `${first}${more} changed after staging; what is on disk is looked at`);
  }
  if (paths.length === 0)
    tell(session, raw, "no Python file changed, and none that says something about a launch\n");
  return paths;
}

async function selectableIn(session: Session): Promise<IsSelectable> {
  const engine = await session.loadEngine();
  return selectable((bytes) => engine.mentionsLaunch(bytes));
}

async function listedPaths(session: Session, named: readonly string[], raw: RawOptions): Promise<string[]> {
  if (named.length > 0) {
    throw new Problem("--files-from names the files; paths cannot be given, too", {
      place: named[0] ?? null,
      next: "leave out one of the two",
    });
  }
  const { bytes } = await readNamed(session.host, raw.filesFrom ?? "-");
  const names = bytes
    .toString("utf8")
    .split(raw.z ? "\0" : /\r?\n/)
    .filter((name) => name !== "");
  for (const name of names) {
    if (!pathExists(session.host.cwd, name)) {
      throw new Problem("no such file or directory", {
        place: name,
        next: `names are looked up from ${JSON.stringify(session.host.cwd)}${raw.z ? "" : "; -z reads names that NUL bytes end"}`,
      });
    }
  }
  const { cwd } = session.host;
  const isSelectable = await selectableIn(session);
  const files = names.filter((name) => isSelectable(resolve(cwd, name)) || isDirectory(cwd, name));
  const others = names.length - files.length;
  if (others > 0)
    tell(
      session,
      raw,
      `${others} of the ${names.length} files are no Python and say nothing about a launch\n`,
    );
  return files;
}
