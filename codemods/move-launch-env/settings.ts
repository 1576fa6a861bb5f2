import { launch, type Expr } from "../../src/index.ts";

/** One environment variable, and its value as the source has it. */
export interface Setting {
  readonly name: string;
  readonly value: Expr;
  readonly source: string;
  /** The comment behind it, which goes where it goes; empty if there is none. */
  readonly comment: string;
}

/** What people take for fields of `CommOverlapConfig`, and the variables that they mean. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  cuda_device_max_connections: [launch.CONNECTIONS],
  num_cuda_device_max_connections: [launch.CONNECTIONS],
  layernorm_sm_margin: launch.LAYERNORM_MARGINS,
  nvte_fwd_layernorm_sm_margin: [launch.LAYERNORM_MARGINS[0]],
  nvte_bwd_layernorm_sm_margin: [launch.LAYERNORM_MARGINS[1]],
};

export const VARIABLES: readonly string[] = [launch.CONNECTIONS, ...launch.LAYERNORM_MARGINS];

/** The variables that a field stands for; none for a field of another kind. */
export function variablesOf(field: string | null): readonly string[] {
  return field === null ? [] : (FIELDS[field.toLowerCase()] ?? []);
}

/** Whether a text may name such a field: a look for it spares the walk through most files. */
export function mentionsField(text: string): boolean {
  return /max_connections|layernorm_sm_margin/i.test(text);
}

/** What a field means; a comment goes with the first of several variables. */
export function settingsFor(
  field: string,
  { value, text, comment }: { value: Expr; text: string; comment: string },
): Setting[] {
  const source = text.slice(value.start, value.end);
  return variablesOf(field).map((name, index) => ({
    name,
    value,
    source,
    comment: index === 0 ? comment : "",
  }));
}

/** The constant that a setting has; undefined where it is computed. */
export function constantOf({ value }: Setting): unknown {
  return value.kind === "Constant" ? value.value : undefined;
}

export function shownSettings(settings: readonly Setting[]): string {
  return settings.map(({ name, source }) => `${name}=${source.replace(/^["']|["']$/g, "")}`).join(", ");
}

export function envKnobs(settings: readonly Setting[]): string[] {
  return settings.map(({ name }) => `env_vars.${name}`);
}
