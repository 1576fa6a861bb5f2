import { describe, expect, it } from "vitest";
import type { FileOutcome, RunReport } from "../../src/outcome.ts";
import { digestOfReview, digestOfRun } from "../../src/report/digest.ts";
import { explainMarkdown } from "../../src/report/explain-markdown.ts";
import { markdownText } from "../../src/report/markdown.ts";
import { sampleExplain, sampleReview, sampleRun } from "./sample-run.ts";

const telling = { command: "check", reproduce: ["npx bridgemod@1.2.3 check recipes"] };

function bodyOf(report: RunReport): string {
  return markdownText(digestOfRun(report, telling));
}

describe("a pull request's body", () => {
  it("says what runs differently before anything else", () => {
    expect(bodyOf(sampleRun)).toMatchInlineSnapshot(`
      "## 5 recipes run differently (ddp.grad_reduce_in_fp32 in 5)

      ### What changes in what runs

      **\`ddp.grad_reduce_in_fp32\`: \`True\` → \`False\`** in 5 recipes

      - \`recipes.a.a_config\`
      - \`recipes.a.b_config\`
      - \`recipes.a.c_config\`
      - \`recipes.a.d_config\`
      - \`recipes.a.e_config\`

      **\`ddp.grad_reduce_in_fp32\`: \`True\` → \`unknown (not args.fast)\` (world size 8, DP 1, h100)** in 1 recipe

      - \`recipes.a.a_config\`

      ### What needs a person

      - \`recipes/d.py\` failed: line 2: not UTF-8
      - \`recipes/a.py:51\` \`move-precision-knobs/disagree\` Two.

      ### Left alone

      <details><summary>1 note</summary>

      - \`recipes/c.py\` skipped: a symbolic link that leaves the project

      </details>

      ### How to reproduce

      \`\`\`sh
      npx bridgemod@1.2.3 check recipes
      \`\`\`

      Bridge 0.6.2 (from uv.lock). 4 files: 1 would change, 1 unchanged, 1 skipped, 1 failed.
      "
    `);
  });

  it("puts what the diff does not show first", () => {
    const files = [{ path: "recipes/base.py", before: "x = 1\n", after: "x = 2\n" }];
    const command = { command: "review main..WORKTREE", reproduce: ["npx bridgemod@1.2.3 review main"] };
    expect(markdownText(digestOfReview(sampleReview, files, command))).toMatchInlineSnapshot(`
      "## 1 recipe changes what gradients are reduced in; 1 is tidied only

      ### What changes in what runs

      **\`ddp.grad_reduce_in_fp32\`: \`True\` → \`False\`** in 1 recipe

      - \`recipes.a.a_config\`, recipes/a.py:12, decided by \`recipes/base.py:31\`, **not to be seen in the diff of its own file**

      **\`ddp.overlap_grad_reduce\`: \`True\` → \`False\` (world size 8, DP 1, h100)** in 1 recipe

      - \`recipes.a.a_config\`, recipes/a.py:12, decided by \`comm_overlap.setup\`

      ### Recipes that come and go

      - \`recipes.a.c_config\` is now \`recipes.a.c_fast_config\`
      - \`recipes.b.new_config\` is added
      - \`recipes.c.old_config\` is removed

      ### What is merely tidied

      Nothing that runs changes here.

      - \`recipes.a.b_config\`

      ### What needs a person

      - \`recipes/b.py:4\` \`move-precision-knobs/dead-precision-knob\` ddp.grad_reduce_in_fp32 = False has no effect: mixed_precision sets it.

      ### Left alone

      <details><summary>1 note</summary>

      - \`recipes/d.py\` skipped: line 2: not UTF-8

      </details>

      ### How to reproduce

      \`\`\`sh
      npx bridgemod@1.2.3 review main
      \`\`\`

      Bridge 0.6.2 (from uv.lock). 5 recipes: 1 changed, 1 added, 1 removed, 1 renamed, 1 unchanged.
      "
    `);
  });

  it("shows hostile names and messages as text", () => {
    const evil = "</details><script>x</script> `@user` @user #12 https://a.example\n## x\u202e\u001b[31m";
    const [file] = sampleRun.files;
    const remaining = (file?.remaining ?? []).map((finding) => ({ ...finding, message: evil }));
    const files = [{ ...file, path: "`a`|b\n.py", fixes: [], remaining }] as FileOutcome[];
    const body = bodyOf({ ...sampleRun, files });
    expect(body).toContain("`` `a`|b .py:51 ``");
    expect(body).toContain("\\</details\\>\\<script\\>x\\</script\\> `@user` @<!-- -->user #<!-- -->12");
    expect(body).toContain("## x\\\\u202e\\\\u001b\\[31m");
    expect(body.split("\n").filter((line) => line.startsWith("## "))).toHaveLength(1);
  });

  it("tells a finding once, with the places that have it", () => {
    const [file] = sampleRun.files;
    const [finding] = file?.remaining ?? [];
    if (!file || !finding) throw new Error("the sample has a finding");
    const at = (lines: readonly number[]) => {
      const remaining = lines.map((line) => ({ ...finding, line, message: "One thing." }));
      return bodyOf({ ...sampleRun, files: [{ ...file, remaining }] });
    };
    expect(at([1, 2])).toContain(
      "- `recipes/a.py:1` `move-precision-knobs/disagree` One thing. Also at `recipes/a.py:2`.\n",
    );
    const many = at(Array.from({ length: 14 }, (_, line) => line));
    expect(many).toContain("`recipes/a.py:10`, and 3 more places.\n");
  });

  it("fits, whatever was found: what runs is cut last", () => {
    for (const [recipes, places] of [
      [50, 3000],
      [5000, 3000],
      [300, 0],
    ] as const) {
      const body = bodyOf(huge(recipes, places));
      expect(body.length).toBeLessThan(65_536);
      expect(body).toContain(`## ${recipes} recipes run differently`);
      expect(body).toContain(`in ${recipes} recipes`);
      if (places > 0) expect(body).toContain(`${places} places`);
      if (recipes < 1000) expect(body).toContain(`recipes.long_name_of_a_module.f${recipes - 1}_config`);
      else expect(body).toContain(`Not everything fits here`);
    }
  });
});

describe("what recipes declare, in Markdown", () => {
  it("is a table for each, cut to what fits", () => {
    const reproduce = "npx bridgemod@1.2.3 explain recipes";
    const text = explainMarkdown(sampleExplain, { shown: "interest", reproduce });
    expect(text).toContain(
      "| `ddp.grad_reduce_in_fp32` | `False` | `True` | `mixed_precision.setup` | ≠ |\n",
    );
    expect(text).toContain(
      "## 1 recipe; 1 of them writes something that does not run as written; 1 function not",
    );
    expect(text).toContain(
      "`recipes.a.b_config` (recipes/a.py:60) not explained: it ends with plugin.make(), of",
    );
    expect(text).toContain("\n\n- line 40: warning `x/y` no effect\n\n");
    const recipes = Array.from({ length: 2000 }, () => sampleExplain.recipes).flat();
    const long = explainMarkdown({ ...sampleExplain, recipes }, { shown: "all", reproduce });
    expect(long.length).toBeLessThan(65_536);
    expect(long).toMatch(/… and \d+ more recipes: the command prints them/);
  });
});

function huge(recipes: number, places: number): RunReport {
  const [file] = sampleRun.files;
  const [fix] = file?.fixes ?? [];
  const [finding] = file?.remaining ?? [];
  if (!file || !fix?.effects[0] || !finding) throw new Error("the sample has all of them");
  const [effect] = fix.effects;
  const names = Array.from(
    { length: recipes },
    (_, index) => `recipes.long_name_of_a_module.f${index}_config`,
  );
  const effects = names.map((recipe) => ({ ...effect, recipe }));
  const remaining = Array.from({ length: places }, (_, line) => ({
    ...finding,
    line,
    message: `${finding.message} ${line}`,
  }));
  return { ...sampleRun, files: [{ ...file, fixes: [{ ...fix, effects }], remaining }] };
}
