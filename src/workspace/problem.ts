/** What the user has to mend before we can work: the run ends with exit code 2 and nothing is written. */
export class Problem extends Error {
  override readonly name = "Problem";
  /** `FILE` or `FILE:LINE`, or null where the command line is at fault. */
  readonly place: string | null;
  readonly next: string;

  constructor(reason: string, details: { readonly place?: string | null; readonly next: string }) {
    super(reason);
    this.place = details.place ?? null;
    this.next = details.next;
  }
}
