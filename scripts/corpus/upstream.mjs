// Upstream's own tests that parse the source of recipes, on a tree before and after it was rewritten.
import { cp, symlink } from "node:fs/promises";
import { join } from "node:path";
import { SOURCES } from "./bridgemod.mjs";
import { ORACLE } from "./oracle.mjs";
import { run } from "./process.mjs";

/** Their tests of how recipes write their environment, by the place in a checkout. */
export const UPSTREAM_TESTS = [
  "tests/unit_tests/recipes/test_perf_recipe_environment.py",
  "tests/unit_tests/recipes/test_recipe_environment_defaults.py",
];

/** Runs the tests on both trees and records which of those that passed no longer do; answers how many pass. */
export async function testUpstream({
  checkout,
  workspace,
  core,
  folder,
  sources,
  gate,
  progress,
  place,
  hold,
}) {
  const one = (label, tree) =>
    gate(() => outcomesOf({ root: join(folder, "upstream", label), tree, checkout, core }));
  const before = await one("before", join(workspace, SOURCES));
  const after = await one("after", sources);
  const passing = passed(before.outcomes);
  hold("some of upstream's tests pass before", passing.length > 0 ? [] : ["none does:", before.said]);
  hold(
    "upstream's tests that passed still pass",
    passing
      .filter((test) => after.outcomes.get(test) !== "PASSED")
      .map((test) => `${test}: ${after.outcomes.get(test) ?? "not run"}`),
  );
  const counts = {
    tests: before.outcomes.size,
    before: passing.length,
    after: passed(after.outcomes).length,
  };
  progress(
    `${place} upstream's tests: of ${counts.tests}, ${counts.before} pass before, ${counts.after} after`,
  );
  return counts;
}

/** A folder laid out as a checkout, in which the tests find the tree beside themselves. */
async function outcomesOf({ root, tree, checkout, core }) {
  for (const test of UPSTREAM_TESTS) await cp(join(checkout, test), join(root, test));
  await symlink(tree, join(root, "src"));
  const args = [join(ORACLE, "run_tests.py"), "--bridge", root, "--mlm", core, "--", ...UPSTREAM_TESTS];
  const { stdout, stderr } = await run("python3", [...args, "-q", "-rA", "--tb=no"], { cwd: root });
  return { outcomes: readOutcomes(stdout), said: `${stdout}\n${stderr}`.trim().slice(-2000) };
}

/** The lines of pytest's summary: `PASSED path::test`, `FAILED path::test - why`. */
export function readOutcomes(stdout) {
  const lines = stdout.matchAll(/^(PASSED|FAILED|ERROR|SKIPPED) \S*?([^\s/]+\.py::.+?)(?: - .*)?$/gm);
  return new Map([...lines].map(([, outcome, test]) => [test, outcome]));
}

function passed(outcomes) {
  return [...outcomes].flatMap(([test, outcome]) => (outcome === "PASSED" ? [test] : []));
}
