/** What the matrix of a page shows. Texts are indices into `texts`; -1 stands for none. */
export interface MatrixData {
  /** What differs in a cell that is marked: `before` and `after`, or `declared` and `effective`. */
  readonly columns: readonly [before: string, after: string];
  readonly texts: readonly string[];
  /** Names of knobs. */
  readonly knobs: readonly number[];
  readonly rows: readonly RowData[];
}

export interface RowData {
  /** The fragment that leads here. */
  readonly id: string;
  readonly name: number;
  /** `file:line`, the scenario, what became of the recipe. */
  readonly note: number;
  readonly cells: readonly CellData[];
}

/** The knob's index, both values, what decides, the fragment of the proof, and marks. */
export type CellData = readonly [
  knob: number,
  before: number,
  after: number,
  decidedBy: number,
  href: number,
  marks: number,
];

/** The values differ. */
export const DIFFERS = 1;
/** Nobody who reads the diff of the recipe's own file would know. */
export const UNSEEN = 2;
/** Somebody wrote it. */
export const WRITTEN = 4;
