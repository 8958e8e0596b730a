// What every page needs of a script: widgets where they stand, names for what the theme's scripts
// leave unnamed, and a tab stop for whatever overflows, only while it does.

import { mendMenu } from "./menu.js";

const WIDGETS = new URL("../widgets/", import.meta.url);
const SCROLLERS = ".md-typeset pre > code, pre.cf-stream, .md-typeset__scrollwrap, .cf-scroll, .cf-board, .cf-math";

/** Define a custom element from `widgets/<tag>.js`, once it is about to be seen. */
const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) {
        nearby.unobserve(target);
        import(new URL(`${target.localName}.js`, WIDGETS));
      }
  },
  { rootMargin: "25%" },
);

function loadWidgets() {
  const alone = new URLSearchParams(location.search).has("embed"); // shown at the top, wherever it stands
  for (const element of document.querySelectorAll(":not(:defined)"))
    if (alone) import(new URL(`${element.localName}.js`, WIDGETS));
    else nearby.observe(element);
}

/** @param {Element} element @returns {string} */
function kind(element) {
  if (element.matches(".cf-math")) return "Formula";
  if (element.querySelector("table")) return "Table";
  return element.matches(".cf-output *, .cf-stream") ? "Output" : "Code";
}

/** Make a box focusable, with a name, while its content is wider or higher than it is. */
function mark(element) {
  const overflows =
    element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
  if (overflows === "cfScroll" in element.dataset) return;
  if (overflows) {
    element.dataset.cfScroll = "";
    element.tabIndex = 0;
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", `${kind(element)}, scrollable`);
  } else {
    delete element.dataset.cfScroll;
    for (const name of ["tabindex", "role", "aria-label"]) element.removeAttribute(name);
  }
}

const sizes = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));

/** Name and watch what has been added to the page since the last call. */
function mend() {
  mendMenu();
  document
    .querySelectorAll("nav.md-code__nav")
    .forEach((nav, index) => nav.setAttribute("aria-label", `Code ${index + 1}`));
  for (const element of document.querySelectorAll(SCROLLERS)) {
    mark(element); // its content may have grown while its own size stayed
    sizes.observe(element);
  }
}

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    mend();
  });
}).observe(document.body, { childList: true, subtree: true });

/* Within a page the browser follows links by itself: it keeps the page and takes the focus along. The
   theme would fetch the page again at the first such link, and a widget would lose what was set. */

let shown = location.pathname;

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

/** A page has been shown: the first one, or one that instant navigation put in its place. */
function show() {
  shown = location.pathname;
  sizes.disconnect();
  nearby.disconnect();
  loadWidgets();
  mend();
}

if (window.document$) window.document$.subscribe(show);
else show();
