import type { Matrix, Row } from "./data.ts";
import { element } from "./element.ts";

/** Tells all about one recipe below the matrix. */
export function showDetail(row: Row, { knobs, columns }: Matrix): void {
  const place = document.getElementById("detail");
  if (!place) return;
  const close = element("button", { type: "button" }, "Close");
  close.addEventListener("click", () => {
    place.hidden = true;
    document.getElementById(row.id)?.querySelector("a")?.focus();
  });
  const head = ["knob", ...columns, "decided by"].map((title) => element("th", { scope: "col" }, title));
  // What differs first; Chromium sorts stably, so that the rest stays in order.
  const cells = [...row.cells()].sort((a, b) => Number(b.differs) - Number(a.differs));
  const rows = cells.map((cell) => {
    const { knob, before, after, decidedBy, differs, unseen } = cell;
    const why = `${decidedBy ?? ""}${unseen ? " (not in the diff of its own file)" : ""}`;
    return element(
      "tr",
      { class: differs ? "differs" : "plain" },
      element("th", { scope: "row" }, knobs[knob] ?? ""),
      element("td", {}, before),
      element("td", {}, differs ? element("b", {}, after) : after),
      element("td", {}, why),
    );
  });
  place.replaceChildren(
    element("h3", {}, element("a", { href: `#${row.id}` }, row.name)),
    element("p", {}, row.note),
    element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows)),
    close,
  );
  place.hidden = false;
}
