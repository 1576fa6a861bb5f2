import type { Filter } from "./filter.ts";
import type { MatrixView } from "./matrix.ts";

/** Leads to what the address names, though it be filtered out, folded, or a row that is not drawn. */
export function followFragments({ matrix, filter }: { matrix: MatrixView; filter: Filter }): void {
  function follow(): void {
    const id = decoded(location.hash.slice(1));
    if (id === "") return;
    if (id.startsWith("recipe/")) {
      if (!matrix.reveal(id)) {
        filter.clear();
        matrix.reveal(id);
      }
      document.getElementById("scroller")?.scrollIntoView({ block: "nearest" });
      return;
    }
    const target = document.getElementById(id);
    if (!target) return;
    if (target.closest("[hidden]")) filter.clear();
    const fold = target.closest("details");
    if (fold) fold.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", follow);
  // A link to the place where one is already makes no change of the address.
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    if (link?.hash !== undefined && link.hash !== "" && link.hash === location.hash) follow();
  });
  follow();
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
