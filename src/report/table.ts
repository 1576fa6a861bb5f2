/** No cell is padded beyond this width. */
const WIDEST = 48;

/** Rows of cells below a header, in aligned columns, indented by two. */
export function tableLines(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, column) =>
    Math.min(WIDEST, Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0))),
  );
  return [header, ...rows].map((cells) =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}
