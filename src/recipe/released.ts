/** Files that only a checkout or a copy of the named packages has, and the packages that come with them. */
const MARKERS: readonly (readonly [string, readonly string[]])[] = [
  ["megatron/bridge/training/config.py", ["bridge"]],
  ["megatron/core/package_info.py", ["core", "training", "legacy", "post_training", "inference", "rl"]],
];

/**
 * Tells the files of Bridge and Megatron-LM that lie in a project: those of a tree of theirs. A package of the user's
 * own that goes by the name `megatron`, too, is none of them.
 */
export function releasedFiles(listing: readonly string[]): (path: string) => boolean {
  const folders = MARKERS.flatMap(([marker, packages]) =>
    listing.flatMap((path) => {
      if (path !== marker && !path.endsWith(`/${marker}`)) return [];
      const root = path.slice(0, -marker.length);
      return packages.map((name) => `${root}megatron/${name}/`);
    }),
  );
  return (path) => folders.some((folder) => path.startsWith(folder));
}
