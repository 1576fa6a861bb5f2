import type { ProjectInput } from "../../src/project.ts";

/** A project of one file, `a.py`, without Bridge's sources at hand. */
export function oneFile(text: string, version: string): ProjectInput {
  return {
    cwd: "/project",
    files: [{ path: "a.py", text }],
    targets: new Set(["a.py"]),
    listing: ["a.py"],
    read: () => null,
    importRoots: [],
    library: [],
    bridge: { version, from: "the test" },
  };
}
