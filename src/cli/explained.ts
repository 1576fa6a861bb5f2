import type { ExplainReport } from "../outcome.ts";
import { openAnswerCache } from "../workspace/answer-cache.ts";
import { keepExplanation, restoreExplanation } from "../workspace/kept-explanation.ts";
import { tellRecalled, WORTH_KEEPING, type Preparation } from "./analyse.ts";
import type { ExplainSelection, ExplainSink } from "./engine.ts";
import type { RawOptions } from "./options.ts";
import type { Session } from "./session.ts";

/** What `explain` was asked. */
export interface ExplainRequest {
  readonly raw: RawOptions;
  readonly selection: readonly ExplainSelection[];
  readonly prepared: Preparation;
}

/** Hands over the recipes one by one: those of an earlier run, if it was asked the same of the same texts. */
export async function explainEach(
  session: Session,
  { raw, selection, prepared }: ExplainRequest,
  sink: ExplainSink,
): Promise<Omit<ExplainReport, "recipes">> {
  const { engine, project, policy } = prepared;
  if (raw.cache === false) return engine.explainEach(project.input, selection, policy, sink);
  const cache = openAnswerCache(session.host.env);
  const asked = ["explain", selection, policy.scenarios];
  const question = { version: session.version, asked, input: project.input };
  const known = cache.get(question, restoreExplanation);
  if (known) {
    tellRecalled(session, raw);
    for (const variants of known.recipes) {
      sink.recipe(variants);
      await sink.ready?.();
    }
    return known.rest;
  }
  const watched = cache.watch(project.input);
  const keeper = keepExplanation();
  const began = performance.now();
  const rest = await engine.explainEach(watched.input, selection, policy, {
    ...sink,
    recipe: (variants) => {
      keeper.add(variants);
      sink.recipe(variants);
    },
  });
  if (performance.now() - began > WORTH_KEEPING) await cache.put(question, watched, keeper.text(rest));
  return rest;
}
