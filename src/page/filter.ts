import type { MatrixView } from "./matrix.ts";

export interface Filter {
  clear(): void;
}

const ITEMS = "details.file, ul.findings > li";

/** Shows what holds every word that was typed: recipes, files, findings. */
export function startFilter(matrix: MatrixView): Filter {
  const input = document.getElementById("filter");
  const output = document.getElementById("found");
  if (!(input instanceof HTMLInputElement) || !output) return { clear: () => undefined };
  const items = [...document.querySelectorAll<HTMLElement>(ITEMS)];
  const texts = new Map<HTMLElement, string>();
  function textOf(item: HTMLElement): string {
    const text = texts.get(item) ?? item.textContent.toLowerCase();
    texts.set(item, text);
    return text;
  }
  function apply(): void {
    const words = input instanceof HTMLInputElement ? input.value.toLowerCase().split(/\s+/) : [];
    const passes = (text: string) => words.every((word) => text.includes(word));
    const recipes = matrix.filter(passes);
    let found = 0;
    for (const item of items) {
      const isShown = passes(textOf(item));
      if (item.hidden === isShown) item.hidden = !isShown;
      if (isShown) found += 1;
    }
    if (!output) return;
    output.textContent = words.every((word) => word === "")
      ? ""
      : `${recipes} of ${matrix.count} recipes, ${found} of ${items.length} files and findings`;
  }
  input.addEventListener("input", apply);
  input.form?.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  return {
    clear: () => {
      if (input.value === "") return;
      input.value = "";
      apply();
    },
  };
}
