import type { Json } from "../json.ts";
import { CATALOGS, type CatalogVersion } from "./catalog/index.ts";

/**
 * A value in a catalog: plain JSON, or an object with one of the keys below.
 * Dicts and objects of Bridge are told apart by their key.
 */
export type Frozen =
  | null
  | boolean
  | number
  | string
  | { readonly symbol: string }
  | { readonly class: string; readonly fields: Readonly<Record<string, Frozen>> }
  | { readonly list: readonly Frozen[] }
  | { readonly tuple: readonly Frozen[] }
  | { readonly dict: readonly (readonly [Frozen, Frozen])[] }
  | { readonly unknown: string };

export interface FrozenField {
  readonly name: string;
  /** The annotation as the source has it; absent for a field that a base declares. */
  readonly type?: string;
  /** Absent for a required field. */
  readonly default?: Frozen;
  /** False for a field that the constructor does not take. */
  readonly init?: false;
}

export interface FrozenClass {
  readonly bases: readonly string[];
  /** The fields that the class itself declares. */
  readonly fields: readonly FrozenField[];
  readonly methods: readonly string[];
}

/** What a function returns when it is called with its defaults, and what each argument would change in that. */
export interface FrozenFunction {
  readonly params: readonly FrozenParam[];
  /**
   * Paths in the result that depend on several arguments at once, with those arguments: where two of them are given,
   * the value is neither's. True where nothing can be told about two arguments together; absent where each one's part
   * is its own.
   */
  readonly joint?: Readonly<Record<string, readonly string[]>> | true;
  /** Set if keywords that are not among the parameters change nothing in the result. */
  readonly ignoresOthers?: true;
  readonly result: Frozen;
}

export interface FrozenParam {
  readonly name: string;
  readonly required?: true;
  readonly keywordOnly?: true;
  /** Set if the function may change the object that it is given. */
  readonly changed?: true;
  /** Paths in the result that become the argument itself. */
  readonly sets: readonly string[];
  /** Paths in the result that depend on the argument in some other way; `EVERYTHING` may be among them. */
  readonly affects: readonly string[];
}

/** In place of a path: nothing in the result is known. */
export const EVERYTHING = "*";

/** Import paths that earlier versions had and this one has no more: since which, and where to import from now. */
export type Moves = Readonly<Record<string, Move>>;

export interface Move {
  readonly since: string;
  /** Absent where nothing of that name is left, or where it cannot be told which is meant. */
  readonly to?: string;
}

/** What one released version of Bridge, with the Megatron-Core it goes with, declares. Extracted, never typed. */
export interface Catalog {
  readonly version: string;
  readonly core: string;
  /** Where the source came from that the catalog was extracted from. */
  readonly source: string;
  /** Public import path to the path of the definition. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly classes: Readonly<Record<string, FrozenClass>>;
  readonly functions: Readonly<Record<string, FrozenFunction>>;
  readonly moves: Moves;
  /** Field values that every model made from a checkpoint has. */
  readonly modelDefaults: Readonly<Record<string, Frozen>>;
  readonly modelFields: readonly string[];
  /** Fields that only some model classes declare. */
  readonly otherModelFields: readonly string[];
  /** User-buffer presets by name. */
  readonly presets: Readonly<Record<string, Json>>;
}

/** What is known of a catalog without loading it. */
export interface CatalogEdition<V extends string = string> extends Pick<Catalog, "core" | "source"> {
  readonly version: V;
  readonly load: () => Promise<{ readonly default: Catalog }>;
}

/** Versions with a catalog, oldest first. */
export function catalogVersions(): readonly CatalogVersion[] {
  return Object.values(CATALOGS).map(({ version }) => version);
}

/** The edition of a version. */
export function catalogEdition(version: string): CatalogEdition {
  const editions: Readonly<Partial<Record<string, CatalogEdition>>> = CATALOGS;
  const edition = editions[version];
  if (edition) return edition;
  throw new Error(`no catalog for Bridge ${version}; there are ${catalogVersions().join(", ")}`);
}

export async function loadCatalog(version: string): Promise<Catalog> {
  return (await catalogEdition(version).load()).default;
}
