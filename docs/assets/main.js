// What every page needs of a script: widgets where they stand, names for what the theme's scripts
// leave unnamed, a tab stop for whatever overflows, only while it does, and a test's answers on paper.

import { noteDestination } from "../widgets/lib/place.js";
import { loadWidgets } from "../widgets/lib/widget.js";
import { watchContents } from "./contents.js";
import { mendMenu } from "./menu.js";

const SCROLLERS = ".md-typeset pre > code, pre.cf-stream, .md-typeset__scrollwrap, .cf-scroll, .cf-board, .cf-math";

/** @param {Element} element @returns {string} */
function kind(element) {
  if (element.matches(".cf-math")) return "Formula";
  if (element.querySelector("table")) return "Table";
  return element.matches(".cf-output *, .cf-stream") ? "Output" : "Code";
}

/**
 * Whether a box can be scrolled, be it by one pixel: Chromium lets Tab stop there, with or without a name.
 * @param {HTMLElement} element
 */
function scrolls(element) {
  const { overflowX, overflowY } = getComputedStyle(element);
  return (
    (element.scrollWidth > element.clientWidth && overflowX !== "hidden") ||
    (element.scrollHeight > element.clientHeight && overflowY !== "hidden")
  );
}

/** Make a box focusable, with a name, while its content is wider or higher than it is. @param {HTMLElement} element */
function mark(element) {
  const overflows = scrolls(element);
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

const sizes = new ResizeObserver((entries) => entries.forEach((entry) => mark(/** @type {HTMLElement} */ (entry.target))));

/** The ledger's own script, on its page alone. */
async function loadLedger() {
  if (!document.querySelector("table.cf-ledger:not([data-cf-ready])")) return;
  const { mendLedger } = await import("./ledger.js");
  mendLedger();
}

/** Name and watch what has been added to the page since the last call. */
function mend() {
  mendMenu();
  loadLedger();
  loadWidgets();
  document
    .querySelectorAll("nav.md-code__nav")
    .forEach((nav, index) => nav.setAttribute("aria-label", `Code ${index + 1}`));
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(SCROLLERS))) {
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

// The theme opens everything before it prints. The answers of a test that a reader left closed are
// not printed (assets/print.css), so that there is a sheet of questions; afterwards they are closed again.
addEventListener(
  "beforeprint",
  () => {
    for (const answer of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.answer")))
      answer.classList.toggle("cf-closed", !answer.open);
  },
  { capture: true }, // before the theme
);
addEventListener("afterprint", () => {
  for (const answer of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.cf-closed"))) {
    answer.classList.remove("cf-closed");
    answer.open = false;
  }
});

watchContents();

/** A page has been shown: the first one, or one that instant navigation put in its place. */
function show() {
  sizes.disconnect();
  noteDestination();
  mend();
}

const { document$ } = /** @type {any} */ (window); // the theme's
if (document$) document$.subscribe(show);
else show();
