import type { LaunchSetting } from "./setting.ts";
import type { ShellReader } from "./shell.ts";

/** Finds what the shell commands of a notebook's code cells set; its Python is not looked at. */
export function notebookSettings(text: string, readShell: ShellReader): readonly LaunchSetting[] {
  const settings: LaunchSetting[] = [];
  let from = 0;
  for (const lines of codeCells(text)) {
    const placed = lines.map((line) => {
      // A line of a cell is a JSON string of its own.
      const source = JSON.stringify(line);
      const start = text.indexOf(source, from);
      if (start < 0) return { line, start: from, end: from };
      from = start + source.length;
      return { line, start, end: from };
    });
    for (const script of scriptsIn(placed)) {
      for (const setting of readShell(script.text).settings) {
        const { start, end } = script.lineAt(setting.start);
        settings.push({ ...setting, start, end });
      }
    }
  }
  return settings;
}

interface PlacedLine {
  readonly line: string;
  readonly start: number;
  readonly end: number;
}

interface Script {
  readonly text: string;
  /** The line of the notebook that a place of the script is from. */
  lineAt(offset: number): PlacedLine;
}

/** The lines of each code cell; none where the text is no notebook. */
function codeCells(text: string): readonly (readonly string[])[] {
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch {
    return [];
  }
  return listOf(fieldOf(notebook, "cells"))
    .filter((cell) => fieldOf(cell, "cell_type") === "code")
    .map((cell) => listOf(fieldOf(cell, "source")).filter((line) => typeof line === "string"));
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Where a cell goes over to the shell: all of it, or lines that begin with `!` and those that they continue on. */
function* scriptsIn(lines: readonly PlacedLine[]): Generator<Script> {
  const isShellCell = /^%%(?:bash|sh|script\s+(?:ba)?sh)\b/.test(lines[0]?.line ?? "");
  if (isShellCell) yield scriptOf(lines.slice(1), (line) => line);
  else
    for (let index = 0; index < lines.length; index += 1) {
      const first = lines[index]?.line ?? "";
      const isMagic = /^\s*%(?:set_)?env\s+\w+=/.test(first);
      if (!/^\s*!/.test(first) && !isMagic) continue;
      const begin = index;
      while (/\\\n?$/.test(lines[index]?.line ?? "")) index += 1;
      yield scriptOf(lines.slice(begin, index + 1), (line) =>
        line.replace(/^(\s*)(?:!|%(?:set_)?env\s)/, "$1"),
      );
    }
}

function scriptOf(lines: readonly PlacedLine[], shell: (line: string) => string): Script {
  const parts = lines.map(({ line }, index) => {
    const text = index === 0 ? shell(line) : line;
    return text.endsWith("\n") ? text : `${text}\n`;
  });
  return {
    text: parts.join(""),
    lineAt: (offset) => {
      let end = 0;
      const index = parts.findIndex((part) => offset < (end += part.length));
      return lines[index] ?? { line: "", start: 0, end: 0 };
    },
  };
}
