import { askGit, gitText } from "./git-process.ts";
import { Problem } from "./problem.ts";
import { findGitRoot } from "./project-root.ts";
import { suggestName } from "./suggest.ts";
import { pathExists } from "./targets.ts";

/** One side of a change, and the name that reports give it. */
export type Side =
  | { readonly kind: "commit"; readonly name: string; readonly id: string }
  | { readonly kind: "index"; readonly name: "INDEX" }
  | { readonly kind: "worktree"; readonly name: "WORKTREE" };

export interface Change {
  /** Absolute path of the working tree. */
  readonly root: string;
  readonly before: Side;
  readonly after: Side;
}

export interface ChangeRequest {
  readonly cwd: string;
  /** `BASE`, `BASE..HEAD` or `BASE...HEAD` as git reads them; null for what the branch has changed. */
  readonly range: string | null;
  /** The index is the side after the change. */
  readonly staged: boolean;
}

/** What is on disk. */
export const WORKTREE: Side = { kind: "worktree", name: "WORKTREE" };
const INDEX: Side = { kind: "index", name: "INDEX" };

/**
 * Finds the two sides of a change.
 * @throws {Problem} outside a repository, and for a revision that git does not know.
 */
export async function resolveChange({ cwd, range, staged }: ChangeRequest): Promise<Change> {
  const root = await requireRepository(cwd);
  const [, from = "", dots, to = ""] = /^(.*?)(\.{2,3})(.*)$/.exec(range ?? "") ?? [];
  if (staged && dots !== undefined) {
    throw new Problem("--staged compares a commit with the index, not two commits", {
      place: range,
      next: "leave out --staged, or name one revision",
    });
  }
  if (range !== null && dots !== undefined) {
    const base = await commitOf({ root, cwd }, from || "HEAD");
    const head = await commitOf({ root, cwd }, to || "HEAD");
    return { root, before: dots === "..." ? await commonCommit(root, base, head) : base, after: head };
  }
  const after = staged ? INDEX : WORKTREE;
  if (range !== null) return { root, before: await commitOf({ root, cwd }, range), after };
  const head = await commitOf({ root, cwd }, "HEAD");
  return { root, before: staged ? head : await commonCommit(root, await mainBranch(root), head), after };
}

/** The working tree around a directory. @throws {Problem} where git has none. */
export async function requireRepository(cwd: string): Promise<string> {
  const root = findGitRoot(cwd);
  if (root === null) {
    throw new Problem("not in a git repository", {
      place: cwd,
      next: "run it where the recipes' repository is checked out",
    });
  }
  await gitText(root, ["rev-parse", "--git-dir"], "mend that; `git status` must work here");
  return root;
}

/** Where to look a revision up, and where the user is. */
interface Place {
  readonly root: string;
  readonly cwd: string;
}

async function commitOf({ root, cwd }: Place, name: string): Promise<Side & { kind: "commit" }> {
  const found = await findCommit(root, name);
  if (found !== null) return { kind: "commit", name, id: found };
  if (name === "HEAD") {
    throw new Problem("the repository has no commit yet", { place: root, next: "commit something first" });
  }
  const names = await knownNames(root);
  throw new Problem(`unknown revision ${JSON.stringify(name)}`, { next: nextStep() });

  function nextStep(): string {
    if (pathExists(cwd, name)) return "name a revision, not a path: the whole repository is looked at";
    return names.length === 0
      ? "the repository has no commit yet: commit something first"
      : suggestName(name, names);
  }
}

async function findCommit(root: string, name: string): Promise<string | null> {
  const result = await askGit(root, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  ]);
  return "stdout" in result ? result.stdout.toString("utf8").trim() : null;
}

async function knownNames(root: string): Promise<string[]> {
  const result = await askGit(root, ["for-each-ref", "--format=%(refname:short)"]);
  return "stdout" in result ? result.stdout.toString("utf8").split("\n").filter(Boolean) : [];
}

/** What the remote calls its main branch, else the first of the usual names. */
async function mainBranch(root: string): Promise<Side & { kind: "commit" }> {
  const remote = await askGit(root, ["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
  const stated = "stdout" in remote ? [remote.stdout.toString("utf8").trim()] : [];
  for (const name of [...stated, "main", "master", "origin/main", "origin/master"]) {
    const id = await findCommit(root, name);
    if (id !== null) return { kind: "commit", name, id };
  }
  throw new Problem("cannot tell which branch is the main one: there is no origin/HEAD, main or master", {
    place: root,
    next: "name the revision to compare with: bridgemod review BASE",
  });
}

/** The commit that both histories have in common, under the name of the first. */
async function commonCommit(
  root: string,
  base: Side & { kind: "commit" },
  head: Side & { kind: "commit" },
): Promise<Side> {
  const result = await askGit(root, ["merge-base", base.id, head.id]);
  if ("stdout" in result) return { ...base, id: result.stdout.toString("utf8").trim() };
  throw new Problem(`${base.name} and ${head.name} have no commit in common here`, {
    place: root,
    next: "fetch more history (git fetch --unshallow), or name the revision: bridgemod review BASE",
  });
}
