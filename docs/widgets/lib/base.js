/* How to build a widget
 *
 * Three kinds of files, plain ES modules, no dependency, light DOM:
 *   docs/widgets/<tag>.js        two lines: import the class, customElements.define("<tag>", Class)
 *   docs/widgets/<name>/*.js     the class (element.js), its view, its state and words (no DOM)
 *   docs/widgets/lib/*.js        what widgets share; the arithmetic (convolution.js, …) knows no DOM
 * docs/assets/main.js imports <tag>.js on pages where the tag stands. A chapter writes
 *   <my-widget id="name">
 *   <!-- figure: what-it-shows -->
 *   </my-widget>
 * The figure is what a reader without JavaScript sees; `mount` puts it away once the widget works.
 *
 *   class MyWidget extends HTMLElement {
 *     connectedCallback() { mount(this, (body) => start(this, body)); }
 *   }
 *
 * The pieces, each described in its file:
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

import { isolate } from "./sharing.js";
import { h } from "./dom.js";

/**
 * Build a widget inside its element, once; if that fails, the static figure stays and says so.
 *
 * @param {HTMLElement} host
 * @param {(body: HTMLElement) => void | Promise<void>} build
 */
export async function mount(host, build) {
  if (host.dataset.cfMounted !== undefined) return; // it was moved
  host.dataset.cfMounted = "";
  const still = h("div", { class: "cf-still" });
  const body = h("div", { class: "cf-body", hidden: true });
  still.append(...host.childNodes);
  host.classList.add("cf-widget");
  host.append(body, still);
  isolate(host);
  try {
    await build(body);
    body.hidden = false;
    host.dataset.cfMounted = "ready"; // tests wait for it
    still.setAttribute("hidden", "until-found"); // a link to the figure, or a search, still shows it
  } catch (error) {
    body.remove();
    host.append(h("p", { class: "cf-error" }, `This could not be made interactive (${error}).`));
    console.error(error);
  }
}

/**
 * Read JSON that the build wrote to widgets/data/.
 *
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function loadData(name) {
  const answer = await fetch(new URL(`../data/${name}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`${name}.json: ${answer.status} ${answer.statusText}`);
  return answer.json();
}
