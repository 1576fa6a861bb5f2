import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Effect, FileOutcome, RunReport } from "../../src/outcome.ts";
import { digestOfReview, digestOfRun } from "../../src/report/digest.ts";
import { changePage } from "../../src/report/html/change-page.ts";
import { explainPage } from "../../src/report/html/explain-page.ts";
import { readPageAssets } from "../../src/workspace/page-assets.ts";
import { findChromium, openFile, startBrowser, type Opened } from "./browser.ts";
import { sampleExplain, sampleReview, sampleRun } from "../report/sample-run.ts";

// A browser starts, on machines that do other things, too.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "bridgemod-page-"));
const telling = { command: "check", reproduce: ["npx bridgemod@1.2.3 check recipes"] };
const code = `${Array.from({ length: 40 }, (_, line) => `cfg.a${line} = ${line}`).join("\n")}\n`;

const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'\`&amp;\u001b[31m\u202egnp`;

/** Everything that is hostile, wherever a report repeats what others wrote. */
const hostileRun: RunReport = withFirst(({ fixes, remaining, ...file }) => ({
  ...file,
  path: `recipes/${hostile}.py`,
  before: `${code}x = "${hostile}"\n${code}`,
  after: `${code}y = "${hostile}"\n${code}`,
  fixes: fixes.map((fix) => ({
    ...fix,
    line: 41,
    message: hostile,
    effects: fix.effects.map((effect) => ({ ...effect, recipe: `m.${hostile}`, after: hostile })),
  })),
  remaining: remaining.map((finding) => ({ ...finding, message: hostile })),
}));

const plainRun = withFirst((file) => ({
  ...file,
  before: code,
  after: code.replace("cfg.a38 = 38", "cfg.b38 = 38  # é").replace("cfg.a2 = 2\n", ""),
}));

function withFirst(change: (file: FileOutcome) => FileOutcome): RunReport {
  return { ...sampleRun, files: sampleRun.files.map((file, index) => (index === 0 ? change(file) : file)) };
}

/** As many recipes as the newest package has, each with other effects. */
function largeRun(count = 740): RunReport {
  const [fix] = sampleRun.files[0]?.fixes ?? [];
  if (!fix) throw new Error("the sample has a fix");
  const files = Array.from({ length: count }, (_, index): FileOutcome => {
    const effects = Array.from({ length: 8 }, (__, knob): Effect => {
      const name = `section.knob_${(index + knob * 3) % 30}`;
      return {
        recipe: `recipes.family_${index % 40}.recipe_${index}_config`,
        knob: name,
        before: 1,
        after: knob,
      };
    });
    return {
      path: `recipes/file_${index}.py`,
      outcome: "changed",
      reason: null,
      fixes: [{ ...fix, effects }],
      remaining: [],
      before: code,
      after: code.replace("cfg.a38 = 38", `cfg.b38 = ${index}`).replace("cfg.a2 = 2", "cfg.a2 = 3"),
    };
  });
  return { ...sampleRun, files };
}

/** What the test calls a page, and where it lies. */
function written(name: string, text: string): string {
  const path = join(folder, `${name}.html`);
  writeFileSync(path, text);
  return path;
}

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the page's text", () => {
  it("is the same for the same report, and asks for nothing from elsewhere", () => {
    const page = changePage(digestOfRun(plainRun, telling), readPageAssets());
    expect(changePage(digestOfRun(plainRun, telling), readPageAssets())).toBe(page);
    const markup = page.replace(/<(script|style)\b.*?<\/\1>/gs, "");
    expect(markup.match(/\b(src|href|action)="(?!#)[^"]*"|@import|url\(/g)).toBeNull();
    expect(page).not.toContain(process.cwd());
  });

  it("stays far below ten megabytes for the largest package", () => {
    const size = Buffer.byteLength(changePage(digestOfRun(largeRun(), telling), readPageAssets()));
    expect(size).toBeLessThan(10_000_000);
  });
});

const executable = findChromium();
const isNeeded = Boolean(process.env["CI"]);
if (executable === null && !isNeeded)
  console.warn("the page in a browser: skipped, as there is no Chromium here (apt-get install chromium)");

describe.skipIf(executable === null && !isNeeded)("the page in Chromium", () => {
  let browser: Browser;

  beforeAll(async () => {
    if (executable === null) throw new Error("CI needs Chromium: apt-get install chromium");
    browser = await startBrowser(executable);
  });

  afterAll(() => browser?.close());

  function open(report: RunReport, options: Parameters<typeof openFile>[2] = {}): Promise<Opened> {
    const path = written("run", changePage(digestOfRun(report, telling), readPageAssets()));
    return openFile(browser, path, options);
  }

  it("opens offline, without a request and without a complaint", async () => {
    const { page, complaints } = await open(plainRun, { offline: true });
    expect(await page.locator("h1").textContent()).toBe(
      "5 recipes run differently (ddp.grad_reduce_in_fp32 in 5)",
    );
    expect(await page.locator(".matrix tbody tr:not(.spacer)").count()).toBe(5);
    await page.locator(".hljs-number").first().waitFor({ state: "attached" });
    expect(complaints).toEqual([]);
  });

  it("shows hostile names and code as text", async () => {
    const { page, complaints } = await open(hostileRun);
    await page.locator("#files").scrollIntoViewIfNeeded();
    await page.locator(".hljs-string").first().waitFor({ state: "attached" });
    expect(await page.locator("script").count()).toBe(2);
    expect(await page.locator("img").count()).toBe(0);
    const shown = hostile.replace("\u001b", "\\u001b").replace("\u202e", "\\u202e");
    expect(await page.locator(".findings .warning p").textContent()).toBe(shown);
    expect(await page.locator(".proof p").first().textContent()).toBe(shown);
    const cells = await page.locator(".diff .d2h-del .d2h-code-line-ctn").allTextContents();
    expect(cells).toEqual([`x = "${shown}"`]);
    await page.locator(".matrix tbody th a").click();
    expect(await page.locator("#detail h3").textContent()).toContain("</script><script>alert(1)</script>");
    const markup = await page.content();
    expect(["\u001b", "\u202e"].filter((char) => markup.includes(char))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("puts the proof beside its hunk", async () => {
    const { page } = await open(plainRun);
    const hunks = page.locator(".hunk");
    expect(await hunks.count()).toBe(2);
    const proof = hunks.nth(1).locator(".proof");
    expect(await proof.locator(".badge").textContent()).toBe("requested");
    const [left, right] = [await hunks.nth(1).locator("table").boundingBox(), await proof.boundingBox()];
    expect(right?.x).toBeGreaterThan((left?.x ?? 0) + (left?.width ?? 0) - 1);
    expect(await hunks.nth(1).locator(".mark").allTextContents()).toEqual(expect.arrayContaining(["-", "+"]));
  });

  it("marks what differs by more than colour", async () => {
    const files = [{ path: "recipes/base.py", before: code, after: code.replace("cfg.a2", "cfg.b2") }];
    const digest = digestOfReview(sampleReview, files, { ...telling, command: "review main..WORKTREE" });
    const { page, complaints } = await openFile(
      browser,
      written("review", changePage(digest, readPageAssets())),
    );
    expect(await page.locator("h1").textContent()).toBe(sampleReview.risk);
    const row = page.locator(".matrix tbody tr", { hasText: "a_config" });
    expect((await row.locator("td").allTextContents()).map((text) => text.trim())).toEqual([
      "!True → False",
      "True → False (world size 8, DP 1, h100)",
    ]);
    expect(await page.locator(".legend").textContent()).toContain("does not show it");
    expect(complaints).toEqual([]);
  });

  it("shows what recipes declare and what runs", async () => {
    const text = explainPage(sampleExplain, { assets: readPageAssets(), reproduce: "npx bridgemod explain" });
    const { page, complaints } = await openFile(browser, written("explain", text));
    expect(await page.locator("h1").textContent()).toBe(
      "1 recipe; 1 of them writes something that does not run as written; 1 function not explained",
    );
    const heads = page.locator(".matrix thead th");
    const some = await heads.count();
    await page.locator("#all-knobs").check();
    expect(await heads.allTextContents()).toContain("env_vars.CUDA_DEVICE_MAX_CONNECTIONS");
    expect(await heads.count()).toBeGreaterThan(some);
    expect(await page.locator("td.differs").first().textContent()).toBe("False → True");
    await page.locator(".matrix tbody th a").click();
    const detail = await page.locator("#detail tbody tr").first().allTextContents();
    expect(detail).toEqual(["ddp.grad_reduce_in_fp32FalseTruemixed_precision.setup"]);
    expect(await page.locator("#unexplained li").textContent()).toMatch(
      /recipes\/a\.py:60\s+not explained recipes\.a\.b_config\s+it ends with plugin\.make\(\), of which/,
    );
    expect(complaints).toEqual([]);
  });

  it("filters recipes, files and findings by every word", async () => {
    const { page } = await open(largeRun());
    await page.keyboard.press("/");
    await page.keyboard.type("RECIPE_73 family_1");
    expect(await page.locator(".matrix tbody tr:not(.spacer)").count()).toBe(10);
    expect(await page.locator("#found").textContent()).toMatch(
      /^10 of 740 recipes, \d+ of 740 files and findings$/,
    );
    expect(await page.locator("details.file:visible").count()).toBeLessThan(20);
    await page.locator("#filter").fill("no such thing");
    expect(await page.locator("#found").textContent()).toBe("0 of 740 recipes, 0 of 740 files and findings");
    await page.locator("#filter").fill("");
    expect(await page.locator("#found").textContent()).toBe("");
  });

  it("is reached by keyboard, whole", async () => {
    const { page } = await open(plainRun);
    const wanted = await page.evaluate(() => {
      const all = [...document.querySelectorAll("a[href], input, summary, button, [tabindex='0']")];
      const seen = all.filter((one) => one.getClientRects().length > 0);
      seen.forEach((one, index) => one.setAttribute("data-order", String(index)));
      return seen.length;
    });
    const reached = new Set<string>();
    for (let step = 0; step < wanted + 5; step += 1) {
      await page.keyboard.press("Tab");
      const order = await page.evaluate(() => document.activeElement?.getAttribute("data-order") ?? null);
      if (order !== null) reached.add(order);
    }
    expect(reached.size).toBe(wanted);
    await page.locator(".matrix tbody th a").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("#detail").waitFor();
    expect(page.url()).toMatch(/#recipe\/recipes\.a\.a_config$/);
    await page.locator("details.file summary").focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("details.file").getAttribute("open")).toBeNull();
  });

  it("leads to places by links that can be copied, drawn or not", async () => {
    const row = "#recipe/recipes.family_19.recipe_739_config";
    const { page } = await open(largeRun(), { fragment: row });
    expect(await page.locator("tr.chosen th").textContent()).toContain("recipe_739_config");
    expect(await page.locator("#detail h3").textContent()).toContain("recipe_739_config");
    await page.locator("#filter").fill("recipe_12_");
    await page.evaluate(() => void (location.hash = "#fix/recipes/file_700.py:40"));
    const proof = page.locator("[id='fix/recipes/file_700.py:40']");
    await expect.poll(() => proof.isVisible()).toBe(true);
    await expect.poll(async () => (await proof.boundingBox())?.y ?? -1).toBeGreaterThan(0);
    const fragments = await page.evaluate(() => [...document.querySelectorAll("a")].map(({ hash }) => hash));
    expect(fragments.filter((hash) => !/^#[A-Za-z0-9._/:~-]+$/.test(hash))).toEqual([]);
  });

  it("draws rows of a large matrix as they come into view", async () => {
    const { page } = await open(largeRun());
    const rows = page.locator(".matrix tbody tr:not(.spacer)");
    expect(await rows.count()).toBeLessThan(100);
    await page.locator("#scroller").evaluate((scroller) => void (scroller.scrollTop = scroller.scrollHeight));
    await expect.poll(async () => rows.last().textContent()).toContain("recipe_9");
    expect(await page.locator(".matrix").getAttribute("aria-rowcount")).toBe("741");
  });

  it("is dark where the reader's system is, with text that can be read", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page } = await open(plainRun, { colorScheme });
      await page.locator(".hljs-number").first().waitFor({ state: "attached" });
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(luminance(background) > 0.5).toBe(colorScheme === "light");
      expect(await page.evaluate(lowContrast, "body *")).toEqual([]);
    }
  });

  it("fits a narrow window without scrolling sideways", async () => {
    const { page } = await open(plainRun, { viewport: { width: 380, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
    // Code has the width of the window, and the first value of every recipe is to be seen.
    const line = await page.locator(".diff td.code").first().boundingBox();
    expect(line?.width).toBeGreaterThan(250);
    const value = await page.locator(".matrix tbody td").first().boundingBox();
    expect(value?.x).toBeLessThan(300);
  });

  it("prints everything", async () => {
    const { page } = await open(largeRun(320));
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    expect(await page.locator(".matrix tbody tr:not(.spacer)").count()).toBe(320);
    expect(await page.locator("nav").isVisible()).toBe(false);
  });
});

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

/** Runs in the page: texts whose contrast with what is behind them is below 4.5. */
function lowContrast(selector: string): string[] {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function rgba(color: string): number[] {
    if (!canvas) return [0, 0, 0, 1];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }
  function luminance(color: readonly number[]): number {
    const [red = 0, green = 0, blue = 0] = color.map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  function behind(element: Element | null): number[] {
    if (!element) return [255, 255, 255, 1];
    const color = rgba(getComputedStyle(element).backgroundColor);
    return (color[3] ?? 0) > 0.9 ? color : behind(element.parentElement);
  }
  const texts = [...document.querySelectorAll(selector)].filter(
    (element) =>
      element.getClientRects().length > 0 &&
      [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? "").trim() !== ""),
  );
  return texts.flatMap((element) => {
    const [one, other] = [luminance(rgba(getComputedStyle(element).color)), luminance(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const shown = (element.textContent ?? "").trim().slice(0, 30);
    return contrast < 4.5 ? [`${element.className} ${shown}: ${contrast.toFixed(2)}`] : [];
  });
}
