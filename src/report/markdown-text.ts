import { visible } from "./visible.ts";

/** Text that Markdown shows as it is, on one line, code in backticks apart; it names no user and no issue. */
export function plainMarkdown(text: string): string {
  const parts = oneLine(text).split(/(`[^`]+`)/);
  return parts.map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1)) : escaped(part))).join("");
}

function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*[\]<>|~&$]/g, "\\$&")
    .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\_")
    .replaceAll(/@(?=\w)/g, "@<!-- -->")
    .replaceAll(/#(?=\d)/g, "#<!-- -->")
    .replaceAll(/:\/\//g, ":<!-- -->//");
}

/** Code in a line, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = line === "" || /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code that nothing in it can end. */
export function codeBlock(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${visible(text)}\n${fence}`;
}

function oneLine(text: string): string {
  return visible(text.replaceAll(/\s+/g, " ").trim());
}
