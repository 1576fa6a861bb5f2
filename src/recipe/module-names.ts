/** What naming modules needs to know of a project. Paths are absolute POSIX ones. */
export interface ProjectLayout {
  /** Every Python file of the project. */
  readonly listing: readonly string[];
  /** Folders that `pyproject.toml` declares as import roots. */
  readonly importRoots: readonly string[];
  /** The text of a loaded file; null for one that was not read. */
  text(path: string): string | null;
}

/** The import name of a file: `recipes.llama.base`. */
export type NameModule = (path: string) => string;

/**
 * Names modules by the root that Python would import them from: a declared one, else the nearest `src` folder above,
 * else the nearest folder that is no package. A namespace package above is taken along where the files below it
 * import each other through it, as `megatron.bridge` does, or where a file beside it has `import_module` do so.
 */
export function moduleNaming(layout: ProjectLayout): NameModule {
  const packages = new Set(
    layout.listing.flatMap((path) => (path.endsWith("/__init__.py") ? [folderOf(path)] : [])),
  );
  const use: Use = { ...layout, importing: lazily(() => filesThatImportByText(layout)) };
  const roots = new Map<string, string>();
  const extended = new Map<string, string>();
  /** All folders of a package climb alike. */
  const extendOnce = (path: string, root: string): string => {
    const key = `${root}/${topBelow(root, path)}`;
    const known = extended.get(key) ?? extendByUse(use, { path, root });
    extended.set(key, known);
    return known;
  };
  return (path) => {
    const folder = folderOf(path);
    let root = roots.get(folder);
    if (root === undefined) {
      root = declaredRoot(layout, folder) ?? extendOnce(path, packageRoot(packages, folder));
      roots.set(folder, root);
    }
    return nameBelow(root, path);
  };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function declaredRoot(layout: ProjectLayout, folder: string): string | null {
  const declared = layout.importRoots.filter((root) => folder === root || folder.startsWith(`${root}/`));
  const longest = declared.sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined) return longest;
  const parts = folder.split("/");
  const src = parts.lastIndexOf("src");
  return src < 0 ? null : parts.slice(0, src + 1).join("/");
}

function packageRoot(packages: ReadonlySet<string>, folder: string): string {
  let root = folder;
  for (let above = folder; above !== ""; above = folderOf(above)) {
    // A folder without `__init__.py` inside a package is a namespace package.
    if (packages.has(above)) root = folderOf(above);
  }
  return root;
}

/** The folder or file directly below a root that a path leads through. */
function topBelow(root: string, path: string): string {
  return path.slice(root.length + 1).split("/")[0] ?? "";
}

/** A layout in which it has been looked up who imports what. */
interface Use extends ProjectLayout {
  /** The files that have modules imported whose names are texts. */
  importing(): readonly string[];
}

function filesThatImportByText(layout: ProjectLayout): readonly string[] {
  return layout.listing.filter((path) => /\b(?:import_module|__import__)\(/.test(layout.text(path) ?? ""));
}

function lazily<T extends object>(work: () => T): () => T {
  let done: T | null = null;
  return () => (done ??= work());
}

/** Climbs while files of the project import what lies here as `parent.child`. */
function extendByUse(layout: Use, { path, root }: { path: string; root: string }): string {
  const top = topBelow(root, path);
  const parent = root.slice(root.lastIndexOf("/") + 1);
  if (!isIdentifier(parent)) return root;
  const isFile = top.endsWith(".py");
  const children = isFile ? filesIn(layout, root) : [top].filter(isIdentifier);
  if (children.length === 0) return root;
  const used = importPattern(parent, children);
  // A package's own files tell best; a plain folder is imported from anywhere around it.
  const asked = layout.listing.filter((one) =>
    one.startsWith(isFile ? `${folderOf(root)}/` : `${root}/${top}/`),
  );
  const isUsed = asked.some((one) => {
    const text = layout.text(one);
    // Most files do not even hold the word, and a look for it costs nothing.
    return text !== null && text.includes(parent) && used.test(text);
  });
  return isUsed || isImportedByText(layout, { root, parent, children })
    ? extendByUse(layout, { path, root: folderOf(root) })
    : root;
}

/** Whether a file beside a folder has it imported as `import_module(f"parent.{name}")`, and none by its own name. */
function isImportedByText(
  layout: Use,
  { root, parent, children }: { root: string; parent: string; children: readonly string[] },
): boolean {
  const around = `${folderOf(root)}/`;
  const names = children.join("|");
  const asText = new RegExp(`["']${parent}\\.(?:\\{|(?:${names})\\b)`);
  const isNamed = layout.importing().some((one) => {
    return one.startsWith(around) && asText.test(layout.text(one) ?? "");
  });
  if (!isNamed) return false;
  const byItself = new RegExp(`^[ \\t]*(?:from|import)\\s+(?:${names})\\b`, "m");
  return !layout.listing.some((one) => one.startsWith(around) && byItself.test(layout.text(one) ?? ""));
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

function filesIn(layout: ProjectLayout, folder: string): string[] {
  return layout.listing
    .filter((one) => folderOf(one) === folder)
    .map((one) => one.slice(folder.length + 1, -".py".length))
    .filter((name) => /^\w+$/.test(name));
}

function importPattern(parent: string, children: readonly string[]): RegExp {
  const names = children.join("|");
  const dotted = `(?:from|import)\\s+${parent}\\.(?:${names})\\b`;
  return new RegExp(`^[ \\t]*(?:${dotted}|from\\s+${parent}\\s+import\\s+(?:${names})\\b)`, "m");
}

function nameBelow(root: string, path: string): string {
  const parts = path
    .slice(root.length + 1)
    .replace(/\.py$/, "")
    .split("/");
  if (parts.at(-1) === "__init__" && parts.length > 1) parts.pop();
  return parts.join(".");
}
