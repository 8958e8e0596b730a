// Within a page the browser follows links by itself: it keeps the page and takes the focus along. The
// theme would fetch the page again at the first such link, and a widget would lose what was set.
// A classic script, before the theme's: events of the window reach listeners in their order.

(() => {
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (["reload", "back_forward"].includes(visit?.type)) noteReturn(history.state);
  let shown = location.pathname; // the page in the window
  let isLeaving = false; // another one is on its way: the address is its own already
  addEventListener("DOMContentLoaded", () => /** @type {any} */ (window).document$?.subscribe(() => {
    shown = location.pathname;
    isLeaving = false;
  }));

  // The theme notes the place and the section a moment after scrolling stops, into whatever the address is
  // by then: that of the page that a link has just asked for would lose where the link leads. And with the
  // section it forgets the place.
  const replace = history.replaceState;
  history.replaceState = function (state, ...rest) {
    if (location.pathname !== shown) return;
    replace.call(this, typeof state?.y === "number" ? state : { ...state, x: scrollX, y: scrollY }, ...rest);
  };

  /** @param {URL | Location | HTMLAnchorElement} place */
  const page = ({ origin, pathname }) => origin + pathname;

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
    if (!link || page(link) !== page(location) || link.closest(".md-search")) return;
    const asks = link.search !== "" && link.search !== location.search; // for a state of a widget
    if (asks || link.hash) event.stopPropagation(); // the theme would change the address and show no state
    if (asks || !link.hash) return;
    noteHere();
    if (link.search !== location.search && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault(); // a widget has written its state into the address since: the browser would load the page again
      location.hash = link.hash;
    }
    const drawer = document.getElementById("__drawer"); // a phone's menu, which the theme would close
    if (drawer instanceof HTMLInputElement && drawer.checked) drawer.click();
  }

  /** Keep a step back or forward within the page from the theme. @param {PopStateEvent} event */
  function goBack(event) {
    noteReturn(event.state);
    if (noteLeaving()) return;
    event.stopImmediatePropagation();
    if (event.state) scrollTo({ top: event.state.y ?? 0, behavior: "instant" });
  }

  /** @returns {boolean} Whether another page is on its way, or was until now: then the theme fetches this one again. */
  function noteLeaving() {
    const wasLeaving = isLeaving;
    isLeaving = location.pathname !== shown;
    return isLeaving || wasLeaving;
  }

  addEventListener("click", follow, { capture: true });
  addEventListener("click", noteLeaving); // after the theme has changed the address
  addEventListener("popstate", goBack);
  addEventListener("beforeunload", noteHere);
})();
