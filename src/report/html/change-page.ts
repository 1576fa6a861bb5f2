import type { Digest, DigestFile, DigestFix } from "../digest.ts";
import { anchor, uniqueAnchors } from "./anchors.ts";
import { documentText, type PageAssets, type PageSection } from "./document.ts";
import { findingItems, listOf, unreadItem, type Once } from "./findings.ts";
import { html, nothing, type Markup } from "./markup.ts";
import { changeMatrix } from "./matrix-data.ts";
import { hunksBetween, type Hunk } from "./side-by-side.ts";

/** What `check`, `migrate` or `review` found, as one page: what runs first, then the diff with its proofs. */
export function changePage(digest: Digest, assets: PageAssets): string {
  const { command, risk, bridge, bridgeBefore, summary, files, findings, unread, reproduce } = digest;
  const once = uniqueAnchors();
  const open = findings.filter(({ severity }) => severity !== "info");
  const notes = findings.filter(({ severity }) => severity === "info");
  const failed = unread.filter((file) => file.failed);
  const skipped = unread.filter((file) => !file.failed);
  const items = [...failed.map(unreadItem), ...findingItems(open, once)];
  const left = [...skipped.map(unreadItem), ...findingItems(notes, once)];
  const sections: PageSection[] = [
    { id: "person", title: "Needs a person", count: failed.length + open.length, body: listOf(items) },
    {
      id: "files",
      title: files.some(({ fixes }) => fixes.length > 0) ? "Diff and proof" : "Diff",
      count: files.length,
      body: html`${files.map((file) => fileMarkup(file, once))}`,
    },
    { id: "left", title: "Left alone", count: skipped.length + notes.length, body: listOf(left) },
    {
      id: "reproduce",
      title: "How to reproduce",
      count: reproduce.length,
      body: html`<pre class="commands">${reproduce.join("\n")}</pre>`,
    },
  ];
  const matrix = changeMatrix(digest);
  return documentText(
    {
      command,
      title: risk,
      bridge,
      bridgeBefore,
      summary,
      matrix,
      matrixTitle: "What changes in what runs",
      sections,
    },
    assets,
  );
}

function fileMarkup({ path, before, after, fixes }: DigestFile, once: Once): Markup {
  const id = once(anchor("file", path));
  const hunks = hunksBetween(before, after);
  const told = fixes.map((fix) => ({
    fix,
    id: once(anchor("fix", `${path}:${fix.line}`)),
    hunk: nearest(hunks, fix.line),
    parts: new Set(fix.lines.map((line) => nearest(hunks, line))),
  }));
  return html`<details class="file" open id="${id}">
    <summary>
      <h3><a href="#${id}">${path}</a></h3>
      <span>${fixes.length === 0 ? "" : `${fixes.length} fix${fixes.length === 1 ? "" : "es"}`}</span>
    </summary>
    ${hunks.map((hunk) => hunkMarkup(hunk, told, path))}
  </details> `;
}

interface ToldFix {
  readonly fix: DigestFix;
  readonly id: string;
  /** Where it begins, and every hunk that it has a part in. */
  readonly hunk: Hunk | undefined;
  readonly parts: ReadonlySet<Hunk | undefined>;
}

function hunkMarkup(hunk: Hunk, told: readonly ToldFix[], path: string): Markup {
  const rows: Markup = { markup: hunk.rows };
  const here = told.filter((one) => one.hunk === hunk);
  const partly = told.filter((one) => one.hunk !== hunk && one.parts.has(hunk));
  const proofs = [...here.map(proofMarkup), ...(partly.length > 0 ? [partOf(partly)] : [])];
  return html`<div class="${proofs.length > 0 ? "hunk proved" : "hunk"}">
    <table class="d2h-file-wrapper diff" data-lang="py">
      <caption>
        ${path}, lines ${hunk.from} to ${hunk.to}: before and after
      </caption>
      <colgroup>
        <col class="num" />
        <col />
        <col class="num" />
        <col />
      </colgroup>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${proofs.length > 0 ? html`<aside aria-label="Proof">${proofs}</aside>` : nothing}
  </div> `;
}

/** The hunk that holds a line, else the one next to it. */
function nearest(hunks: readonly Hunk[], line: number): Hunk | undefined {
  const distance = ({ from, to }: Hunk) => Math.max(from - line, line - to, 0);
  return hunks.reduce<Hunk | undefined>(
    (best, hunk) => (best === undefined || distance(hunk) < distance(best) ? hunk : best),
    undefined,
  );
}

const VERDICTS = {
  preserving: "nothing that runs changes",
  requested: "exactly this changes",
  unproven: "could not be proved",
  refuted: "refuted",
} as const;

function proofMarkup({ fix, id }: ToldFix): Markup {
  const { line, rule, message, verdict, effects } = fix;
  const list = effects.map((effect) => html`<li><code>${effect}</code></li>`);
  return html`<article id="${id}" class="proof ${verdict}">
    <h4><a href="#${id}">line ${line}</a> <span class="badge">${verdict}</span> ${VERDICTS[verdict]}</h4>
    ${
      list.length > 0
        ? html`<ul>
            ${list}
          </ul>`
        : nothing
    }
    <p>${message}</p>
    <p class="rule"><code>${rule}</code></p>
  </article>`;
}

function partOf(fixes: readonly ToldFix[]): Markup {
  const links = fixes.map(({ fix, id }) => html` <a href="#${id}">line ${fix.line}</a>`);
  return html`<p class="part">Part of the ${fixes.length === 1 ? "fix" : "fixes"} of${links}</p>`;
}
