import { describe, expect, it } from "vitest";
import { explain, run } from "../src/engine.ts";
import type { ProjectInput } from "../src/project.ts";
import { defaultPolicy, inputOf } from "./memory-run.ts";

type Texts = Readonly<Record<string, string>>;

/** A Bridge of which no more than this is needed. */
const SOURCE: Texts = {
  "megatron/bridge/__init__.py": "",
  "megatron/bridge/training/__init__.py": "",
  "megatron/bridge/training/mixed_precision.py": "def bf16_mixed():\n    return None\n",
  "megatron/bridge/recipes/__init__.py": "",
  "megatron/bridge/recipes/run_plugins.py": "class OtherPlugin:\n    pass\n",
};

const RECIPE = `from megatron.bridge.recipes.run_plugins import PerfEnvPlugin
from megatron.bridge.training.config import ConfigContainer


def a_config(cfg: ConfigContainer) -> ConfigContainer:
    return cfg
`;

interface World {
  readonly version?: string;
  readonly source?: Texts;
  readonly assumed?: true;
}

function inputFor(texts: Texts, { version = "0.6.2", source, assumed }: World): ProjectInput {
  return {
    ...inputOf(texts),
    bridge: { version, from: "the test", ...(assumed && { assumed }) },
    library: source ? [{ path: "", read: (path) => source[path] ?? null }] : [],
  };
}

/** What \`check\` says of a text beside what codemods find. */
async function checked(text: string, world: World = {}): Promise<string[]> {
  const { files } = await run(inputFor({ "a.py": text }, world), [], defaultPolicy);
  return (files[0]?.remaining ?? []).map(
    ({ line, severity, codemod, rule, message }) => `${line} ${severity} ${codemod}/${rule}: ${message}`,
  );
}

const importing = (statement: string) =>
  `${statement}\nfrom megatron.bridge.training.config import ConfigContainer\n`;

describe("an import of what the version has no more", () => {
  it("is told with the place where it is now", async () => {
    const text = importing("from megatron.bridge.recipes.utils.finetune_utils import default_peft_config");
    expect(await checked(text)).toEqual([
      "1 warning bridge/import-moved: `megatron.bridge.recipes.utils.finetune_utils.default_peft_config` is gone since Bridge 0.6.0, so this import raises; `default_peft_config` is now to be imported from `megatron.bridge.recipes.utils.dataset_utils`. Change the import, or name the version that this is written for with --bridge.",
    ]);
    expect(await checked(text, { version: "0.5.1" })).toEqual([]);
  });

  it("is told where nothing has taken its place, for names and for whole modules", async () => {
    const [name, module] = await checked(
      importing(
        "from megatron.bridge.recipes.run_plugins import PerfEnvPlugin\nimport megatron.bridge.recipes.nemotronh.nemotronh_47b",
      ),
    );
    expect(name).toMatch(/^1 warning bridge\/import-gone: `megatron\.bridge\.recipes\.run_plugins\.PerfEnv/);
    expect(module).toMatch(
      /^2 warning bridge\/import-gone: `megatron\.bridge\.recipes\.nemotronh\.nemotronh_47b` is gone since Bridge 0\.2\.0/,
    );
  });

  it("makes no run fail where the version is only assumed", async () => {
    const [told] = await checked(RECIPE, { assumed: true });
    expect(told).toMatch(/^1 info bridge\/import-gone: .* Bridge 0\.6\.2 is assumed: .*--bridge\.$/);
  });

  it("is told once for its place, wherever else a comment keeps it quiet", async () => {
    const ignored = RECIPE.replace(
      "PerfEnvPlugin",
      "PerfEnvPlugin  # bridgemod: ignore[bridge] a shim puts it there",
    );
    expect(await checked(ignored)).toEqual([]);
    const unused = "import os  # bridgemod: ignore[bridge] why not\n" + RECIPE;
    expect(await checked(unused)).toEqual([
      expect.stringContaining("bridgemod/unused-ignore"),
      expect.stringMatching(/^2 warning bridge\/import-gone/),
    ]);
  });
});

describe("nothing is said", () => {
  it.each([
    ["under a condition", "if NEW:\n    from megatron.bridge.recipes.run_plugins import PerfEnvPlugin"],
    [
      "with another way out",
      "try:\n    from megatron.bridge.recipes.run_plugins import PerfEnvPlugin\nexcept ImportError:\n    PerfEnvPlugin = None",
    ],
    [
      "for the type checker",
      "if TYPE_CHECKING:\n    from megatron.bridge.recipes.run_plugins import PerfEnvPlugin",
    ],
    ["of what no version is known to have had", "from megatron.bridge.recipes.mine import my_config"],
    ["of what is still there", "from megatron.bridge.training.mixed_precision import bf16_mixed"],
    ["of other packages", "from megatron.energon import gone\nfrom nemo.run import plugins"],
  ])("%s", async (_what, statement) => {
    expect(await checked(importing(statement))).toEqual([]);
  });

  it("of a module that the project itself has", async () => {
    const own = { "src/megatron/bridge/recipes/run_plugins.py": "PerfEnvPlugin = None\n", "a.py": RECIPE };
    const { files } = await run(inputFor(own, {}), [], defaultPolicy);
    expect(files.flatMap(({ remaining }) => remaining)).toEqual([]);
  });
});

describe("where Bridge's source is at hand", () => {
  it("the source decides, not the catalog", async () => {
    const patched = {
      ...SOURCE,
      "megatron/bridge/recipes/run_plugins.py": "class PerfEnvPlugin:\n    pass\n",
    };
    expect(await checked(RECIPE, { source: patched })).toEqual([]);
    expect(await checked(RECIPE, { source: SOURCE })).toHaveLength(1);
  });

  it("a name that no catalog knows is missed, too", async () => {
    const text = importing("from megatron.bridge.training.mixed_precision import bf16_mixde");
    expect(await checked(text, { source: SOURCE })).toEqual([
      expect.stringMatching(
        /^1 warning bridge\/import-gone: The source of Bridge at hand has no `.*bf16_mixde`/,
      ),
    ]);
  });

  it("no place is named that this source lacks", async () => {
    const text = importing("from megatron.bridge.recipes.utils.finetune_utils import default_peft_config");
    expect(await checked(text, { source: SOURCE })).toEqual([
      expect.stringMatching(/^1 warning bridge\/import-gone/),
    ]);
  });
});

describe("explain", () => {
  it("says why nothing is known of what the project's own base starts from", async () => {
    const texts = {
      "base.py": `from megatron.bridge.recipes.nemotronh.nemotronh_47b import pretrain_config


def base_config():
    return pretrain_config()
`,
      "a.py": `from base import base_config
from megatron.bridge.recipes.llama import llama3_8b_pretrain_config


def a_config():
    from megatron.bridge.recipes.run_plugins import PerfEnvPlugin
    cfg = llama3_8b_pretrain_config()
    cfg.model = base_config().model
    return cfg
`,
    };
    const { recipes } = await explain(inputFor(texts, {}), [{ path: "a.py", function: null }], defaultPolicy);
    const findings = (recipes[0]?.findings ?? [])
      .filter(({ rule }) => rule.startsWith("import"))
      .map(({ line, rule, message }) => `${line} ${rule} ${message}`);
    expect(findings).toEqual([
      expect.stringMatching(/^6 import-gone `megatron\.bridge\.recipes\.run_plugins/),
      expect.stringMatching(
        /^5 import-gone In base\.py:1: `megatron\.bridge\.recipes\.nemotronh\.nemotronh_47b/,
      ),
    ]);
  });

  it("says of a file without a recipe which import is in the way", async () => {
    const text =
      "from megatron.bridge.recipes.nemotronh.nemotronh_47b import pretrain_config\ncfg = pretrain_config()\n";
    const selection = [{ path: "a.py", function: null }];
    const { lost } = await explain(inputFor({ "a.py": text }, {}), selection, defaultPolicy);
    expect(lost).toEqual([
      {
        file: "a.py",
        reason: expect.stringMatching(/^a\.py:1: `megatron\.bridge.*` is gone since/) as string,
      },
    ]);
  });
});
