import { DIFFERS, UNSEEN, type CellData, type MatrixData, type RowData } from "../report/html/page-data.ts";

/** The data of the page with its texts looked up. */
export interface Matrix {
  readonly columns: readonly [string, string];
  readonly knobs: readonly string[];
  readonly rows: readonly Row[];
}

export interface Row {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  cells(): readonly Cell[];
}

export interface Cell {
  readonly knob: number;
  readonly before: string;
  readonly after: string;
  readonly decidedBy: string | null;
  readonly href: string | null;
  readonly differs: boolean;
  readonly unseen: boolean;
}

/** Reads what the page carries. */
export function readMatrix(): Matrix | null {
  const source = document.getElementById("matrix-data")?.textContent ?? "null";
  const data = JSON.parse(source) as MatrixData | null;
  if (!data) return null;
  const text = (index: number) => data.texts[index] ?? "";
  return {
    columns: data.columns,
    knobs: data.knobs.map(text),
    rows: data.rows.map((row) => readRow(row, text)),
  };
}

function readRow({ id, name, note, cells }: RowData, text: (index: number) => string): Row {
  let read: readonly Cell[] | null = null;
  return {
    id,
    name: text(name),
    note: text(note),
    cells: () => (read ??= cells.map((cell) => readCell(cell, text))),
  };
}

function readCell(cell: CellData, text: (index: number) => string): Cell {
  const [knob, before, after, decidedBy, href, marks] = cell;
  return {
    knob,
    before: text(before),
    after: text(after),
    decidedBy: decidedBy < 0 ? null : text(decidedBy),
    href: href < 0 ? null : text(href),
    differs: (marks & DIFFERS) !== 0,
    unseen: (marks & UNSEEN) !== 0,
  };
}
