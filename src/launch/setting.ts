import type { Span } from "../edit.ts";

/** Something that a file outside Python gives to a launch: an environment variable, or an override of a knob. */
export interface LaunchSetting extends Span {
  readonly kind: "variable" | "override";
  /** `CUDA_DEVICE_MAX_CONNECTIONS`, or the knob as a dotted path: `ddp.grad_reduce_in_fp32`. */
  readonly name: string;
  /** As written, without quotes; null where it takes running the script to know it. */
  readonly value: string | null;
}

/** A comment of a shell script or a YAML file, from its `#`, and what it is about: its line's code, or the next one's. */
export interface LaunchComment extends Span {
  readonly about: Span;
}

/** A shell script, a notebook or a YAML file. It is only ever reported on. */
export interface LaunchFile {
  readonly path: string;
  readonly text: string;
  /** In the order in which they stand. */
  readonly settings: readonly LaunchSetting[];
  /** The version of Bridge. */
  readonly version: string;
}

/** What is read of a file. A notebook has no comments that could be told from its code. */
export interface LaunchContent {
  readonly settings: readonly LaunchSetting[];
  readonly comments: readonly LaunchComment[];
}

/** The overrides of a file that ask for something, each once, where it stands first. */
export function overridesOf({ settings }: LaunchFile): readonly LaunchSetting[] {
  const asked = settings.filter(({ kind, value }) => kind === "override" && !isNothing(value));
  return [
    ...new Map(asked.toReversed().map((one) => [`${one.name}=${one.value ?? ""}`, one])).values(),
  ].toReversed();
}

/** A knob's unset value is no request. */
function isNothing(value: string | null): boolean {
  return value !== null && /^(?:|none|null|~)$/i.test(value);
}
