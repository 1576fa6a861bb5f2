import type { Log, Notification, Region, Replacement, ReportingDescriptor, Result, Suppression } from "sarif";
import type { Edit } from "../edit.ts";
import type { Severity } from "../outcome.ts";
import type { IgnoredNotice, Notice, Notices, Unread } from "./notices.ts";
import { positionsIn, type Positions } from "./positions.ts";
import { helpOf, rulesOf, type DocumentedCodemod, type Rule } from "./rules.ts";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const satisfies Record<
  Severity,
  string
>;

/** Who reports, and what the rules mean. */
export interface SarifTool {
  readonly version: string;
  readonly codemods: readonly DocumentedCodemod[];
}

/** SARIF 2.1.0: one result a notice, with its fix where there is one. Paths are relative to the repository. */
export function sarifText({ notices, unread, ignored }: Notices, { version, codemods }: SarifTool): string {
  const rules = [
    ...rulesOf(codemods).map(descriptorOf),
    ...undocumented([...notices, ...ignored], rulesOf(codemods)),
  ];
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const positions = memoised(positionsIn);
  const resultFor = (notice: Notice) => resultOf(notice, indices.get(notice.rule) ?? -1, positions);
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "bridgemod", version, semanticVersion: version, rules } },
        columnKind: "utf16CodeUnits",
        newlineSequences: ["\r\n", "\n", "\r"],
        originalUriBaseIds: { SRCROOT: { description: { text: "The root of the repository." } } },
        invocations: [
          {
            executionSuccessful: !unread.some(({ failed }) => failed),
            toolExecutionNotifications: unread.map(notificationOf),
          },
        ],
        results: [
          ...notices.map((notice) => ({
            ...resultFor(notice),
            ...(ignored.length > 0 && { suppressions: [] }),
          })),
          ...ignored.map((notice) => ({ ...resultFor(notice), suppressions: [suppressionOf(notice)] })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptorOf({ id, severity, finds, codemod }: Rule): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: finds },
    fullDescription: { text: codemod.summary },
    help: {
      text: `${codemod.summary} \`bridgemod docs ${codemod.name}\` says more.`,
      markdown: helpOf(codemod),
    },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

const REVIEW_RULES: ReadonlyMap<string, string> = new Map([
  ["review/changed-as-written", "The recipe runs differently, as its diff says."],
  ["review/changed-unexpectedly", "The recipe runs differently, and the diff of its file does not show it."],
  [
    "review/changed-by-bridge",
    "The recipe runs differently because the change asks for another version of Bridge.",
  ],
]);

/** Rules of which no README tells. */
function undocumented(notices: readonly Notice[], known: readonly Rule[]): ReportingDescriptor[] {
  const ids = new Set(known.map(({ id }) => id));
  const others = [...new Set(notices.map(({ rule }) => rule))].filter((id) => !ids.has(id)).sort();
  return others.map((id) => ({ id, shortDescription: { text: REVIEW_RULES.get(id) ?? describeOther(id) } }));
}

function describeOther(id: string): string {
  return id.startsWith("bridge/") ? "What Megatron-Bridge itself warns of when it starts, or ends with." : id;
}

function notificationOf({ path, failed, reason }: Unread): Notification {
  return {
    level: failed ? "error" : "note",
    message: { text: `${failed ? "failed" : "skipped"}: ${reason}` },
    locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
  };
}

function resultOf(notice: Notice, ruleIndex: number, positions: (text: string) => Positions): Result {
  const { path, rule, severity, message, place, line, fix } = notice;
  const region = place
    ? regionOf(positions(place.text), place.span)
    : line === null
      ? undefined
      : { startLine: line };
  const physicalLocation = { artifactLocation: artifact(path), ...(region && { region }) };
  const base: Result = {
    ruleId: rule,
    ruleIndex,
    // What was done already asks for nothing.
    ...(line === null ? { kind: "informational", level: "none" } : { level: LEVELS[severity] }),
    message: { text: message },
    locations: [{ physicalLocation }],
  };
  if (!fix || !place) return base;
  const replacements = fix.edits.map((edit) => replacementOf(positions(place.text), edit));
  const artifactChanges = [{ artifactLocation: artifact(path), replacements }];
  return { ...base, fixes: [{ description: { text: fix.description }, artifactChanges }] };
}

/** Once one result says whether it is suppressed, the standard wants all of its run to. */
function suppressionOf({ reason }: IgnoredNotice): Suppression {
  return { kind: "inSource", status: "accepted", ...(reason !== "" && { justification: reason }) };
}

function replacementOf(positions: Positions, edit: Edit): Replacement {
  const deletedRegion = regionOf(positions, edit);
  return edit.text === "" ? { deletedRegion } : { deletedRegion, insertedContent: { text: edit.text } };
}

function regionOf(positions: Positions, { start, end }: { start: number; end: number }): Region {
  const from = positions.at(start);
  const to = positions.at(end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function artifact(path: string): { uri: string; uriBaseId: string } {
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "SRCROOT" };
}

function memoised<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const value = known.get(text) ?? compute(text);
    known.set(text, value);
    return value;
  };
}
