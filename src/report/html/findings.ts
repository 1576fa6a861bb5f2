import type { Digest, DigestFinding } from "../digest.ts";
import { anchor } from "./anchors.ts";
import { html, type Markup } from "./markup.ts";

/** Gives an anchor once. */
export type Once = (wanted: string) => string;

/** Findings and files below each other. */
export function listOf(items: readonly Markup[]): Markup {
  return html`<ul class="findings">
    ${items}
  </ul>`;
}

/** A finding that can be linked to. */
export function findingItem({ path, line, rule, severity, message }: DigestFinding, once: Once): Markup {
  const id = once(anchor("finding", `${path}:${line}`));
  return html`<li id="${id}" class="${severity}">
    <a class="place" href="#${id}">${path}:${line}</a> <span class="badge">${severity}</span>
    <code>${rule}</code>
    <p>${message}</p>
  </li> `;
}

/** A file that nothing can be said about. */
export function unreadItem({ path, failed, reason }: Digest["unread"][number]): Markup {
  const what = failed ? "failed" : "skipped";
  return html`<li class="${failed ? "error" : "info"}">
    <span class="place">${path}</span> <span class="badge">${what}</span>
    <p>${reason}</p>
  </li> `;
}
