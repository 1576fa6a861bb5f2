// The options of `npm run test:corpus`.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { cachedPairs, cachedVersions } from "./cache.mjs";
import { KNOB_SETS } from "./knobs.mjs";
import { UPSTREAM_TESTS } from "./upstream.mjs";

/** The runs over each version: a name and the options that the tool gets; of several sets, the widest stands for all. */
export const VARIANTS = [
  { name: "honor", options: ["--intent", "honor"], preserving: false },
  { name: "preserve", options: ["--intent", "preserve"], preserving: true },
  { name: "report", options: ["--intent", "report"], preserving: false },
  { name: "only-preserving", options: ["--set", "all", "--only-preserving"], preserving: true },
  { name: "overlap", options: ["--set", "overlap"], preserving: false, overlaps: true },
  { name: "cleanup", options: ["--set", "cleanup"], preserving: true, unchecked: true },
  { name: "all", options: ["--set", "all"], preserving: false, overlaps: true, widest: true },
];

const PARTS = ["agreement", "start-up", "rewrites", "edits", "versions"];

const USAGE = `Usage: npm run test:corpus -- [options]
  --version V       only this cached version (repeatable), or \`all\` of them: those from git, too, which are left out
                    otherwise
  --intent NAME     only this run: ${VARIANTS.map(({ name }) => name).join(", ")} (repeatable)
  --part NAME       agreement (explain beside the oracle), start-up (the same for random recipes), rewrites (check and
                    migrate), edits (review of edits by hand, in the newest version) or versions (review of a project
                    that raises Bridge from the version before); default all
  --seed N          of the random recipes; default 1
  --count N         how many random recipes; default 200
  --knobs SET       knobs to compare: ${Object.keys(KNOB_SETS).join(", ")}; default tables
  --set NAME        passed to check and migrate
  --bridge-checkout DIR
                    a checkout of Bridge: its tests of how recipes write their environment are run on the newest
                    version before and after \`all\`; default BRIDGE_CHECKOUT, and without it they are skipped
  --jobs N          processes at a time; default 2
  --keep            keep the temporary folder, and print where it is
  --help            print this`;

/** Reads the arguments; throws with the reason for what is no option or no version. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      version: { type: "string", multiple: true, default: [] },
      intent: { type: "string", multiple: true, default: [] },
      part: { type: "string" },
      knobs: { type: "string", default: "tables" },
      set: { type: "string" },
      "bridge-checkout": { type: "string", default: process.env.BRIDGE_CHECKOUT ?? "" },
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "200" },
      jobs: { type: "string", default: "2" },
      keep: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return { help: USAGE };
  oneOf("--knobs", values.knobs, Object.keys(KNOB_SETS));
  if (values.part !== undefined) oneOf("--part", values.part, PARTS);
  return {
    pairs: choosePairs(values.version),
    variants: chooseVariants(values.intent),
    parts: new Set(values.part === undefined ? PARTS : [values.part]),
    knobSet: values.knobs,
    extra: values.set === undefined ? [] : ["--set", values.set],
    checkout: chooseCheckout(values["bridge-checkout"]),
    seed: positive("--seed", values.seed),
    count: positive("--count", values.count),
    jobs: positive("--jobs", values.jobs),
    keep: values.keep,
  };
}

function choosePairs(versions) {
  if (versions.length === 0) return whole(cachedPairs());
  const pairs = whole(cachedVersions());
  const known = pairs.map((pair) => pair.bridge);
  for (const version of versions) oneOf("--version", version, [...known, "all"]);
  return versions.includes("all") ? pairs : pairs.filter((pair) => versions.includes(pair.bridge));
}

function whole(pairs) {
  if (pairs.length > 0) return pairs;
  throw new Error(".cache/corpus: no version is complete; run `npm run corpus` first");
}

function chooseVariants(names) {
  for (const name of names)
    oneOf(
      "--intent",
      name,
      VARIANTS.map((variant) => variant.name),
    );
  return names.length === 0 ? VARIANTS : VARIANTS.filter((variant) => names.includes(variant.name));
}

function chooseCheckout(folder) {
  if (folder === "") return undefined;
  const checkout = resolve(folder);
  for (const test of UPSTREAM_TESTS) {
    if (existsSync(join(checkout, test))) continue;
    throw new Error(
      `--bridge-checkout ${folder}: no ${test}; name a checkout of Megatron-Bridge from v0.6 on`,
    );
  }
  return checkout;
}

function oneOf(option, value, choices) {
  if (!choices.includes(value)) throw new Error(`${option} ${value}: not one of ${choices.join(", ")}`);
}

function positive(option, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${option} ${text}: not a positive whole number`);
  return value;
}
