import type { Value } from "./value.ts";

/** A catalog's tables as values of the interpreter. */
export interface CatalogValues {
  /** What a public import path stands for; null if the catalog does not know it. */
  export(path: string): Value | null;
  /** The value that every model has in a field, whatever checkpoint it comes from; null if they differ. */
  modelDefault(field: string): Value | null;
  isModelField(field: string): boolean;
}
