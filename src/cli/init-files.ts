/** A file that `init` writes, by its path below the root of the repository. */
export interface StarterFile {
  readonly path: string;
  readonly text: string;
}

/** What goes into the files: the version of bridgemod that they ask for, and the newest Bridge that it knows. */
export interface Versions {
  readonly bridgemod: string;
  readonly bridge: string;
}

export function configFile({ bridgemod, bridge }: Versions): StarterFile {
  const text = `#:schema https://unpkg.com/bridgemod@${bridgemod}/dist/schema/config-1.json
# Every key may be left out. The command line goes before this file, and this file before pyproject.toml.

# The version of Megatron-Bridge, or a source tree of it.
# Default: what uv.lock, pyproject.toml or requirements*.txt say, else what is installed.
# bridge = "${bridge}"

# Which codemods run: a set ("recommended", "overlap", "cleanup", "all"), or names that \`bridgemod list\` shows.
set = "recommended"
# codemod = ["NAME"]

# What to do about a setting that has no effect: "honor" makes it count, "preserve" deletes it, "report" only says so.
intent = "honor"

# GPUs to prove for: "auto" (data-parallel sizes 8 and 1), "name" (reads _64gpu_ in a recipe's name), or numbers.
world-size = "auto"

# The kind of GPU, where the names of recipes do not tell.
# gpu = "h100"

# What is left out when a directory is looked through.
# exclude = ["experiments/"]
`;
  return { path: "bridgemod.toml", text };
}

export function workflowFile({ bridgemod }: Versions): StarterFile {
  const text = `# Says on every pull request what it changes in what the recipes run.
name: bridgemod
on:
  pull_request:
    paths: ["**.py"]
permissions:
  contents: read
jobs:
  recipes:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # the base branch, to compare with
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: Settings that do not take effect
        run: npx --yes bridgemod@${bridgemod} check --format github
      - name: What changes in what runs
        if: \${{ !cancelled() }}
        env:
          BASE: origin/\${{ github.base_ref }}
        # --fail-on activated would fail the job where something changes that no line of the change asks for.
        run: npx --yes bridgemod@${bridgemod} review --format markdown "$BASE...HEAD" >> "$GITHUB_STEP_SUMMARY"
`;
  return { path: ".github/workflows/bridgemod.yml", text };
}

export function hookFile(versions: Versions): StarterFile {
  return { path: ".pre-commit-config.yaml", text: `repos:\n${hookEntry(versions)}` };
}

/** What goes below `repos:` of a configuration of pre-commit. */
export function hookEntry({ bridgemod }: Versions): string {
  return `  - repo: local
    hooks:
      - id: bridgemod
        name: bridgemod
        entry: bridgemod check
        language: node
        additional_dependencies: ["bridgemod@${bridgemod}"]
        types: [python]
        require_serial: true
`;
}
