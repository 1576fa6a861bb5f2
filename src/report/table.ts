import type { Palette } from "./palette.ts";

export interface TableRow {
  readonly cells: readonly string[];
  /** Whether to set it off from the others. */
  readonly isMarked: boolean;
}

/** No cell is padded beyond this width. */
const WIDEST = 48;

/** A dim header and the rows below it, in aligned columns, indented by two; nothing without rows. */
export function tableLines(
  header: readonly string[],
  rows: readonly TableRow[],
  palette: Pick<Palette, "dim" | "yellow">,
): string[] {
  if (rows.length === 0) return [];
  const widths = header.map((title, column) =>
    Math.min(WIDEST, Math.max(title.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0))),
  );
  function line(cells: readonly string[]): string {
    return `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  }
  const body = rows.map(({ cells, isMarked }) => (isMarked ? palette.yellow(line(cells)) : line(cells)));
  return [palette.dim(line(header)), ...body];
}
