import type { Severity } from "../outcome.ts";

/** A codemod as its README describes it. */
export interface DocumentedCodemod {
  readonly name: string;
  readonly summary: string;
  readonly readme: string;
}

/** A rule: one kind of finding of a codemod. */
export interface Rule {
  /** `codemod/rule`. */
  readonly id: string;
  readonly severity: Severity;
  readonly finds: string;
  readonly codemod: DocumentedCodemod;
}

/** The rules that the tables below `## Rules` list, in the order of the READMEs. */
export function rulesOf(codemods: readonly DocumentedCodemod[]): Rule[] {
  return codemods.flatMap((codemod) => {
    const section = /^## Rules\s*$(.*?)(?=^## |(?![^]))/ms.exec(codemod.readme)?.[1] ?? "";
    const rows = section.matchAll(/^\|\s*`([a-z0-9-]+)`\s*\|\s*(error|warning|info)\s*\|\s*(.*?)\s*\|\s*$/gm);
    return [...rows].map(([, rule = "", severity, finds = ""]) => ({
      id: `${codemod.name}/${rule}`,
      severity: severity as Severity,
      finds: sentence(finds),
      codemod,
    }));
  });
}

const HELPFUL = ["What it does", "Why", "Left alone", "Handed over", "What changes in what runs"];

/** The part of a README that helps whoever looks at a finding, without the examples. */
export function helpOf({ readme }: DocumentedCodemod): string {
  const [head = "", ...sections] = readme.split(/^(?=## )/m);
  const kept = sections.filter((section) => HELPFUL.some((title) => section.startsWith(`## ${title}\n`)));
  const text = [head, ...kept].join("").replaceAll(/^```[^]*?^```\n/gm, "");
  return `${text.replaceAll(/\n{3,}/g, "\n\n").trim()}\n`;
}

function sentence(text: string): string {
  const plain = text.replaceAll("`", "").replaceAll("\\|", "|");
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`;
}
