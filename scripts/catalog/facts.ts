import { existsSync, readFileSync } from "node:fs";
import type { Catalog, Frozen } from "../../src/bridge/catalog.ts";
import { PATHS } from "../../src/bridge/names.ts";
import {
  environmentMechanism,
  fieldTable,
  overwritesOf,
  precisionRecipes,
  valuesOf,
} from "../../src/bridge/tables.ts";

/** A table that was made from the same source by other means; see `FACTS`. */
export const FACTS = "../shared/facts-catalog.json";

interface FactField {
  readonly name: string;
  readonly default: string | null;
  readonly required: boolean;
}

interface Facts {
  readonly mixed_precision: {
    readonly fields: readonly FactField[];
    readonly recipes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  readonly comm_overlap: {
    readonly CommOverlapConfig: { readonly fields: readonly FactField[] };
    readonly presets: Readonly<
      Record<string, { readonly layers: Readonly<Record<string, Readonly<Record<string, unknown>> | null>> }>
    >;
  };
  readonly overwritten_pairs: {
    readonly mixed_precision: Readonly<Record<"model" | "optimizer" | "ddp", readonly string[]>>;
    readonly comm_overlap: Readonly<Record<"model_pass" | "optimizer_pass" | "ddp_pass", readonly string[]>>;
  };
  readonly destination_fields: Readonly<
    Record<
      "ddp" | "optimizer" | "model",
      Readonly<Record<string, { readonly default: string | null } | null>>
    >
  >;
  readonly env: { readonly config_container_env_vars: boolean };
}

/** The facts of every version; null where the table does not lie beside the project. */
export function readFacts(): ReadonlyMap<string, Facts> | null {
  if (!existsSync(FACTS)) return null;
  const { versions } = JSON.parse(readFileSync(FACTS, "utf8")) as { versions: Record<string, Facts> };
  return new Map(
    Object.entries(versions).map(([name, facts]) => [
      name === "main" ? "0.7.0.dev0" : name.replace(/^v/, ""),
      facts,
    ]),
  );
}

/** The model class whose own fields the facts count among a model's. */
const MODEL = "megatron.bridge.models.gpt_provider.GPTModelProvider";

/** How often a catalog and the facts were held against each other, and where they disagree. */
export interface CrossCheck {
  compared: number;
  readonly disagreements: string[];
}

export function crossCheck(catalog: Catalog, facts: Facts): CrossCheck {
  const check: CrossCheck = { compared: 0, disagreements: [] };
  const hold = (place: string, ours: unknown, theirs: unknown) => {
    check.compared += 1;
    const [left, right] = [JSON.stringify(ours), JSON.stringify(theirs)] as (string | undefined)[];
    if (left !== right)
      check.disagreements.push(`${place}: ${left ?? "absent"}, the facts say ${right ?? "absent"}`);
  };
  holdFields(catalog, facts, hold);
  holdRecipes(catalog, facts, hold);
  holdPresets(catalog, facts, hold);
  holdPairs(catalog, facts, hold);
  const mechanism = facts.env.config_container_env_vars ? "env_vars" : "launch plugin";
  hold("environment", environmentMechanism(catalog), mechanism);
  return check;
}

type Hold = (place: string, ours: unknown, theirs: unknown) => void;

function holdFields(catalog: Catalog, facts: Facts, hold: Hold): void {
  const classes = [
    [PATHS.mixedPrecision, facts.mixed_precision.fields],
    [PATHS.commOverlap, facts.comm_overlap.CommOverlapConfig.fields],
  ] as const;
  for (const [path, fields] of classes) {
    const ours = fieldTable(catalog, path);
    hold(
      `${path} fields`,
      ours.map(({ name }) => name),
      fields.map(({ name }) => name),
    );
    for (const fact of fields) {
      const field = ours.find(({ name }) => name === fact.name);
      holdDefault(`${path}.${fact.name}`, { field, text: fact.required ? null : fact.default }, hold);
    }
  }
  const destinations = { ddp: PATHS.ddp, optimizer: PATHS.optimizer, model: PATHS.transformer };
  for (const [section, path] of Object.entries(destinations)) {
    const ours = [...fieldTable(catalog, path), ...(section === "model" ? fieldTable(catalog, MODEL) : [])];
    for (const [name, fact] of Object.entries(facts.destination_fields[section as "ddp"])) {
      const field = ours.find((one) => one.name === name);
      if (fact === null) hold(`${section}.${name} is there`, field !== undefined, false);
      else holdDefault(`${section}.${name}`, { field, text: fact.default }, hold);
    }
  }
}

function holdDefault(
  place: string,
  { field, text }: { field: { default?: Frozen } | undefined; text: string | null },
  hold: Hold,
): void {
  const theirs = text === null ? undefined : literal(/^field\(default=([^,)]+)/.exec(text)?.[1] ?? text);
  if (text !== null && theirs === undefined) return;
  hold(place, plain(field?.default), theirs);
}

/** A Python literal as JSON; undefined for an expression that is none. */
function literal(text: string): unknown {
  const names: Record<string, unknown> = {
    None: null,
    True: true,
    False: false,
    "2 ** 32": 4294967296,
    "()": [],
  };
  if (text in names) return names[text];
  if (/^torch\.\w+$/.test(text)) return text;
  if (/^-?[\d.]+(e-?\d+)?$/.test(text)) return Number(text);
  const [, quoted] = /^['"](.*)['"]$/.exec(text) ?? [];
  return quoted;
}

function plain(frozen: Frozen | undefined): unknown {
  if (frozen === undefined || frozen === null || typeof frozen !== "object") return frozen;
  if ("symbol" in frozen) return frozen.symbol;
  if ("tuple" in frozen) return frozen.tuple.map(plain);
  return "list" in frozen ? frozen.list.map(plain) : frozen;
}

function holdRecipes(catalog: Catalog, { mixed_precision: facts }: Facts, hold: Hold): void {
  const ours = precisionRecipes(catalog);
  hold("precision recipes", Object.keys(ours).sort(), Object.keys(facts.recipes).sort());
  for (const [name, values] of Object.entries(facts.recipes)) {
    for (const field of facts.fields) {
      // The facts give what differs from the declared default, and setting one of these sets the other.
      const twin = /^fp[48]_param$/.test(field.name) ? `${field.name}_gather` : field.name;
      const value = values[field.name] ?? values[twin];
      const expected =
        field.name in values || twin in values ? value : literal(String(defaultOf(facts.fields, twin)));
      hold(`${name}.${field.name}`, plain(ours[name]?.[field.name]), expected);
    }
  }
}

function defaultOf(fields: readonly FactField[], name: string): string | null {
  return fields.find((field) => field.name === name)?.default ?? null;
}

function holdPresets(catalog: Catalog, { comm_overlap: facts }: Facts, hold: Hold): void {
  hold("presets", Object.keys(catalog.presets).sort(), Object.keys(facts.presets).sort());
  for (const [name, { layers }] of Object.entries(facts.presets)) {
    const ours = valuesOf(catalog, (catalog.presets[name] ?? null) as Frozen) ?? {};
    for (const [layer, values] of Object.entries(layers)) {
      const mine = ours[layer] ?? null;
      if (values === null) hold(`${name}.${layer}`, mine, null);
      for (const [key, value] of Object.entries(values ?? {})) {
        const isClass = mine !== null && typeof mine === "object" && "class" in mine;
        const own =
          key === "cls" ? isClass && mine.class.split(".").at(-1) : plain(valuesOf(catalog, mine)?.[key]);
        hold(`${name}.${layer}.${key}`, own, value);
      }
    }
  }
}

function holdPairs(catalog: Catalog, { overwritten_pairs: facts }: Facts, hold: Hold): void {
  const { precision, overlap } = overwritesOf(catalog);
  for (const section of ["model", "optimizer", "ddp"] as const) {
    hold(`mixed_precision overwrites ${section}`, precision[section], facts.mixed_precision[section]);
    hold(`comm_overlap overwrites ${section}`, overlap[section], facts.comm_overlap[`${section}_pass`]);
  }
}
