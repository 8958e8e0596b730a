// Within a page the browser follows links by itself: it keeps the page and takes the focus along. The
// theme would fetch the page again at the first such link, and a widget would lose what was set.
// A classic script, before the theme's: events of the window reach listeners in their order.

(() => {
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (["reload", "back_forward"].includes(visit?.type)) noteReturn(history.state);
  let shown = location.pathname;
  addEventListener("DOMContentLoaded", () => /** @type {any} */ (window).document$?.subscribe(() => (shown = location.pathname)));

  /** @param {URL | Location | HTMLAnchorElement} place */
  const page = ({ origin, pathname, search }) => origin + pathname + search;

  /** Note where a reader leaves: the theme forgets it when it writes the section into the address. */
  const noteHere = () => history.replaceState({ x: scrollX, y: scrollY }, "");

  /** Note where a reader returns to, before the theme notes it anew (widgets/lib/place.js). @param {{y: number} | null} state */
  function noteReturn(state) {
    if (typeof state?.y === "number") document.documentElement.dataset.cfReturned = String(state.y);
  }

  /** Keep a click on a link within the page from the theme. @param {MouseEvent} event */
  function follow(event) {
    delete document.documentElement.dataset.cfReturned;
    /** @type {HTMLAnchorElement | null} */
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || !link.hash || page(link) !== page(location)) return;
    event.stopPropagation();
    noteHere();
    const drawer = document.getElementById("__drawer"); // a phone's menu, which the theme would close
    if (drawer instanceof HTMLInputElement && drawer.checked) drawer.click();
  }

  /** Keep a step back or forward within the page from the theme. @param {PopStateEvent} event */
  function goBack(event) {
    noteReturn(event.state);
    if (location.pathname !== shown) return;
    event.stopImmediatePropagation();
    if (event.state) scrollTo({ top: event.state.y ?? 0, behavior: "instant" });
  }

  addEventListener("click", follow, { capture: true });
  addEventListener("popstate", goBack);
  addEventListener("beforeunload", noteHere);
})();
