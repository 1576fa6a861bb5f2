import { isMap, isScalar, parseDocument, type ParsedNode } from "yaml";
import type { LaunchSetting } from "./setting.ts";

/** Sections of a container that a YAML file may override. */
const SECTIONS = new Set([
  "mixed_precision",
  "comm_overlap",
  "model",
  "ddp",
  "optimizer",
  "dist",
  "env_vars",
]);

/** Finds the fields of a container that a YAML file overrides. A dump of a whole configuration overrides nothing. */
export function yamlSettings(text: string): readonly LaunchSetting[] {
  if (text.includes("_target_:")) return [];
  const document = parseDocument(text, { logLevel: "silent" });
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) return [];
  return root.items.flatMap(({ key, value }) =>
    isScalar(key) && SECTIONS.has(String(key.value)) ? settingsOf(String(key.value), key, value) : [],
  );
}

function settingsOf(name: string, key: ParsedNode, value: ParsedNode | null): LaunchSetting[] {
  if (isMap(value))
    return value.items.flatMap((pair) =>
      isScalar(pair.key) ? settingsOf(`${name}.${String(pair.key.value)}`, pair.key, pair.value) : [],
    );
  if (!isScalar(value)) return [];
  const [start] = key.range;
  const [, end] = value.range;
  const isOpen = typeof value.value === "string" && value.value.includes("${");
  return [{ kind: "override", name, value: isOpen ? null : String(value.value), start, end }];
}
