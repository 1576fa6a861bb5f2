import { isAtLeast, launch, type Finding, type LaunchFile, type LaunchSetting } from "../../src/index.ts";
import { VARIABLES } from "./settings.ts";

const SHARDING = new Set(["ddp.use_megatron_fsdp", "dist.use_megatron_fsdp"]);

/** What a launch script or a notebook says about the variables that decide how a process overlaps. */
export function* launchedEnvironment(file: LaunchFile): Generator<Finding> {
  const sharding = file.settings.find(({ name, value }) => SHARDING.has(name) && /^true$/i.test(value ?? ""));
  const told = new Set<string>();
  for (const setting of file.settings) {
    const name = variableOf(setting);
    const key = `${name ?? ""}=${setting.value ?? ""}`;
    if (name === null || told.has(key)) continue;
    told.add(key);
    const found = judge(file, { ...setting, name }, sharding ?? null);
    if (found)
      yield { ...found, severity: "info", span: { start: setting.start, end: setting.end }, fix: null };
  }
}

/** The variable that a setting is about, be it set or passed on to `env_vars`; null for another. */
function variableOf({ name }: LaunchSetting): string | null {
  const variable = name.replace(/^env_vars\./, "");
  return VARIABLES.includes(variable) ? variable : null;
}

function judge(
  { version }: LaunchFile,
  { kind, name, value }: LaunchSetting,
  sharding: LaunchSetting | null,
): Pick<Finding, "rule" | "message"> | null {
  const shown = `${name}${value === null ? "" : `=${value}`}`;
  const isOne = name === launch.CONNECTIONS && value === "1";
  if (isOne && sharding) {
    const ends = isAtLeast(version, "0.5.0") ? ", and validate() raises where it is" : "";
    const message = `${shown} beside ${sharding.name}=${sharding.value ?? ""}: Megatron-FSDP wants it above 1 or unset${ends}.`;
    return { rule: "launch-conflict", message };
  }
  if (kind === "override" || !isAtLeast(version, "0.6.0")) return null;
  const right = isOne
    ? " One connection is right for TP or CP on Hopper, and wrong with Megatron-FSDP, expert-parallel overlap and on Blackwell."
    : "";
  const message = `${shown} is set for the process, so that it wins over cfg.env_vars of every recipe launched here: Bridge exports those with os.environ.setdefault.${right}`;
  return { rule: "launched-environment", message };
}
