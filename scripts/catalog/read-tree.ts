import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPythonParser } from "../../src/python/parser.ts";
import { openProject, type Project } from "../../src/project.ts";

/** A project whose modules all come from the given trees: a Bridge and the Megatron-Core it goes with. */
export async function readTrees(bridge: string, core: string): Promise<Project> {
  const roots = [sourceRoot(bridge), sourceRoot(core)];
  const input = {
    cwd: "/",
    files: [],
    targets: new Set<string>(),
    listing: [],
    read: () => null,
    importRoots: [],
    library: roots.map((root) => ({ path: root, read: (path: string) => readIfThere(join(root, path)) })),
    bridge: { version: "", from: "" },
  };
  return openProject(input, await loadPythonParser());
}

function sourceRoot(tree: string): string {
  const src = join(tree, "src");
  return existsSync(join(src, "megatron")) ? src : tree;
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** Import names of the modules below a package of a tree, sorted. */
export function moduleNames(tree: string, packageName: string): string[] {
  const root = sourceRoot(tree);
  const top = join(root, ...packageName.split("."));
  const names: string[] = [];
  const visit = (folder: string, name: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && existsSync(join(folder, entry.name, "__init__.py"))) {
        visit(join(folder, entry.name), `${name}.${entry.name}`);
      } else if (entry.name === "__init__.py") names.push(name);
      else if (entry.name.endsWith(".py")) names.push(`${name}.${entry.name.slice(0, -3)}`);
    }
  };
  if (existsSync(top)) visit(top, packageName);
  return names.sort();
}
