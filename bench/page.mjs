// How long Chromium takes to open the HTML reports of a whole package, and how large they are.
import { statSync } from "node:fs";
import { join } from "node:path";
import { packagesOf } from "../scripts/corpus/cache.mjs";
import { formatTable } from "../scripts/corpus/checks.mjs";
import { run } from "../scripts/corpus/process.mjs";
import { copyTree } from "../scripts/corpus/tree.mjs";

const COMMANDS = ["check", "explain"];

/** Prints the median time to the load event, of pages that are opened anew each time. */
export async function benchPage({ cli, pair, folder, rounds, progress }) {
  const { chromium } = await import("playwright-core");
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const rows = [];
  // Outside this checkout, whose own recipes would be read as callers.
  const tree = join(folder, "page-src");
  await copyTree(packagesOf(pair)[0].folder, tree);
  try {
    for (const command of COMMANDS) {
      const path = join(folder, `${command}.html`);
      await writeReport({ cli, command, path, tree });
      const times = [];
      for (let round = 0; round < rounds; round += 1) times.push(await loadTime(browser, path));
      times.sort((a, b) => a - b);
      const megabytes = statSync(path).size / 1_000_000;
      rows.push([command, (times[Math.floor(rounds / 2)] / 1000).toFixed(2), megabytes.toFixed(1)]);
      progress(`${command} measured`);
    }
  } finally {
    await browser.close();
  }
  console.log(
    `megatron-bridge ${pair.bridge} as HTML, medians of ${rounds} loads; the targets are 2 s and 10 MB\n`,
  );
  console.log(formatTable([["", "seconds to load", "MB"], ...rows]));
}

async function writeReport({ cli, command, path, tree }) {
  const argv = [cli, command, tree, "--format", "html", "--output", path, "--quiet"];
  const { code, stderr } = await run("node", argv, {});
  if (code > 1) throw new Error(`${command} ended with ${code}:\n${stderr}`);
}

async function loadTime(browser, path) {
  const page = await browser.newPage();
  await page.goto(`file://${path}`, { waitUntil: "load" });
  const time = await page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd");
  await page.close();
  return time;
}
