/** What recipes ask of a model that Bridge reads from its checkpoint when training starts. */
export interface KnownModel {
  readonly hidden: number;
  /** Whether attention is multi-latent. */
  readonly latent: boolean;
}

/**
 * Published checkpoints by what their names say. Source: the `hidden_size`, and the architecture, of each one's
 * published `config.json`.
 */
const MODELS: readonly (readonly [checkpoint: RegExp, hidden: number, latent?: "latent"])[] = [
  [/llama-2-7b|llama-3(\.1)?-8b/, 4096],
  [/llama-2-13b/, 5120],
  [/llama-2-70b|llama-3(\.[13])?-70b/, 8192],
  [/llama-3\.1-405b/, 16384],
  [/llama-3\.2-1b/, 2048],
  [/llama-3\.2-3b/, 3072],
  [/qwen2(\.5)?-0\.5b/, 896],
  [/qwen2(\.5)?-1\.5b/, 1536],
  [/qwen2(\.5)?-7b/, 3584],
  [/qwen2(\.5)?-(14|32)b/, 5120],
  [/qwen2(\.5)?-72b/, 8192],
  [/qwen3-0\.6b/, 1024],
  [/qwen3-(1\.7b|30b-a3b)/, 2048],
  [/qwen3-4b/, 2560],
  [/qwen3-(8b|235b-a22b)/, 4096],
  [/qwen3-(14|32)b/, 5120],
  [/mistral-7b|mixtral-8x7b/, 4096],
  [/mixtral-8x22b/, 6144],
  [/mistral-large-instruct-2407/, 12288],
  [/deepseek-v2-lite|moonlight-16b-a3b/, 2048, "latent"],
  [/deepseek-v2/, 5120, "latent"],
  [/deepseek-v3|kimi-k2/, 7168, "latent"],
  [/nemotron-4-15b/, 6144],
  [/nemotron-4-340b/, 18432],
];

/** What is known of a checkpoint, by its name or path; null for one that is not known. */
export function knownModel(checkpoint: string): KnownModel | null {
  const name = checkpoint.toLowerCase().replaceAll("_", "-");
  for (const [pattern, hidden, latent] of MODELS)
    if (new RegExp(`(?:^|/|meta-)(?:${pattern.source})(?![\\w.])`).test(name))
      return { hidden, latent: latent !== undefined };
  return null;
}
