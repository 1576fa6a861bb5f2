import { namesIn, textIfThere } from "./quiet-fs.ts";

/** The files of a project that are no Python, in one state of it. Paths are absolute. */
export interface ProjectFiles {
  /** The names of the files in a directory; none where there is no such directory. */
  names(directory: string): readonly string[];
  /** The text of a file, or null where it cannot be read. */
  text(file: string): string | null;
}

/** As they are on disk. */
export const ON_DISK: ProjectFiles = { names: namesIn, text: textIfThere };
