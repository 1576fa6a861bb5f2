import { html as renderDiff, parse } from "diff2html";
import { patchText } from "../patch.ts";
import { visible } from "../visible.ts";

/** A hunk of a diff, as rows of a table with both sides. */
export interface Hunk {
  /** Lines of the text before, from 1, the last one included. */
  readonly from: number;
  readonly to: number;
  readonly rows: string;
}

// Neither can be in a text that was made visible.
const ROW = "\u0000";
const SIDE = "\u0001";

/** One cell pair a line and side, in place of two tables that scroll apart. */
const templates = {
  "generic-wrapper": "{{{content}}}",
  "generic-block-header": "",
  "generic-line":
    '<td class="num {{type}}">{{lineNumber}}</td><td class="code {{type}}">' +
    '{{#lineNumber}}<span class="mark">{{{prefix}}}</span><span class="d2h-code-line-ctn">{{{content}}}</span>{{/lineNumber}}' +
    `</td>${ROW}`,
  "side-by-side-file-diff": `{{{diffs.left}}}${SIDE}{{{diffs.right}}}`,
};

/** The hunks between two texts. What would act unseen in a line is spelled out. */
export function hunksBetween(before: string, after: string): Hunk[] {
  const path = "file.py";
  const patch = patchText([{ path, before: shownLines(before), after: shownLines(after) }]);
  const [file] = parse(patch);
  return (file?.blocks ?? []).map((block) => {
    const one = renderDiff(file ? [{ ...file, blocks: [block] }] : [], {
      outputFormat: "side-by-side",
      matching: "lines",
      drawFileList: false,
      rawTemplates: templates,
    });
    const old = block.lines.flatMap(({ oldNumber }) => oldNumber ?? []);
    const from = old[0] ?? block.oldStartLine;
    return { from, to: old.at(-1) ?? from, rows: zipped(one) };
  });
}

function shownLines(text: string): string {
  return visible(text.replaceAll(/\r\n?/g, "\n"));
}

function zipped(sides: string): string {
  const [left = [], right = []] = sides.split(SIDE).map((side) => side.split(ROW).slice(0, -1));
  return left.map((cells, index) => `<tr>${cells.trim()}${right[index]?.trim() ?? ""}</tr>`).join("\n");
}
