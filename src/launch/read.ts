import type { LaunchFile, LaunchSetting } from "./setting.ts";

/** What is read beside Python, by the end of its name. */
const READERS: Readonly<Record<string, (text: string) => Promise<readonly LaunchSetting[]>>> = {
  sh: readScript,
  bash: readScript,
  ipynb: async (text) => {
    const { loadShellReader } = await import("./shell.ts");
    const { notebookSettings } = await import("./notebook.ts");
    return notebookSettings(text, await loadShellReader());
  },
  yaml: readYaml,
  yml: readYaml,
};

async function readScript(text: string): Promise<readonly LaunchSetting[]> {
  const { loadShellReader } = await import("./shell.ts");
  return (await loadShellReader())(text);
}

async function readYaml(text: string): Promise<readonly LaunchSetting[]> {
  const { yamlSettings } = await import("./yaml.ts");
  return yamlSettings(text);
}

/** Words of which a file has one that could say anything about a launch. */
const TERMS = [
  "CUDA_DEVICE_MAX_CONNECTIONS",
  "LAYERNORM_SM_MARGIN",
  "ddp",
  "mixed_precision",
  "comm_overlap",
  "_dtype",
  "fp8",
  "fp16",
];

/** Whether a file beside Python can matter at all; cheap enough to ask of every file of a repository. */
export function mentionsLaunch(bytes: Buffer | string): boolean {
  return TERMS.some((term) => bytes.includes(term));
}

/** Reads what a file sets; nothing where it cannot be read as what its name says. */
export async function readLaunchFile(
  { path, text }: Pick<LaunchFile, "path" | "text">,
  version: string,
): Promise<LaunchFile> {
  const read = READERS[path.slice(path.lastIndexOf(".") + 1).toLowerCase()];
  return { path, text, version, settings: read ? await read(text) : [] };
}
