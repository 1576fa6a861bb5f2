import { readSource } from "./read-source.ts";
import { isBeside } from "./walk-python.ts";

/** Which of the files that a list holds are worked on. */
export type IsSelectable = (absolute: string) => boolean;

/** Python, and what lies beside it where that says something about a launch: a list of changes holds much else. */
export function selectable(mentionsLaunch: (bytes: Buffer) => boolean): IsSelectable {
  return (absolute) => {
    if (absolute.endsWith(".py")) return true;
    const read = isBeside(absolute) ? readSource(absolute) : null;
    return read !== null && "bytes" in read && mentionsLaunch(read.bytes);
  };
}
