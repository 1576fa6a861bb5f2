import { Diff2HtmlUI } from "diff2html/lib-esm/ui/js/diff2html-ui-base.js";
import hljs from "highlight.js/lib/core";
import python from "highlight.js/lib/languages/python";

/** Colours the code of a diff once it comes near the window; all of it for print. */
export function highlightWhenSeen(): void {
  hljs.registerLanguage("python", python);
  hljs.registerLanguage("plaintext", () => ({ contains: [] }));
  const pending = new Set(document.querySelectorAll<HTMLElement>(".hunk"));
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) highlight(target);
    },
    { rootMargin: "600px" },
  );
  function highlight(hunk: Element): void {
    watch.unobserve(hunk);
    if (!(hunk instanceof HTMLElement) || !pending.delete(hunk)) return;
    new Diff2HtmlUI(hunk, undefined, {}, hljs).highlightCode();
  }
  for (const hunk of pending) watch.observe(hunk);
  window.addEventListener("beforeprint", () => [...pending].forEach(highlight));
}
