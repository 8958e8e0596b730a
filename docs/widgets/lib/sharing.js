// What a reader takes away: the same in PyTorch, a link to this very state, a frame for a teacher's page.

import { h, setText } from "./dom.js";
import { keyOf } from "./address.js";

const EMBED = "embed"; // ?embed=KEY shows that widget and nothing else
const SERVED = 8000; // characters of an address that servers commonly take
const SAID = 2500; // ms for which a button says what it did
const ROOM = 100; // px in a frame for the line that says where it is from, and for a word that wraps
const LICENCE = "https://creativecommons.org/licenses/by/4.0/";

/**
 * The closing row of a widget: reset, and what can be copied; below it the code.
 *
 * @param {Element} host
 * @param {object} options
 * @param {() => void} options.onReset
 * @param {() => URL} options.address The page's address with the present state in it.
 * @param {() => string} [options.problem] Why a link would not open what is shown; empty if it does.
 * @param {string} [options.allow] What a frame must grant for the widget to work: `camera`.
 * @returns {{element: HTMLElement, setCode: (code: string) => void}}
 */
export function sharing(host, { onReset, address, problem = () => "", allow = "" }) {
  const code = h("code");
  const status = h("output", { class: "cf-spoken" });
  const warning = h("p", { class: "cf-error", hidden: true }); // `status` says it, too
  const details = h(
    "details",
    { class: "cf-data" },
    h("summary", {}, "The same in PyTorch"),
    h("pre", {}, code),
  );
  /** @param {string} label @param {() => string} text */
  const copying = (label, text) => copyButton(label, text, status);
  /** @param {string} label @param {() => string} text */
  const linking = (label, text) =>
    copyButton(label, text, status, () => {
      const why = problem();
      const said = why || tooLong(address());
      warning.hidden = said === "";
      setText(warning, said);
      status.textContent = said;
      return why;
    });
  const element = h(
    "div",
    { class: "cf-sharing" },
    h(
      "div",
      { class: "cf-buttons" },
      h("button", { type: "button", onclick: onReset }, "Reset"),
      copying("Copy PyTorch code", () => code.textContent ?? ""),
      linking("Copy link", () => whole(address()).href),
      linking("Copy embed code", () => frame(host, address(), allow)),
    ),
    status,
    warning,
    details,
  );
  return { element, setCode: (text) => setText(code, text) };
}

/** @param {URL} address @returns {string} */
function tooLong({ href }) {
  return href.length > SERVED ? `The link has ${href.length.toLocaleString("en")} characters. Some servers and mail programs cut links after ${SERVED.toLocaleString("en")}.` : "";
}

/** @param {string} label @param {() => string} text @param {HTMLElement} status @param {() => string} [refusal] Why it can't be copied. */
function copyButton(label, text, status, refusal = () => "") {
  const button = h("button", { type: "button", onclick: copy }, label);
  async function copy() {
    if (refusal()) return;
    const done = await written(text());
    setText(button, done ? "Copied" : "Copy was refused");
    status.textContent = done ? `${label}: copied.` : "The browser refused to copy.";
    setTimeout(() => setText(button, label), SAID);
  }
  return button;
}

/** @param {string} text @returns {Promise<boolean>} */
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or not a secure context
  }
}

/** The page with everything on it. @param {URL} address @returns {URL} */
function whole(address) {
  const page = new URL(address);
  page.searchParams.delete(EMBED);
  return page;
}

/**
 * One line of HTML for another page; as high as the widget is now.
 *
 * @param {Element} host
 * @param {URL} address
 * @param {string} allow
 * @returns {string}
 */
function frame(host, address, allow) {
  const alone = new URL(address);
  alone.searchParams.set(EMBED, keyOf(host));
  alone.hash = "";
  const source = alone.href.replace(/&/g, "&amp;").replace(/"/g, "%22");
  const title = document.title.replace(/[&"<>]/g, " ");
  const height = Math.ceil((host.getBoundingClientRect().height + ROOM) / 10) * 10;
  const granted = [allow, "clipboard-write"].filter(Boolean).join("; ");
  return `<iframe src="${source}" title="${title}" width="100%" height="${height}" style="border: 0" loading="lazy" allow="${granted}"></iframe>`;
}

/**
 * Hide everything else on the page if the address asks for this widget alone, and say where it is from.
 *
 * @param {Element} host
 * @returns {boolean} Whether it does.
 */
export function isolate(host) {
  if (new URLSearchParams(location.search).get(EMBED) !== keyOf(host)) return false;
  document.documentElement.classList.add("cf-embedded");
  for (let part = host; part !== document.body && part.parentElement; part = part.parentElement)
    for (const other of part.parentElement.children)
      if (other !== part) other.setAttribute("data-cf-aside", "");
  host.append(origin(host));
  return true;
}

/** A link to the page that a frame is from, and its licence; both open outside of the frame. @param {Element} host */
function origin(host) {
  const outside = { target: "_blank", rel: "noopener" };
  const page = h("a", { href: here(host), onfocus: renew, onpointerdown: renew, ...outside }, document.title);
  function renew() {
    page.href = here(host); // with the state that it has by now
  }
  return h("p", { class: "cf-from" }, "From ", page, ", ", h("a", { href: LICENCE, ...outside }, "CC BY 4.0"));
}

/** @param {Element} host @returns {string} */
function here(host) {
  const page = whole(new URL(location.href));
  page.hash = host.id;
  return page.href;
}
