import { readMatrix, type Cell, type Matrix, type Row } from "./data.ts";
import { showDetail } from "./detail.ts";
import { element } from "./element.ts";

/** The recipes-by-knobs table; only rows near the window are in the document. */
export interface MatrixView {
  readonly count: number;
  /** Shows the rows that pass; gives their number. */
  filter(passes: (text: string) => boolean): number;
  /** Scrolls to a recipe and tells all about it; false if there is none. */
  reveal(id: string): boolean;
}

/** More rows than this are drawn as they come into view. */
const ALL_AT_ONCE = 300;
const OVERSCAN = 15;
/** As the style sheet has it, the border included. */
const ROW_HEIGHT = 44;
const WIDEST = 44;

const empty: MatrixView = { count: 0, filter: () => 0, reveal: () => false };

/** Draws the matrix into its place. */
export function startMatrix(): MatrixView {
  const scroller = document.getElementById("scroller");
  const table = scroller?.querySelector("table");
  const matrix = readMatrix();
  if (!scroller || !table || !matrix) return empty;
  return drawMatrix({ scroller, table, matrix });
}

interface Stage {
  readonly scroller: HTMLElement;
  readonly table: HTMLTableElement;
  readonly matrix: Matrix;
}

function drawMatrix(stage: Stage): MatrixView {
  const { scroller, table, matrix } = stage;
  const body = element("tbody");
  let shown: readonly Row[] = matrix.rows;
  let columns = headed(stage, body);
  let drawn = "";
  let chosen = "";

  function draw(all = false): void {
    const whole = all || shown.length <= ALL_AT_ONCE;
    const first = whole ? 0 : Math.max(0, Math.floor(scroller.scrollTop / ROW_HEIGHT) - OVERSCAN);
    const visible = Math.ceil(scroller.clientHeight / ROW_HEIGHT) + 2 * OVERSCAN;
    const last = whole ? shown.length : Math.min(shown.length, first + visible);
    const key = `${first}:${last}`;
    if (key === drawn) return;
    drawn = key;
    const rows = shown
      .slice(first, last)
      .map((row, index) => rowElement(row, { columns, index: first + index, isChosen: row.id === chosen }));
    body.replaceChildren(spacer(first), ...rows, spacer(shown.length - last));
  }
  function redraw(): void {
    drawn = "";
    draw();
  }
  scroller.addEventListener("scroll", () => draw(), { passive: true });
  window.addEventListener("beforeprint", () => draw(true));
  window.addEventListener("afterprint", redraw);
  const toggle = document.getElementById("all-knobs");
  toggle?.addEventListener("change", () => {
    columns = headed(stage, body);
    redraw();
  });
  table.setAttribute("aria-rowcount", String(matrix.rows.length + 1));
  draw();
  return {
    count: matrix.rows.length,
    filter: (passes) => {
      shown = matrix.rows.filter((row) => passes(searchText(row, matrix)));
      scroller.scrollTop = 0;
      redraw();
      return shown.length;
    },
    reveal: (id) => {
      const index = shown.findIndex((row) => row.id === id);
      const row = shown[index];
      if (!row) return false;
      chosen = id;
      scroller.scrollTop = Math.max(0, index * ROW_HEIGHT - scroller.clientHeight / 3);
      redraw();
      showDetail(row, matrix);
      return true;
    },
  };
}

const searchTexts = new WeakMap<Row, string>();

function searchText(row: Row, { knobs }: Matrix): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const cells = row.cells().filter(({ differs }) => differs);
  const words = cells.map(({ knob, before, after }) => `${knobs[knob] ?? ""} ${before} ${after}`);
  const text = `${row.name} ${row.note} ${words.join(" ")}`.toLowerCase();
  searchTexts.set(row, text);
  return text;
}

/** Writes the head of the table; gives the knobs that have a column. */
function headed({ table, matrix }: Stage, body: HTMLElement): readonly number[] {
  const toggle = document.getElementById("all-knobs");
  const differing = new Set<number>();
  for (const row of matrix.rows)
    for (const { knob, differs } of row.cells()) if (differs) differing.add(knob);
  const all = matrix.knobs.map((_, index) => index);
  const some = all.filter((index) => differing.has(index));
  if (some.length === all.length || some.length === 0) toggle?.closest("p")?.remove();
  const wantsAll = some.length === 0 || (toggle instanceof HTMLInputElement && toggle.checked);
  const columns = wantsAll ? all : some;
  const widths = widthsOf(matrix, columns);
  const cols = [`min(${nameWidth(matrix)}ch, 50vw)`, ...widths.map((width) => `${width + 5}ch`)].map(
    (width) => {
      const col = element("col");
      col.style.width = width;
      return col;
    },
  );
  const heads = columns.map((index) => knobHead(matrix.knobs[index] ?? ""));
  const corner = element("th", { scope: "col" }, "recipe");
  const head = element("thead", {}, element("tr", {}, corner, ...heads));
  table.replaceChildren(element("colgroup", {}, ...cols), head, body);
  return columns;
}

/** What is below a name is written smaller. */
const NOTE_SIZE = 0.85;

function nameWidth({ rows }: Matrix): number {
  const widest = rows.reduce((most, row) => {
    const [name, where] = namesOf(row);
    return Math.max(most, name.length, where.length * NOTE_SIZE);
  }, 24);
  return Math.min(widest, 56) + 3;
}

/** The function, and below it where it is. */
function namesOf({ name, note }: Row): readonly [string, string] {
  const dot = name.lastIndexOf(".");
  return [name.slice(dot + 1), note === "" ? name.slice(0, Math.max(0, dot)) : note];
}

function knobHead(knob: string): HTMLElement {
  const dot = knob.lastIndexOf(".") + 1;
  return element(
    "th",
    { scope: "col", title: knob },
    element("small", {}, knob.slice(0, dot)),
    knob.slice(dot),
  );
}

/** Characters that each column needs; the sample is every row, as a name that is cut says little. */
function widthsOf({ rows, knobs }: Matrix, columns: readonly number[]): number[] {
  const widths = new Map(columns.map((index) => [index, (knobs[index] ?? "").replace(/^.*\./, "").length]));
  for (const row of rows) {
    for (const cell of row.cells()) {
      const width = widths.get(cell.knob);
      if (width !== undefined) widths.set(cell.knob, Math.max(width, textOf(cell).length));
    }
  }
  return columns.map((index) => Math.min(WIDEST, widths.get(index) ?? 0));
}

function textOf({ before, after, differs }: Cell): string {
  return differs ? `${before} → ${after}!` : after;
}

interface Drawing {
  readonly columns: readonly number[];
  readonly index: number;
  readonly isChosen: boolean;
}

function rowElement(row: Row, { columns, index, isChosen }: Drawing): HTMLElement {
  const cells = new Map(row.cells().map((cell) => [cell.knob, cell]));
  const [name, below] = namesOf(row);
  const link = element("a", { href: `#${row.id}`, title: row.name }, name);
  const head = element(
    "th",
    { scope: "row", title: `${row.name}\n${row.note}`.trim() },
    link,
    element("small", {}, below),
  );
  const attributes = { id: row.id, "aria-rowindex": String(index + 2), ...(isChosen && { class: "chosen" }) };
  return element("tr", attributes, head, ...columns.map((knob) => cellElement(cells.get(knob))));
}

function cellElement(cell: Cell | undefined): HTMLElement {
  if (!cell) return element("td", { class: "same" });
  const { before, after, href, differs, unseen, decidedBy } = cell;
  const title = `${textOf(cell)}${decidedBy === null ? "" : `, decided by ${decidedBy}`}`;
  if (!differs) return element("td", { class: "plain", title }, after);
  const flag = unseen
    ? [element("span", { class: "flag", title: "not in the diff of its own file" }, "!")]
    : [];
  const parts = [...flag, element("s", {}, before), " → ", element("b", {}, after)];
  const content = href === null ? parts : [element("a", { href: `#${href}` }, ...parts)];
  return element("td", { class: unseen ? "differs unseen" : "differs", title }, ...content);
}

function spacer(rows: number): HTMLElement {
  const row = element("tr", { class: "spacer", "aria-hidden": "true" });
  row.style.height = `${rows * ROW_HEIGHT}px`;
  return row;
}
