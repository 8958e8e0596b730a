// Within a page the browser follows links by itself: it keeps the page and takes the focus along. The
// theme would fetch the page again at the first such link, and a widget would lose what was set.

let shown = location.pathname;

/** A page has been shown. */
export function noteShown() {
  shown = location.pathname;
}

/** @param {HTMLAnchorElement} link */
const leadsWithinThePage = (link) =>
  link.hash && link.origin + link.pathname + link.search === location.origin + location.pathname + location.search;

/** Keep a click on such a link from the theme. @param {MouseEvent} event */
function follow(event) {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  if (!link || !leadsWithinThePage(link)) return;
  event.stopPropagation();
  const drawer = document.getElementById("__drawer"); // a phone's menu, which the theme would close
  if (drawer?.checked) drawer.click();
}

/** Keep a step back or forward within the page from the theme. @param {PopStateEvent} event */
function goBack(event) {
  if (location.pathname !== shown) return;
  event.stopImmediatePropagation();
  if (event.state) scrollTo(0, event.state.y ?? 0); // the theme notes where a reader was
}

document.addEventListener("click", follow, { capture: true });
window.addEventListener("popstate", goBack, { capture: true });
