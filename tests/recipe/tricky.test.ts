import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compareAll, runAll, type Program } from "./fake-recipes.ts";

const FOLDER = join(import.meta.dirname, "tricky");

const HEAD = `import contextlib
import copy
import dataclasses
import enum
import functools
import os
from dataclasses import KW_ONLY, InitVar, asdict, dataclass, field, replace
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig, OptimizerConfig


def make() -> ConfigContainer:
    return ConfigContainer(ddp=DistributedDataParallelConfig())


# own
`;

/** The part of the values that is known at least: an evaluator that knows nothing is never wrong either. */
const LEAST: Readonly<Record<string, number>> = { "effects.py": 0.35, "teams.py": 0.5 };

/** The programs of a file: one per \`# %%\`, other modules of it after \`# %file\`. */
function programsIn(file: string): { title: string; program: Program }[] {
  const [, ...sections] = readFileSync(join(FOLDER, file), "utf8").split(/^# %% /m);
  return sections.map((section) => {
    const [recipe = "", ...others] = section.split(/^# %file /m);
    const files = others.map((text): [string, string] => {
      const end = text.indexOf("\n");
      return [text.slice(0, end), text.slice(end + 1)];
    });
    const title = recipe.slice(0, recipe.indexOf("\n"));
    return { title, program: { ...Object.fromEntries(files), "recipe.py": `${HEAD}# ${recipe}` } };
  });
}

it.each(readdirSync(FOLDER))("says nothing wrong of %s", (file) => {
  const programs = programsIn(file);
  const raising = runAll(programs.map(({ program }) => program)).flatMap((truth, index) =>
    truth ? [] : [programs[index]?.title],
  );
  expect(raising).toEqual([]);
  const { wrong, known } = compareAll(programs.map(({ program }) => program));
  expect(wrong.join("\n\n")).toBe("");
  expect(known).toBeGreaterThan(LEAST[file] ?? 0.6);
});
