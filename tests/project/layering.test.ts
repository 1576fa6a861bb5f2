import { readdirSync } from "node:fs";
import { SyntaxKind, type SourceFile } from "ts-morph";
import { expect, it } from "vitest";
import { cyclesIn, importsOf, parseSources, pathOf, type Import } from "./source-graph.ts";

/** A part of the source, and the parts that it may import besides itself. */
interface Layer {
  readonly files: RegExp;
  readonly may: readonly string[];
}

/** From the top down. Whatever is not allowed here is forbidden. */
const layers: Readonly<Record<string, Layer>> = {
  codemods: { files: /^codemods\//, may: ["api"] },
  cli: { files: /^src\/cli\//, may: ["engine", "workspace", "report", "project", "terms"] },
  engine: {
    files: /^src\/engine\.ts$/,
    may: ["workspace", "run", "codemod", "project", "launch", "python", "bridge", "terms"],
  },
  api: {
    files: /^src\/index\.ts$/,
    may: ["writes", "codemod", "launch", "recipe", "bridge", "python", "edit", "terms"],
  },
  writes: { files: /^src\/writes\//, may: ["codemod", "recipe", "python", "edit"] },
  workspace: { files: /^src\/workspace\//, may: ["codemod", "project", "python", "terms"] },
  // Runs in the browser that shows a report.
  page: { files: /^src\/page\//, may: ["report"] },
  report: { files: /^src\/report\//, may: ["terms", "edit"] },
  run: {
    files:
      /^src\/(review\/.+|find-all|migrate|missing-imports|import-findings|annotate|file-outcome|file-state|markers|suppression|directives|launch-outcomes|settle|consult|proof|recipe-change|version-differences|explain|unexplained|knob-report|start-up-findings|writes-to|anchors\/[a-z-]+)\.ts$/,
    may: ["codemod", "project", "launch", "recipe", "bridge", "python", "edit", "terms"],
  },
  codemod: {
    files:
      /^src\/(codemod|recipe-file|recipe-view|sites|raised|reading|effects|differences|scenarios|ways|traits|user-buffers)\.ts$/,
    may: ["project", "launch", "recipe", "bridge", "edit", "terms"],
  },
  project: {
    files: /^src\/(analysis|recipe-stream|project)\.ts$/,
    may: ["recipe", "bridge", "python", "terms"],
  },
  recipe: { files: /^src\/recipe\//, may: ["bridge", "python", "edit", "terms"] },
  bridge: { files: /^src\/bridge\//, may: ["terms"] },
  launch: { files: /^src\/launch\//, may: ["grammars", "edit"] },
  python: { files: /^src\/python\//, may: ["grammars", "edit"] },
  grammars: { files: /^src\/grammars\.ts$/, may: [] },
  terms: { files: /^src\/(json|outcome|diagnosis|policy|review-judgements)\.ts$/, may: ["edit"] },
  edit: { files: /^src\/(edit|offsets|changed-spans)\.ts$/, may: [] },
};

/** Each package and each module of Node, and the files that may import it. */
const packages: Readonly<Record<string, RegExp>> = {
  commander: /^src\/cli\/program(-[a-z]+)?\.ts$/,
  "@clack/prompts": /^src\/cli\/process-host\.ts$/,
  "node:stream": /^src\/cli\/process-host\.ts$/,
  "cli-progress": /^src\/cli\/progress\.ts$/,
  picocolors: /^src\/cli\/color\.ts$/,
  diff: /^src\/(changed-spans|report\/(patch|line-edits)|workspace\/patched-files)\.ts$/,
  diff2html: /^src\/report\/html\/side-by-side\.ts$/,
  "diff2html/lib-esm/ui/js/diff2html-ui-base.js": /^src\/page\/highlight\.ts$/,
  "highlight.js/lib/core": /^src\/page\/highlight\.ts$/,
  "highlight.js/lib/languages/python": /^src\/page\/highlight\.ts$/,
  // Types alone.
  sarif: /^src\/report\/sarif\.ts$/,
  "fastest-levenshtein": /^src\/workspace\/suggest\.ts$/,
  ignore: /^src\/workspace\/ignore-rules\.ts$/,
  "smol-toml": /^src\/workspace\/toml\.ts$/,
  tinyglobby: /^src\/workspace\/targets\.ts$/,
  "write-file-atomic": /^src\/workspace\/(write-files|answer-cache)\.ts$/,
  "web-tree-sitter": /^src\/(python\/|grammars\.ts$|launch\/shell\.ts$)/,
  yaml: /^src\/launch\/yaml\.ts$/,
  "node:child_process": /^src\/workspace\/(git-process|tools)\.ts$/,
  "node:crypto": /^src\/workspace\/(answer-cache|page-assets)\.ts$/,
  "node:os": /^src\/workspace\/(answer-cache|parse-ahead)\.ts$/,
  "node:worker_threads": /^src\/workspace\/parse-[a-z]+\.ts$/,
  "node:fs": /^src\/workspace\//,
  "node:path": /^src\/(workspace|cli)\//,
  // Where the grammar's file is: beside the bundle, or in node_modules.
  "node:module": /^src\/(grammars|cli\/main)\.ts$/,
  "node:v8": /^src\/cli\/main\.ts$/,
  // So that an interrupt and the progress bar get their turn.
  "node:timers/promises": /^src\/engine\.ts$/,
  "node:url": /^src\/(grammars|workspace\/(codemod-folders|answer-cache))\.ts$/,
};

const sources = parseSources("src/**/*.ts", "codemods/**/*.ts");
const imports = sources.flatMap(importsOf);
const ours = imports.filter(({ to }) => layerOf(to) !== undefined);

function layerOf(path: string): string | undefined {
  return Object.keys(layers).find((name) => layers[name]?.files.test(path));
}

function shown({ from, line, to }: Import): string {
  return `${from}:${line} imports ${to}`;
}

it("puts every file into one layer", () => {
  const many = sources.map(pathOf).filter((path) => {
    return Object.values(layers).filter(({ files }) => files.test(path)).length !== 1;
  });
  expect(many).toEqual([]);
});

it("names only layers below in the table", () => {
  const names = Object.keys(layers);
  const upward = names.filter((name, index) =>
    layers[name]?.may.some((below) => names.indexOf(below) <= index),
  );
  expect(upward).toEqual([]);
});

it("imports downwards only", () => {
  const forbidden = ours.filter(({ from, to }) => {
    const [above, below] = [layerOf(from) ?? "", layerOf(to) ?? ""];
    return above !== below && !layers[above]?.may.includes(below);
  });
  expect(forbidden.map(shown)).toEqual([]);
});

it("imports each package where its job is", () => {
  const others = imports.filter(({ to }) => layerOf(to) === undefined && !/\.json$/.test(to));
  const forbidden = others.filter(({ from, to }) => !packages[to]?.test(from));
  expect(forbidden.map(shown)).toEqual([]);
});

it("keeps codemods in their own folders", () => {
  const folder = (path: string): string => path.split("/").slice(0, 2).join("/");
  const foreign = imports.filter(({ from, to }) => {
    return from.startsWith("codemods/") && to !== "src/index.ts" && folder(to) !== folder(from);
  });
  expect(foreign.map(shown)).toEqual([]);
});

it("has no import cycles", () => {
  expect(cyclesIn(ours.filter(({ typeOnly }) => !typeOnly))).toEqual([]);
});

it("names no codemod in src", () => {
  const names = readdirSync("codemods");
  const named = below("src/").flatMap((file) =>
    [...file.getFullText().matchAll(/[\w-]+/g)]
      .filter(([word]) => names.includes(word))
      .map(([word]) => `${pathOf(file)} names ${word}`),
  );
  expect(named).toEqual([]);
});

it("leaves the process and the console to the command line", () => {
  const used = sources
    .filter((file) => layerOf(pathOf(file)) !== "cli")
    .flatMap((file) =>
      file
        .getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)
        .filter((access) => /^(process|console)$/.test(access.getExpression().getText()))
        .map((access) => `${pathOf(file)}:${access.getStartLineNumber()} uses ${access.getText()}`),
    );
  expect(used).toEqual([]);
});

function below(folder: string): SourceFile[] {
  return sources.filter((file) => pathOf(file).startsWith(folder));
}
