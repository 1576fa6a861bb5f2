import type { AnchorDifference, AnchorReport, DoctorReport } from "../diagnosis.ts";
import type { Palette } from "./palette.ts";
import { plural } from "./plural.ts";
import { valueText } from "./value-text.ts";

/** The result of `doctor` as `bridgemod/doctor@1`; see `schema/doctor-1.json`. */
export function doctorJson({ tools, bridge, catalog, source, anchors }: DoctorReport): string {
  const { version, from } = bridge;
  const report = {
    schema: "bridgemod/doctor@1",
    tools: tools.map(({ name, version, need }) => ({ name, version, need })),
    bridge: { version, from },
    catalog: { version: catalog.version, core: catalog.core, source: catalog.source },
    source: source && { path: source.path, version: source.version },
    anchors: anchors.map(({ id, what, status, file, line, differences }) => ({
      id,
      what,
      status,
      file,
      line,
      differences: differences.map((one) => ({ case: one.case, expected: one.expected, found: one.found })),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** As long as versions get, so that the columns are the same on every machine. */
const VERSION_WIDTH = "0.7.0.dev0".length;

/** The same for people: what is used, and a line for everything that we rely on. */
export function doctorText(report: DoctorReport, palette: Palette): string {
  const { tools, bridge, catalog, anchors } = report;
  const rows: (readonly [string, string, string])[] = [
    ...tools.map(({ name, version, need }) => [name, version ?? "not found", need] as const),
    ["bridge", bridge.version, `from ${bridge.from}`],
    ["catalog", catalog.version, sourceOf(catalog)],
    ["source", ...sourceCells(report)],
  ];
  const table = rows.map(
    ([name, value, note]) =>
      `${palette.bold(name.padEnd(7))}  ${value.padEnd(VERSION_WIDTH)}  ${palette.dim(note)}\n`,
  );
  if (anchors.length === 0) return table.join("");
  return `${table.join("")}\n${anchors.map((anchor) => anchorLines(anchor, palette)).join("")}${conclusion(report)}\n`;
}

/** A commit does not say which Megatron-Core it holds. */
function sourceOf({ core, source }: DoctorReport["catalog"]): string {
  return source.includes(core) ? source : `${source}, which is Megatron-Core ${core}`;
}

function sourceCells({ source, bridge }: DoctorReport): [string, string] {
  if (source === null)
    return ["none", "neither in the project nor in .venv: everything is told from the catalog"];
  const { path, version } = source;
  if (version === null || version === bridge.version) return [version ?? "unknown", path];
  return [version, `${path}, though ${bridge.version} is assumed: --bridge ${path} takes it as it is`];
}

function anchorLines({ id, what, status, file, line, differences }: AnchorReport, palette: Palette): string {
  const place = status === "holds" ? "" : `\n  ${file}${line === null ? "" : `:${line}`}`;
  const shown = status === "holds" ? palette.green("holds    ") : palette.red(status.padEnd(9));
  const head = `${shown}  ${palette.bold(id.padEnd(26))}  ${what}${place}\n`;
  return head + differences.map(differenceLine).join("");
}

function differenceLine({ case: name, expected, found }: AnchorDifference): string {
  return `    ${name}: expected ${valueText(expected)}, found ${valueText(found)}\n`;
}

function conclusion({ anchors, bridge }: DoctorReport): string {
  const others = anchors.filter(({ status }) => status !== "holds").length;
  if (others === 0) return `This source does what is assumed of Bridge ${bridge.version}.`;
  return `${plural(others, "assumption")} about Bridge ${bridge.version} ${others === 1 ? "does" : "do"} not hold here: do not trust what is said of the knobs concerned.`;
}
