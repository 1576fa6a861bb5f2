import { join } from "node:path";
import type { DoctorReport, ToolReport } from "../diagnosis.ts";
import { probeVersion } from "../workspace/bridge-tree.ts";
import { relativePosix } from "../workspace/paths.ts";
import { firstVersion } from "../workspace/tools.ts";
import { findBridge, openWorkspace } from "../workspace/workspace.ts";
import { bridgeWish, checkOptions, formatOf, type RawOptions } from "./options.ts";
import { exitCodes, type Session } from "./session.ts";
import { checkOutputPath, give, resultPalette } from "./tell.ts";

/** `bridgemod doctor`: what is used here, why, and whether Bridge's source is as we assume. */
export async function doctor(session: Session, paths: readonly string[], raw: RawOptions): Promise<number> {
  checkOptions(raw);
  await checkOutputPath(session, raw);
  const report = await diagnose(session, paths, raw);
  await give(session, raw, await render(session, raw, report));
  return report.anchors.every(({ status }) => status === "holds") ? exitCodes.clean : exitCodes.findings;
}

async function diagnose(session: Session, paths: readonly string[], raw: RawOptions): Promise<DoctorReport> {
  const { host } = session;
  const workspace = await openWorkspace({
    cwd: host.cwd,
    paths: paths.length === 0 ? ["."] : paths,
    stdin: null,
    configFile: raw.config ?? null,
    isolated: raw.isolated ?? false,
  });
  const engine = await session.loadEngine();
  const knownVersions = engine.versions();
  const wish = bridgeWish(raw, workspace.config, workspace.cwd);
  const { bridge, library } = findBridge(workspace, { bridge: wish, knownVersions });
  const [tools, examination] = await Promise.all([toolsHere(host.node), engine.examine({ bridge, library })]);
  const [root] = library;
  const shown = (path: string) => relativePosix(workspace.cwd, join(root?.path ?? "", path));
  return {
    tools,
    bridge,
    catalog: examination.catalog,
    source: root ? { path: shown("megatron/bridge"), version: probeVersion(root, knownVersions) } : null,
    anchors: examination.anchors.map((anchor) => ({ ...anchor, file: shown(anchor.file) })),
  };
}

async function toolsHere(node: string): Promise<readonly ToolReport[]> {
  const [git, python] = await Promise.all([firstVersion(["git"]), firstVersion(["python3", "python"])]);
  return [
    { name: "node", version: node, need: "20.19 or newer" },
    { name: "git", version: git, need: "to keep uncommitted changes safe" },
    { name: "python", version: python, need: "not needed: recipes are read, never run" },
  ];
}

async function render(session: Session, raw: RawOptions, report: DoctorReport): Promise<string> {
  if (formatOf(raw) === "json") {
    const { doctorJson } = await import("../report/doctor.ts");
    return doctorJson(report);
  }
  const { doctorText } = await import("../report/doctor.ts");
  return doctorText(report, resultPalette(session, raw));
}
