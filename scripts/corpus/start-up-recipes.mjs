// Random recipes: each starts from a public one of the version and sets what Bridge's start-up decides by.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { recipeNames } from "./recipes.mjs";
import { COMBINATIONS, ENVIRONMENT, SETTINGS } from "./start-up-settings.mjs";

/** Where random recipes start; a version has some of them. */
const BASES = [
  "megatron.bridge.recipes.llama.llama3_8b_pretrain_config",
  "megatron.bridge.recipes.llama.llama3_8b_peft_config",
  "megatron.bridge.recipes.qwen.qwen3_30b_a3b_pretrain_config",
  "megatron.bridge.recipes.deepseek.deepseek_v2_lite.pretrain_config",
  "megatron.bridge.recipes.deepseek.deepseek_v3_pretrain_config",
  "megatron.bridge.recipes.nemotronh.nemotron_3_nano_pretrain_config",
];

const TRAINING = "megatron.bridge.training";
const SECTIONS = {
  mixed_precision: `${TRAINING}.mixed_precision.MixedPrecisionConfig`,
  comm_overlap: `${TRAINING}.comm_overlap.CommOverlapConfig`,
  ddp: `${TRAINING}.config.DistributedDataParallelConfig`,
  optimizer: `${TRAINING}.config.OptimizerConfig`,
};

/** What a version has to choose from, told by its sources and by the oracle's records of its own recipes. */
export async function readVocabulary(sources, records) {
  const { exports } = records._meta;
  const read = (name) => readFile(join(sources, TRAINING.replaceAll(".", "/"), `${name}.py`), "utf8");
  const [precision, overlap, config] = await Promise.all(
    ["mixed_precision", "comm_overlap", "config"].map(read),
  );
  const bases = BASES.filter((name) => name in records || name in exports);
  return {
    bases,
    precisions: matches(precision, /^@register\ndef (\w+)/gm),
    presets: matches(overlap, /^(userbuffers_\w+) =/gm),
    fields: fieldsOf(records),
    hasMimo: /^def megatron_mimo_runtime_config_update/m.test(config),
    hasEnvironment: recipeNames(records).some((name) => "env_vars" in records[name].declared),
  };
}

function matches(text, pattern) {
  return [...text.matchAll(pattern)].map(([, name]) => name);
}

/** The fields of each section that some recipe of the version has. */
function fieldsOf(records) {
  const fields = {};
  for (const name of recipeNames(records))
    for (const [section, values] of Object.entries(records[name].declared)) {
      if (typeof values !== "object" || values === null) continue;
      fields[section] ??= new Set();
      for (const field of Object.keys(values)) fields[section].add(field);
    }
  return fields;
}

/** So many recipes as one Python module, the same for the same seed. */
export function writeRecipes(vocabulary, { seed, count }) {
  const bodies = fc.sample(recipe(vocabulary), { seed, numRuns: count });
  const functions = bodies.map((lines, index) => {
    const body = lines.map((line) => `    ${line}\n`).join("");
    return `def random_${index}_config() -> ConfigContainer:\n${body}    return cfg\n`;
  });
  return `${imports(vocabulary)}\n${functions.join("\n\n")}`;
}

function imports({ bases, precisions, presets, hasMimo }) {
  const names = [...bases, ...Object.values(SECTIONS), `${TRAINING}.config.ConfigContainer`];
  names.push(`${TRAINING}.mixed_precision.get_mixed_precision_config`, "megatron.bridge.peft.lora.LoRA");
  names.push(...precisions.map((name) => `${TRAINING}.mixed_precision.${name}`));
  names.push(...presets.map((name) => `${TRAINING}.comm_overlap.${name}`));
  if (hasMimo) names.push("megatron.bridge.models.megatron_mimo.MegatronMIMOProvider");
  const lines = names.map((name) => `from ${name.slice(0, name.lastIndexOf("."))} import ${lastOf(name)}`);
  return ["import dataclasses", "import torch", ...lines, ""].join("\n");
}

function lastOf(name) {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The statements of one recipe. */
function recipe(vocabulary) {
  const start = fc.constantFrom(...vocabulary.bases).map((name) => [`cfg = ${lastOf(name)}()`]);
  const steps = fc.array(step(vocabulary), { minLength: 2, maxLength: 14 });
  return fc.tuple(start, overlapStart(vocabulary), steps).map((parts) => parts.flat(Infinity));
}

/** Most recipes have the object that most settings are of; some have none, and some their base's. */
function overlapStart(vocabulary) {
  return fc.oneof(
    { arbitrary: construction("comm_overlap", vocabulary), weight: 5 },
    { arbitrary: fc.constantFrom([], ["cfg.comm_overlap = None"]), weight: 1 },
  );
}

function step(vocabulary) {
  const { precisions, presets, hasMimo, hasEnvironment } = vocabulary;
  const name = fc.constantFrom(...precisions, ...precisions.map((one) => one.replaceAll("_", "-")));
  const common = [
    ...["model", "model", "ddp", "optimizer", "comm_overlap", "dist", "train"].map((section) =>
      writes(section, vocabulary),
    ),
    combination(vocabulary),
    name.map((one) => `cfg.mixed_precision = "${one}"`),
    precisionObject(vocabulary),
    construction("mixed_precision", vocabulary),
    construction("comm_overlap", vocabulary),
    presetWrite(presets),
    ...(hasEnvironment ? [fc.constantFrom(...ENVIRONMENT)] : []),
  ];
  const rare = [
    construction("ddp", vocabulary),
    construction("optimizer", vocabulary),
    replacement("ddp", vocabulary),
    fc.constantFrom(
      "cfg.mixed_precision = None",
      "cfg.comm_overlap = None",
      "cfg.peft = LoRA()",
      "cfg.peft = None",
      'cfg.mixed_precision = "bf16_of_nobody"',
      ["for part in (cfg.ddp, cfg.optimizer):", "    part.use_distributed_optimizer = False"],
      ["shared = cfg.ddp", "shared.use_distributed_optimizer = not shared.use_distributed_optimizer"],
      'setattr(cfg.ddp, "overlap_param_gather", True)',
      ...(hasMimo ? ["cfg.model = MegatronMIMOProvider()"] : []),
    ),
  ];
  return fc.oneof({ arbitrary: fc.oneof(...common), weight: 6 }, { arbitrary: fc.oneof(...rare), weight: 1 });
}

/** The settings of a section in one version, as arbitrary `[field, value]`. */
function settings(section, { fields }) {
  const known = Object.entries(SETTINGS[section]).filter(
    // The oracle's records name a part of the model alone, and of other sections none.
    ([field]) => section === "model" || !(section in fields) || fields[section].has(field),
  );
  return fc
    .constantFrom(...known)
    .chain(([field, values]) => fc.tuple(fc.constant(field), fc.constantFrom(...values)));
}

function writes(section, vocabulary) {
  return settings(section, vocabulary).map(([field, value]) => `cfg.${section}.${field} = ${value}`);
}

function keywords(section, vocabulary) {
  const some = fc.uniqueArray(settings(section, vocabulary), { selector: ([field]) => field, maxLength: 4 });
  return some.map((pairs) => pairs.map(([field, value]) => `${field}=${value}`));
}

/** `cfg.section = Class(…)`, with what the class insists on. */
function construction(section, vocabulary) {
  const needed = section === "comm_overlap" ? [[["tp_comm_overlap=True"], ["tp_comm_overlap=False"]]] : [];
  const first = needed.length === 0 ? fc.constant([]) : fc.constantFrom(...needed[0]);
  return fc.tuple(first, keywords(section, vocabulary)).map(([must, more]) => {
    const rest = more.filter((one) => !must.some((other) => one.split("=")[0] === other.split("=")[0]));
    return `cfg.${section} = ${lastOf(SECTIONS[section])}(${[...must, ...rest].join(", ")})`;
  });
}

function replacement(section, vocabulary) {
  return keywords(section, vocabulary).map(
    (some) => `cfg.${section} = dataclasses.replace(${[`cfg.${section}`, ...some].join(", ")})`,
  );
}

/** An object of a registered precision, changed afterwards. */
function precisionObject(vocabulary) {
  const make = fc.constantFrom(
    ...vocabulary.precisions.flatMap((name) => [`${name}()`, `get_mixed_precision_config("${name}")`]),
  );
  const changes = fc.array(writes("mixed_precision", vocabulary), { maxLength: 3 });
  return fc.tuple(make, changes).map(([made, lines]) => [`cfg.mixed_precision = ${made}`, ...lines]);
}

function presetWrite(presets) {
  return fc
    .constantFrom("None", ...presets)
    .map((preset) => `cfg.comm_overlap.tp_comm_overlap_cfg = ${preset}`);
}

/** Settings that belong together, each of them left out now and then. */
function combination({ fields }) {
  return fc.constantFrom(...COMBINATIONS).chain((sections) => {
    const wanted = Object.entries(sections).flatMap(([section, all]) =>
      Object.entries(all)
        .filter(([field]) => section !== "ddp" || fields.ddp.has(field))
        .map(([field, values]) =>
          fc.constantFrom(...values).map((value) => `cfg.${section}.${field} = ${value}`),
        ),
    );
    const kept = wanted.map((line) => fc.option(line, { freq: 12 }));
    return fc.tuple(...kept).map((lines) => lines.filter((line) => line !== null));
  });
}
