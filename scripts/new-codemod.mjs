// npm run new:codemod -- NAME: a codemod's folder and its first two cases. Nothing else needs to be edited.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const usage = "npm run new:codemod -- drop-dead-thing";

const [name, ...rest] = process.argv.slice(2);
const problem = problemWith(name, rest);
if (problem === null) create(name);
else {
  console.error(`error: ${problem.what}\nnext: ${problem.next}`);
  process.exitCode = 2;
}

/** What is wrong with the arguments, and what to do; null if nothing is. */
function problemWith(name, rest) {
  if (name === undefined) return { what: "no name given", next: usage };
  if (rest.length > 0)
    return { what: `one name at a time, not ${rest.length + 1}`, next: "leave the others out" };
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(name)) {
    return {
      what: `${JSON.stringify(name)} is no name for a codemod`,
      next: "say what it does to what, in lower case with hyphens: move-precision-knobs",
    };
  }
  const taken = ["codemods", "snapshots"].map((folder) => `${folder}/${name}`).find(isTaken);
  return taken === undefined ? null : { what: `${taken} is there already`, next: "choose another name" };
}

function isTaken(path) {
  const [folder, name] = path.split("/");
  const parent = join(root, folder);
  return existsSync(parent) && readdirSync(parent).some((one) => one.toLowerCase() === name);
}

function create(name) {
  const files = {
    [`codemods/${name}/index.ts`]: source(name),
    [`codemods/${name}/README.md`]: readme(name),
    [`snapshots/${name}/rewrites/input.py`]: recipe("cfg.ddp.bucket_size = 40_000_000"),
    [`snapshots/${name}/leaves-alone/input.py`]: recipe("cfg.ddp.overlap_grad_reduce = True"),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: "wx" });
    console.log(path);
  }
  console.log(`
next: write the cases, then the codemod, then let the snapshots be written and read them:
  npx vitest run tests/codemods.test.ts -t ${name} -u`);
}

/** `drop-dead-thing` as a function's name: `findDropDeadThing`. */
function camel(name) {
  return name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
}

function source(name) {
  const find = `find${camel(name)}`;
  return `import { defineCodemod, type Finding, type KnobSite, type RecipeFile } from "../../src/index.ts";

export default defineCodemod({
  set: "cleanup",
  remit: ["ddp.bucket_size"],
  find: ${find},
});

function* ${find}(file: RecipeFile): Generator<Finding> {
  for (const site of file.sites) if (isMeant(site)) yield handOver(site);
}

function isMeant({ section, field }: KnobSite): boolean {
  return section === "ddp" && field === "bucket_size";
}

/** What, why, and what to do. With edits that are sure, and the knobs they change, \`fix\` would do it. */
function handOver({ site: { start, end } }: KnobSite): Finding {
  return {
    rule: "${name}",
    severity: "info",
    span: { start, end },
    message: "ddp.bucket_size is set here.",
    fix: null,
  };
}
`;
}

function readme(name) {
  return `# ${name}

Says where \`ddp.bucket_size\` is set.

## Why

What goes wrong without it, and where Bridge decides that.

## Fix safety

What its fixes change in what runs, and when it hands over instead.
`;
}

function recipe(statement) {
  return `from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.config import ConfigContainer


def my_pretrain_config() -> ConfigContainer:
    cfg = llama3_8b_pretrain_config()
    ${statement}
    return cfg
`;
}
