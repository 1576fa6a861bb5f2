import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Language, Parser } from "web-tree-sitter";

/** A language whose grammar goes along with us. */
export type GrammarName = "python" | "bash";

/** A parser that is set to a language. */
export interface Grammar {
  readonly parser: Parser;
  readonly language: Language;
}

let starting: Promise<void> | null = null;

/** Loads a grammar; it costs some 15 ms, so whoever asks keeps it. */
export async function loadGrammar(name: GrammarName): Promise<Grammar> {
  starting ??= Parser.init({ locateFile: (file: string) => wasmPath("web-tree-sitter", file) });
  await starting;
  const language = await Language.load(wasmPath(`tree-sitter-${name}`, `tree-sitter-${name}.wasm`));
  const parser = new Parser();
  parser.setLanguage(language);
  return { parser, language };
}

/** The build copies the files beside the bundle; from source they are in node_modules. */
function wasmPath(packageName: string, file: string): string {
  if (import.meta.url.endsWith(".ts")) {
    return createRequire(import.meta.url).resolve(`${packageName}/${file}`);
  }
  return fileURLToPath(new URL(`./wasm/${file}`, import.meta.url));
}
