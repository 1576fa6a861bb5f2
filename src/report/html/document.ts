import type { BridgeReport } from "../../outcome.ts";
import { bridgesText } from "../cause-text.ts";
import { embeddedJson, html, nothing, type Markup } from "./markup.ts";
import { UNSEEN, type MatrixData } from "./page-data.ts";

/** What makes the page work: bundled beforehand, and allowed by its digest. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  /** `sha256-…` of the script. */
  readonly scriptDigest: string;
}

export interface PageParts {
  readonly command: string;
  readonly title: string;
  readonly bridge: BridgeReport;
  readonly bridgeBefore?: BridgeReport | null;
  readonly summary: string;
  readonly matrix: MatrixData;
  readonly matrixTitle: string;
  readonly sections: readonly PageSection[];
}

export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly body: Markup;
}

/** One file that opens offline: a policy in it forbids every request and every script but its own. */
export function documentText(parts: PageParts, assets: PageAssets): string {
  const { command, title, bridge, bridgeBefore, summary } = parts;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${assets.scriptDigest}'; base-uri 'none'; form-action 'none'`;
  const style: Markup = { markup: `<style>${assets.style}</style>` };
  const script: Markup = { markup: `<script>${assets.script}</script>` };
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · bridgemod ${command}</title>
        ${style}
      </head>
      <body>
        <a class="skip" href="#matrix">Skip to what changes</a>
        <header>
          <p class="eyebrow">bridgemod ${command} · Bridge ${bridgesText(bridge, bridgeBefore ?? null)}</p>
          <h1>${title}</h1>
          <p class="summary">${summary}</p>
        </header>
        ${navigation(parts)}
        <main>${matrixSection(parts)} ${parts.sections.map(sectionMarkup)}</main>
        <script type="application/json" id="matrix-data">
          ${embeddedJson(parts.matrix)}
        </script>
        ${script}
      </body>
    </html> `;
  return page.markup;
}

function navigation({ sections, matrix, matrixTitle }: PageParts): Markup {
  const links = [{ id: "matrix", title: matrixTitle, count: matrix.rows.length }, ...sections]
    .filter(({ id, count }) => count > 0 || id === "matrix")
    .map(
      ({ id, title, count }) =>
        html`<li>
          <a href="#${id}">${title} <b>${count}</b></a>
        </li>`,
    );
  return html`<nav aria-label="Sections and filter">
    <ul>
      ${links}
    </ul>
    <form role="search">
      <label for="filter">Filter</label>
      <input
        id="filter"
        type="search"
        autocomplete="off"
        spellcheck="false"
        placeholder="recipe, knob, value, file, rule"
        aria-describedby="found"
      />
      <kbd title="Press / to filter, Escape to clear">/</kbd>
      <output id="found" for="filter" aria-live="polite"></output>
    </form>
  </nav>`;
}

function matrixSection({ matrix, matrixTitle }: PageParts): Markup {
  const [before, after] = matrix.columns;
  const isUnseen = matrix.rows.some(({ cells }) => cells.some((cell) => (cell[5] & UNSEEN) !== 0));
  const unseen = isUnseen
    ? html`<span class="key unseen"
        ><span class="flag">!</span> differs, and the diff of the recipe's own file does not show it</span
      >`
    : nothing;
  const body =
    matrix.rows.length === 0
      ? html`<p class="none">Nothing that runs changes.</p>`
      : html`<p class="legend">
            <span class="key differs"><s>${before}</s> → <b>${after}</b></span> differs ${unseen}
            <span class="key same">·</span> the same
          </p>
          <p class="controls">
            <label><input type="checkbox" id="all-knobs" /> all knobs</label>
          </p>
          <div class="scroller" id="scroller" tabindex="0" role="region" aria-label="${matrixTitle}">
            <table class="matrix"></table>
          </div>
          <div id="detail" hidden tabindex="-1"></div>`;
  return html`<section id="matrix" aria-labelledby="matrix-title">
    <h2 id="matrix-title">${matrixTitle} <b>${matrix.rows.length}</b></h2>
    ${body}
    <noscript
      ><p>
        The matrix and the filter need JavaScript; it comes with this file and asks for nothing else.
      </p></noscript
    >
  </section>`;
}

function sectionMarkup({ id, title, count, body }: PageSection): Markup {
  return count === 0
    ? nothing
    : html`<section id="${id}" aria-labelledby="${id}-title">
        <h2 id="${id}-title">${title} <b>${count}</b></h2>
        ${body}
      </section>`;
}
