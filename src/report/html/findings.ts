import type { UnexplainedFunction } from "../../outcome.ts";
import type { Digest, DigestFinding } from "../digest.ts";
import { grouped } from "../grouped.ts";
import { anchor } from "./anchors.ts";
import { html, nothing, type Markup } from "./markup.ts";

/** Gives an anchor once. */
export type Once = (wanted: string) => string;

/** Findings and files below each other. */
export function listOf(items: readonly Markup[]): Markup {
  return html`<ul class="findings">
    ${items}
  </ul>`;
}

/** Findings, each once with all the places that have it; every place can be linked to. */
export function findingItems(findings: readonly DigestFinding[], once: Once): Markup[] {
  const alike = grouped(findings, ({ rule, severity, message }) => [rule, severity, message]);
  return alike.flatMap((same) => findingItem(same, once));
}

function findingItem(alike: readonly DigestFinding[], once: Once): Markup[] {
  const [first] = alike;
  if (!first) return [];
  const { rule, severity, message } = first;
  const places = alike.map(({ path, line }) => {
    const id = once(anchor("finding", `${path}:${line}`));
    return html`<a class="place" id="${id}" href="#${id}">${path}:${line}</a> `;
  });
  const [place = nothing, ...others] = places;
  return [
    html`<li class="${severity}">
      ${place}<span class="badge">${severity}</span>
      <code>${rule}</code>
      <p>${message}</p>
      ${others.length === 0 ? nothing : html`<p class="also">also at ${others}</p>`}
    </li> `,
  ];
}

/** A file that nothing can be said about. */
export function unreadItem({ path, failed, reason }: Digest["unread"][number]): Markup {
  const what = failed ? "failed" : "skipped";
  return html`<li class="${failed ? "error" : "info"}">
    <span class="place">${path}</span> <span class="badge">${what}</span>
    <p>${reason}</p>
  </li> `;
}

/** What is meant as a recipe and is not among them, with the reason; it can be linked to. */
export function unexplainedItem(one: UnexplainedFunction, once: Once): Markup {
  const name = `${one.module}.${one.function}`;
  const id = once(anchor("unexplained", name));
  return html`<li class="warning">
    <a class="place" id="${id}" href="#${id}">${one.file}:${one.line}</a>
    <span class="badge">not explained</span> <code>${name}</code>
    <p>${one.reason}</p>
  </li> `;
}
