import { PATHS } from "../bridge/names.ts";
import { absoluteName } from "./module-index.ts";
import { outlineOf } from "./module-outline.ts";
import type { ModuleHost, SourceModule } from "./source-module.ts";

export type Words = ReadonlySet<string>;

/** What counts as leading to a container. */
interface Reading {
  /** A part of a module without what does not count. */
  text(part: string): string;
  /** The words that lead there through an imported module, given the module's own. */
  throughModule(words: Words, bound: string): readonly string[];
}

/** Whatever mentions a container, or something that does. */
export const MENTIONS: Reading = {
  text: (part) => part,
  throughModule: (words, bound) => (words.size > 0 ? [bound] : []),
};

/** `cfg: ConfigContainer`, and in a docstring `cfg (ConfigContainer): …`: said of what somebody else made. */
export const CONTAINER_TYPE =
  /:\s*["']?(?:(?:\w+\.)*(?:Optional|Annotated)\[\s*["']?)?(?:\w+\.)*ConfigContainer\b|\w \(ConfigContainer(?:, optional)?\):/g;

/** What may make a container: whoever only says that something is one does not. What a function returns may be one. */
export const MAKERS: Reading = {
  text: (part) => (part.includes("ConfigContainer") ? part.replace(CONTAINER_TYPE, "") : part),
  // A module that only imports the class makes none, unless somebody takes the class from there.
  throughModule: (words, bound) =>
    [...words].every((word) => word === "ConfigContainer") ? [...words] : [bound],
};

export function wordsPattern(words: Words): RegExp {
  return new RegExp(`\\b(?:${[...words].join("|")})\\b`);
}

/** Per module: the names bound to the container class, or to functions whose text has such a name, as a reading tells. */
export class PotentialNames {
  readonly #host: ModuleHost;
  readonly #reading: Reading;
  readonly #known = new Map<SourceModule, ReadonlySet<string>>();

  constructor(host: ModuleHost, reading: Reading) {
    this.#reading = reading;
    this.#host = host;
  }

  in(module: SourceModule): ReadonlySet<string> {
    const known = this.#known.get(module);
    if (known) return known;
    const found = new Set<string>();
    this.#known.set(module, found); // two modules that import each other
    this.#addImports(module, found);
    if (module.name === "megatron.bridge.training.config") found.add("ConfigContainer");
    this.#addLocal(module, found);
    return found;
  }

  #addImports(module: SourceModule, found: Set<string>): void {
    const add = (word: string) => found.add(word);
    for (const one of outlineOf(module).imports) {
      const target = absoluteName(module, one);
      if (one.bound !== null) this.#throughModule(target, one.bound).forEach(add);
      for (const { name, bound } of one.names) {
        if (name === "*") this.#exported(target).forEach(add);
        else this.#throughName(module, target, { name, bound }).forEach(add);
      }
    }
  }

  #throughName(module: SourceModule, target: string, at: { name: string; bound: string }): readonly string[] {
    const { name, bound } = at;
    if (`${target}.${name}` === PATHS.container) return [bound];
    const source = this.#host.find(target);
    if (source && source !== module && this.in(source).has(name)) return [bound];
    const child = this.#host.find(`${target}.${name}`);
    if (child) return this.#reading.throughModule(this.in(child), bound);
    return !source && isRecipePath(target) ? [bound] : [];
  }

  #exported(target: string): ReadonlySet<string> {
    const source = this.#host.find(target);
    return source ? this.in(source) : new Set();
  }

  #throughModule(name: string, bound: string): readonly string[] {
    const source = this.#host.find(name);
    if (source) return this.#reading.throughModule(this.in(source), bound);
    return isRecipePath(name) ? [bound] : [];
  }

  #addLocal(module: SourceModule, found: Set<string>): void {
    if (found.size === 0) return;
    let rest = outlineOf(module)
      .parts()
      .filter(({ names }) => names.length > 0)
      .map(({ names, text }) => ({ names, text: this.#reading.text(text) }));
    // Each round looks for the names that the one before brought.
    for (let added = [...found]; added.length > 0;) {
      const mentions = wordsPattern(new Set(added));
      const reached = rest.filter(({ text }) => mentions.test(text));
      rest = rest.filter((part) => !reached.includes(part));
      added = reached.flatMap(({ names }) => names).filter((name) => !found.has(name));
      for (const name of added) found.add(name);
    }
  }
}

function isRecipePath(module: string): boolean {
  return /^megatron\.bridge\.(diffusion\.)?(recipes|perf_recipes)(\.|$)/.test(module);
}
