import type { LaunchContent, LaunchFile } from "./setting.ts";

/** What is read beside Python, by the end of its name. */
const READERS: Readonly<Record<string, (text: string) => Promise<LaunchContent>>> = {
  sh: readScript,
  bash: readScript,
  ipynb: async (text) => {
    const { loadShellReader } = await import("./shell.ts");
    const { notebookSettings } = await import("./notebook.ts");
    return { settings: notebookSettings(text, await loadShellReader()), comments: [] };
  },
  yaml: readYaml,
  yml: readYaml,
};

async function readScript(text: string): Promise<LaunchContent> {
  const { loadShellReader } = await import("./shell.ts");
  return (await loadShellReader())(text);
}

async function readYaml(text: string): Promise<LaunchContent> {
  const { yamlComments, yamlSettings } = await import("./yaml.ts");
  return { settings: yamlSettings(text), comments: yamlComments(text) };
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
): Promise<LaunchFile & LaunchContent> {
  const read = READERS[path.slice(path.lastIndexOf(".") + 1).toLowerCase()];
  const content = read ? await read(text) : { settings: [], comments: [] };
  return { path, text, version, ...content };
}
