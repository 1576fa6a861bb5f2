import type { Examination } from "../diagnosis.ts";
import type { Chooser, ExplainReport, RecipeReport, ReviewReport, RunReport } from "../outcome.ts";
import type { Policy } from "../policy.ts";
import type { ChangeInput, ProjectInput } from "../project.ts";

export type CodemodSet = "recommended" | "overlap" | "cleanup";

export interface CodemodInfo {
  readonly name: string;
  readonly summary: string;
  readonly set: CodemodSet;
  readonly readme: string;
}

/** A function of a file to explain, or all of the file's. */
export interface ExplainSelection {
  readonly path: string;
  readonly function: string | null;
}

export type OnProgress = (done: number, total: number) => void;

/** Takes the recipes one by one, each under every scenario that was asked for. */
export interface ExplainSink {
  recipe(variants: readonly RecipeReport[]): void;
  progress?: OnProgress;
  /** Waited for between files. */
  ready?(): Promise<void>;
}

/** What the commands ask of the engine. It reads and writes nothing by itself. */
export interface Engine {
  run(
    input: ProjectInput,
    codemods: readonly string[],
    policy: Policy,
    onProgress?: OnProgress,
  ): Promise<RunReport>;
  runChoosing(
    input: ProjectInput,
    codemods: readonly string[],
    policy: Policy,
    choose: Chooser,
  ): Promise<RunReport>;
  explain(
    input: ProjectInput,
    selection: readonly ExplainSelection[],
    policy: Policy,
    onProgress?: OnProgress,
  ): Promise<ExplainReport>;
  /** The same, recipe by recipe: nothing is kept of one when the next comes. */
  explainEach(
    input: ProjectInput,
    selection: readonly ExplainSelection[],
    policy: Policy,
    sink: ExplainSink,
  ): Promise<Omit<ExplainReport, "recipes">>;
  examine(input: Pick<ProjectInput, "bridge" | "library">): Promise<Examination>;
  review(input: ChangeInput, codemods: readonly string[], policy: Policy): Promise<ReviewReport>;
  codemods(): Promise<readonly CodemodInfo[]>;
  /** Versions of Bridge that the catalog knows, oldest first. */
  versions(): readonly string[];
  mentionsRecipes(bytes: Buffer | string): boolean;
  /** The same of a shell script, a notebook or a YAML file. */
  mentionsLaunch(bytes: Buffer | string): boolean;
}

/** Loads the engine when a command first needs it. */
export async function loadEngine(): Promise<Engine> {
  return await import("../engine.ts");
}
