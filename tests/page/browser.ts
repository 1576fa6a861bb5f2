import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/** The Chromium of this machine; null if it has none. */
export function findChromium(): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return process.env["CHROMIUM"] ?? found.find((path) => existsSync(path)) ?? null;
}

/** Starts it without a window. */
export function startBrowser(executablePath: string): Promise<Browser> {
  // Root has no sandbox in most containers; the pages are our own, and ask for nothing.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}

/** A page and what it did that a report must not: requests, errors, messages. */
export interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens a file as a reader does. */
export async function openFile(
  browser: Browser,
  path: string,
  options: BrowserContextOptions & { readonly fragment?: string } = {},
): Promise<Opened> {
  const { fragment = "", ...others } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...others });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== `file://${path}`) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${path}${fragment}`);
  return { page, complaints };
}
