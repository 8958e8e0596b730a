/* How to build a widget
 *
 * Three kinds of files, plain ES modules, no dependency, light DOM:
 *   docs/widgets/<tag>.js        two lines: import the class, customElements.define("<tag>", Class)
 *   docs/widgets/<name>/*.js     the class (element.js), its view, its state and words (no DOM)
 *   docs/widgets/lib/*.js        what widgets share; the arithmetic (convolution.js, …) knows no DOM
 * The build puts into <tag>.js all that it imports (scripts/pages/javascript.py): a reader fetches
 * one file, and a reader of the code finds many small ones. A chapter writes
 *   <my-widget id="name">
 *   <!-- figure: what-it-shows -->
 *   </my-widget>
 * The figure is what a reader sees without JavaScript, and until the widget works. This file, which
 * every page runs, fetches <tag>.js once the widget is about to be seen or has been passed, lets it
 * build itself, shows it in the figure's place, and says what could not be done.
 *
 *   class MyWidget extends HTMLElement {
 *     async build(body) {                              // may wait for data, may fail
 *       const { complaint, refused, … } = boot(this, FIRST, withSettings);
 *       body.append(…);                                // not shown before all is there
 *       return { complaint, refused };
 *     }
 *   }
 *
 * The pieces, each described in its file:
 *   boot.js      what the page's author and the address ask for, and what of it is refused
 *   data.js      loadData("digits"): JSON that the build wrote
 *   dom.js       h("label", {for: id}, "Stride"): elements; a text is never parsed as markup
 *   address.js   keyOf(host) is the prefix of ids and of the address; readState, writeState
 *   numbers.js   parseNumber throws a Refusal that says what to type; formatNumber for people
 *   controls.js  slider, whole, choice, check: native, with labels; Complaint shows refusals
 *   cells.js     tables of numbered cells; walk(table) gives them the arrow keys and one tab stop
 *   kernels.js, kernel_editor.js   kernels by name, size or cell; `adjusted`, code for PyTorch
 *   convolution.js  crossCorrelate, outputSize, termsOf: one number taken apart
 *   colours.js   the figures' signed scale and the colour of text that can be read on it
 *   player.js    first, back, play, next, last and a slider over steps
 *   announce.js  say(words): to a screen reader, once things are at rest
 *   table.js     tableView: the numbers as a plain table
 *   sharing.js   reset, copy as PyTorch, link, embed
 *
 * A widget keeps one plain state object. A control changes it and calls one `render`, which writes
 * pictures, words, code and address from it; nothing else writes to the page. `render` is cheap
 * enough to call at every event. Check in the browser: keyboard alone, 320 px, light and dark,
 * two on one page, nonsense in every field and in the address, no JavaScript.
 */

import { h } from "./dom.js";
import { isWanted, keepPlace } from "./place.js";
import { isolate } from "./sharing.js";

/** @typedef {{refused: string[], complaint: {say: (about: null, words: string) => void}}} Built */
/** @typedef {HTMLElement & {build: (body: HTMLElement) => Built | Promise<Built>}} Widget */

const FOLDER = new URL("../", import.meta.url);
const NAMES = document.querySelector("meta[name=cf-widgets]")?.getAttribute("content") ?? "";
const TAGS = NAMES.split(" ").filter(Boolean); // the site's own: browser extensions have elements, too
const NEAR = "1000000px 0px 25%"; // all that lies above the window, and a quarter of a window below it

const LOADING = "The interactive version is loading.";
const FAILED = "The interactive version did not load.";
const OFFLINE = "The interactive version loads when you are online.";
const REFUSED = "Not everything that was asked for can be shown.";

/** @type {Map<string, number>} How often a tag's script did not come: a browser may ask only once for one address. */
const failures = new Map();

const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) load(/** @type {Widget} */ (target));
  },
  { rootMargin: NEAR },
);

/** Load the widgets that have come onto the page since the last call, each once it is near. */
export function loadWidgets() {
  /** @type {NodeListOf<Widget>} */
  const hosts = document.querySelectorAll(TAGS.map((tag) => `${tag}:not([data-cf-mounted])`).join() || "no-widget");
  for (const host of hosts) {
    host.dataset.cfMounted = "waiting";
    host.append(h("p", { class: "cf-loading" }, h("span", { role: "status" })));
    if (isolate(host)) load(host); // it stands alone in a frame, at the top
    else nearby.observe(host);
  }
}

/**
 * Fetch a widget's script, let it build itself, and show it, or say that it could not be done.
 *
 * @param {Widget} host
 */
async function load(host) {
  if (host.dataset.cfMounted === "loading") return; // its button was pressed twice
  nearby.unobserve(host);
  const body = h("div", { class: "cf-body", hidden: true });
  setProgress(host, "loading", LOADING);
  try {
    if (!customElements.get(host.localName)) await fetchScript(host.localName);
    host.append(body);
    const { refused, complaint } = await host.build(body);
    if (!host.isConnected) return; // another page is shown
    keepPlace(host, () => show(host, body));
    if (refused.length) complaint.say(null, [REFUSED, ...refused].join(" "));
  } catch (error) {
    console.error(error);
    body.remove();
    keepPlace(host, () => fail(host));
  }
}

/** @param {string} tag */
async function fetchScript(tag) {
  const address = new URL(`${tag}.js`, FOLDER);
  const failed = failures.get(tag) ?? 0;
  if (failed) address.searchParams.set("again", String(failed));
  try {
    await import(address.href); // eslint-disable-line no-unsanitized/method -- the tag is one of TAGS
  } catch (error) {
    failures.set(tag, failed + 1);
    throw error;
  }
}

/** Put a widget that works in the place of its figure. @param {Widget} host @param {HTMLElement} body */
function show(host, body) {
  const line = host.querySelector(":scope > .cf-loading");
  const isAwaited = line?.contains(document.activeElement); // by whoever pressed its button
  const still = h("div", { class: "cf-still" });
  const figure = [...host.childNodes].filter((child) => child !== body && child !== line && !isFrom(child));
  const stays = figure.some((child) => child instanceof Element && isWanted(child));
  still.append(...figure);
  line?.remove();
  host.prepend(body, still);
  host.classList.add("cf-widget");
  body.hidden = false;
  if (!stays) still.setAttribute("hidden", "until-found"); // a link to the figure, or a search, still shows it
  if (isAwaited) takeFocus(body);
  setProgress(host, "ready");
}

/** Whether it says where a frame is from. @param {Node} child */
const isFrom = (child) => child instanceof Element && child.matches(".cf-from");

/** @param {HTMLElement} body */
function takeFocus(body) {
  body.tabIndex = -1;
  body.focus({ preventScroll: true });
}

/** Say that a widget did not load, and load it at a button, or when the browser is online again. @param {Widget} host */
function fail(host) {
  setProgress(host, "failed", navigator.onLine ? FAILED : OFFLINE);
  const line = host.querySelector(":scope > .cf-loading");
  if (!line?.querySelector("button")) line?.append(" ", h("button", { type: "button", onclick: () => load(host) }, "Try again"));
}

addEventListener("online", () => {
  for (const host of document.querySelectorAll("[data-cf-mounted=failed]")) load(/** @type {Widget} */ (host));
});

/**
 * @param {Widget} host
 * @param {"loading" | "failed" | "ready"} progress Tests wait for `ready`.
 * @param {string} [words] What its line says.
 */
function setProgress(host, progress, words = "") {
  host.dataset.cfMounted = progress;
  if (progress === "loading") host.setAttribute("aria-busy", "true");
  else host.removeAttribute("aria-busy");
  host.querySelector(":scope > .cf-loading > span")?.replaceChildren(words);
}
