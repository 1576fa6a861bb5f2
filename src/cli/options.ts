import type { Intent, Policy, WorldSize } from "../policy.ts";
import type { BridgeWish } from "../workspace/bridge-version.ts";
import type { Config, WorldSizes } from "../workspace/config.ts";
import { Problem } from "../workspace/problem.ts";
import { suggestName } from "../workspace/suggest.ts";

/** The options as commander leaves them: absent unless given. */
export interface RawOptions {
  readonly codemod?: readonly string[];
  readonly set?: string;
  readonly intent?: string;
  readonly onlyPreserving?: true;
  readonly allowUnproven?: true;
  readonly bridge?: string;
  readonly worldSize?: string;
  readonly gpu?: string;
  readonly te?: boolean;
  readonly diff?: true;
  readonly cache?: false;
  readonly format?: string;
  readonly output?: string;
  readonly allowDirty?: true;
  readonly annotate?: true;
  readonly interactive?: true;
  readonly dryRun?: true;
  readonly stdinFilename?: string;
  readonly jobs?: string;
  readonly config?: string;
  readonly isolated?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly color?: string;
  readonly all?: true;
  readonly onlySurprises?: true;
  readonly knob?: string;
  readonly since?: string;
  readonly staged?: true;
  readonly filesFrom?: string;
  readonly z?: true;
  readonly patch?: string;
  readonly failOn?: readonly string[];
}

const intents: readonly Intent[] = ["honor", "preserve", "report"];

const formats = ["text", "json", "sarif", "github", "rdjson", "markdown", "patch", "html"] as const;

export type Format = (typeof formats)[number];

const colors = ["auto", "always", "never"] as const;

/** What options with a fixed list of values take, by their names. */
export const optionChoices: Readonly<Record<string, readonly string[]>> = {
  "--intent": intents,
  "--format": formats,
  "--color": colors,
  "--world-size": ["auto", "name"],
};

/**
 * Finds what is wrong with the options by themselves, before any file is looked at.
 * @throws {Problem}
 */
export function checkOptions(raw: RawOptions): void {
  formatOf(raw);
  if (raw.intent !== undefined) oneOf("--intent", raw.intent, intents);
  if (raw.worldSize !== undefined) parseWorldSize(raw.worldSize);
  if (raw.color !== undefined) oneOf("--color", raw.color, colors);
  if (raw.jobs !== undefined && !/^[1-9]\d*$/.test(raw.jobs)) {
    throw new Problem(`--jobs takes a number from 1, not ${JSON.stringify(raw.jobs)}`, {
      next: "write --jobs 4",
    });
  }
  if (raw.diff && !["text", "patch"].includes(formatOf(raw))) {
    throw new Problem(`--diff and --format ${formatOf(raw)} cannot both have the output`, {
      next: "leave one of them out",
    });
  }
  if (raw.onlyPreserving && raw.allowUnproven) {
    throw new Problem("--only-preserving and --allow-unproven exclude each other", {
      next: "leave one of them out",
    });
  }
}

/** @throws {Problem} for an unknown format. */
export function formatOf(raw: RawOptions): Format {
  return raw.format === undefined ? "text" : oneOf("--format", raw.format, formats);
}

/** What a run may do: the options, else the configuration, else the defaults. */
export function policyOf(raw: RawOptions, config: Config): Policy {
  const intent = raw.intent === undefined ? config.intent : oneOf("--intent", raw.intent, intents);
  const worldSize = raw.worldSize === undefined ? config.worldSize : parseWorldSize(raw.worldSize);
  return {
    intent: intent ?? "honor",
    onlyPreserving: raw.onlyPreserving ?? false,
    allowUnproven: raw.allowUnproven ?? false,
    scenarios: {
      worldSize: worldSize ?? null,
      gpu: (raw.gpu ?? config.gpu)?.toLowerCase() ?? null,
      te: raw.te ?? true,
    },
    ...(raw.annotate ? { annotate: true } : {}),
    ...(raw.jobs === undefined ? {} : { threads: Number(raw.jobs) }),
  };
}

/** The version or directory of Bridge that the user names, if any. */
export function bridgeWish(raw: RawOptions, config: Config, cwd: string): BridgeWish | null {
  if (raw.bridge !== undefined) return { value: raw.bridge, from: "--bridge", base: cwd };
  if (config.bridge === undefined) return null;
  return { value: config.bridge, from: config.file ?? "the configuration", base: config.directory };
}

/** @throws {Problem} naming the choices. */
export function oneOf<T extends string>(option: string, given: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === given);
  if (found !== undefined) return found;
  throw new Problem(`unknown value ${JSON.stringify(given)} for ${option}`, {
    next: suggestName(given, choices),
  });
}

function parseWorldSize(text: string): WorldSizes {
  if (text === "auto" || text === "name") return text;
  const sizes = text.split(",").map((part) => parseSize(part.trim()));
  const known = sizes.flatMap((size) => size ?? []);
  if (known.length === sizes.length) return known;
  throw new Problem(`unknown value ${JSON.stringify(text)} for --world-size`, {
    next: "write auto, name, numbers of GPUs such as 8,64, or data-parallel sizes such as dp=1,dp=8",
  });
}

function parseSize(text: string): WorldSize | null {
  const [, dp, digits = ""] = /^(dp=)?([1-9]\d*)$/.exec(text) ?? [];
  const number = Number(digits);
  if (digits === "" || !Number.isSafeInteger(number)) return null;
  return dp === undefined ? number : { dp: number };
}
