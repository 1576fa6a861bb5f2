import type { OnProgress } from "./engine.ts";
import type { Host } from "./session.ts";

export interface Progress {
  readonly update: OnProgress;
  stop(): void;
}

const silent: Progress = { update: () => undefined, stop: () => undefined };

/** A run shorter than this needs no bar. */
const patience = 300;

/** A bar on a terminal's stderr, once the run takes long enough to ask for one. */
export async function startProgress(
  host: Pick<Host, "env" | "stderrIsTty">,
  quiet: boolean,
): Promise<Progress> {
  const isCi = host.env["CI"] !== undefined && host.env["CI"] !== "" && host.env["CI"] !== "false";
  if (quiet || !host.stderrIsTty || isCi || host.env["TERM"] === "dumb") return silent;
  const { default: progress } = await import("cli-progress");
  const bar = new progress.SingleBar({
    format: "{bar} {value}/{total} files",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  const started = performance.now();
  let isShown = false;
  function update(done: number, total: number): void {
    if (isShown) bar.update(done);
    else if (performance.now() - started > patience && done < total) {
      bar.start(total, done);
      isShown = true;
    }
  }
  return { update, stop: () => (isShown ? bar.stop() : undefined) };
}
