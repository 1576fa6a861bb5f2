// Whole trees as bytes: copies, and what differs between two of them.
import { cp, readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** Copies a tree, file by file. */
export async function copyTree(from, to) {
  await cp(from, to, { recursive: true, filter: (path) => !path.endsWith(".complete") });
}

/** Every file below a folder, by its POSIX path. */
export async function readTree(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const tree = new Map();
  for (const file of files.sort()) tree.set(relative(root, file).split(sep).join("/"), await readFile(file));
  return tree;
}

/** The paths whose bytes differ, and those that only one side has. */
export function differingPaths(before, after) {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => !same(before.get(path), after.get(path))).sort();
}

/** The Python files of a tree. */
export function pythonPaths(tree) {
  return [...tree.keys()].filter((path) => path.endsWith(".py"));
}

function same(left, right) {
  return left !== undefined && right !== undefined && left.equals(right);
}
