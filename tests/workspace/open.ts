import { loadProject, openWorkspace, type Project, type Workspace } from "../../src/workspace/workspace.ts";

export const known = [
  "0.1.0rc4",
  "0.2.0rc6",
  "0.2.0",
  "0.3.1",
  "0.4.2",
  "0.5.1",
  "0.6.0",
  "0.6.2",
  "0.7.0.dev0",
];

export interface OpenOptions {
  readonly bridge?: string;
  readonly isolated?: boolean;
}

export function open(cwd: string, paths: readonly string[], options: OpenOptions = {}): Promise<Workspace> {
  return openWorkspace({ cwd, paths, stdin: null, configFile: null, isolated: options.isolated ?? false });
}

/** What a run over these paths would be given. */
export async function load(
  cwd: string,
  paths: readonly string[],
  options: OpenOptions = {},
): Promise<Project> {
  const bridge = options.bridge === undefined ? null : { value: options.bridge, from: "--bridge", base: cwd };
  return loadProject(await open(cwd, paths, options), {
    bridge,
    knownVersions: known,
    mentionsRecipes: (bytes) => bytes.includes("megatron.bridge"),
    mentionsLaunch: (bytes) => bytes.includes("ddp"),
  });
}

export function targetsOf(project: Project): string[] {
  return [...project.targets].sort();
}

export function reasonsOf(project: Project): Record<string, string> {
  return Object.fromEntries(
    project.setAside.map(({ path, outcome, reason }) => [path, `${outcome}: ${reason ?? ""}`]),
  );
}
