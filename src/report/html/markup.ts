import { visible } from "../visible.ts";

/** HTML that is known to be safe. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | readonly Markup[];

/** A template whose values are shown as text, whatever they hold; only markup is taken as such. */
export function html(texts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  const parts = texts.map((text, index) => text + (index < values.length ? shown(values[index] ?? "") : ""));
  return { markup: parts.join("") };
}

export const nothing: Markup = { markup: "" };

function shown(value: Part): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escapeHtml(value);
  return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("");
}

/** Text in which nothing acts: no markup, no control character, no mark that turns the direction of text. */
export function escapeHtml(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** JSON for a `script` element, which nothing in it can end. */
export function embeddedJson(value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028");
  return { markup: json.replaceAll("\u2029", "\\u2029") };
}
