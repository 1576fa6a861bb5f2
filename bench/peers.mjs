// The other tools of the benchmark: installed on demand below .cache/bench, never among our dependencies.
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../scripts/corpus/cache.mjs";
import { ORACLE } from "../scripts/corpus/oracle.mjs";
import { run } from "../scripts/corpus/process.mjs";

const FOLDER = join(ROOT, ".cache", "bench");
const AST_GREP = "0.51.1";
const LIBCST = "1.9.0";
const PATTERN = "cfg.ddp.grad_reduce_in_fp32 = $A";
const REWRITE = "cfg.mixed_precision.grad_reduce_in_fp32 = $A";

export const ORACLE_FIRST = "oracle, first run";
export const ORACLE_AGAIN = "oracle, again";
/** The same without its second look at each recipe, through the real `validate()`. */
export const ORACLE_SHORT_FIRST = "oracle --no-validate, first run";
export const ORACLE_SHORT_AGAIN = "oracle --no-validate, again";

/** A peer: its name, and `prepare`, which answers the command that works on a tree, or throws why there is none. */
export const PEERS = [
  { name: `ast-grep ${AST_GREP}, one pattern`, prepare: prepareAstGrep },
  { name: `LibCST ${LIBCST}, the same rename`, prepare: prepareLibcst },
  // It keeps what it compiled in the temporary folder, as we keep answers.
  { name: ORACLE_FIRST, prepare: () => prepareOracle(), freshTemp: true },
  { name: ORACLE_AGAIN, prepare: () => prepareOracle() },
  { name: ORACLE_SHORT_FIRST, prepare: () => prepareOracle("--no-validate"), freshTemp: true },
  { name: ORACLE_SHORT_AGAIN, prepare: () => prepareOracle("--no-validate") },
];

async function prepareAstGrep() {
  const modules = join(FOLDER, `ast-grep-${AST_GREP}`, "node_modules", "@ast-grep");
  if (!existsSync(modules)) {
    const prefix = join(FOLDER, `ast-grep-${AST_GREP}`);
    await mkdir(prefix, { recursive: true });
    await install("npm", [
      "install",
      "--ignore-scripts",
      "--no-save",
      "--prefix",
      prefix,
      `@ast-grep/cli@${AST_GREP}`,
    ]);
  }
  const platform = (await readdir(modules)).find(
    (name) => existsSync(join(modules, name, "ast-grep")) && name !== "cli",
  );
  if (platform === undefined)
    throw new Error(`${modules}: holds no binary for ${process.platform} ${process.arch}`);
  const binary = join(modules, platform, "ast-grep");
  return ({ tree }) => [binary, "run", "--lang", "python", "--pattern", PATTERN, "--rewrite", REWRITE, tree];
}

async function prepareLibcst() {
  const environment = join(FOLDER, `libcst-${LIBCST}`);
  const python = join(environment, "bin", "python");
  if (!(await hasLibcst(python))) {
    await mkdir(FOLDER, { recursive: true });
    await install("python3", ["-m", "venv", environment]);
    await install(python, [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      `libcst==${LIBCST}`,
    ]);
  }
  const codemod = "rename_precision_knob.RenamePrecisionKnob";
  const tool = [
    "-m",
    "libcst.tool",
    "codemod",
    "--external",
    "--no-format",
    "--unified-diff=3",
    "--hide-progress",
    codemod,
  ];
  const path = `PYTHONPATH=${join(import.meta.dirname, "libcst")}`;
  return ({ tree }) => ["env", path, python, ...tool, tree];
}

async function hasLibcst(python) {
  if (!existsSync(python)) return false;
  return (await run(python, ["-c", "import libcst"])).code === 0;
}

async function prepareOracle(...options) {
  const script = join(ORACLE, "oracle.py");
  if (!existsSync(script))
    throw new Error(`${script}: not found; set BRIDGEMOD_ORACLE to the oracle's folder`);
  return ({ tree, core }) => [
    "python3",
    script,
    "--bridge",
    tree,
    "--mlm",
    core,
    "--out",
    "/dev/null",
    ...options,
  ];
}

async function install(command, args) {
  const { code, stderr } = await run(command, args);
  const said = stderr
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("npm warn"))
    .at(-1);
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with exit code ${code}: ${said}`);
}
