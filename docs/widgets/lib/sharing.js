// What a reader takes away: the same in PyTorch, a link to this very state, a frame for a teacher's page.

import { h, setText } from "./dom.js";
import { keyOf } from "./address.js";

const EMBED = "embed"; // ?embed=KEY shows that widget and nothing else
const SAID = 2500; // ms for which a button says what it did

/**
 * The closing row of a widget: reset, and what can be copied; below it the code.
 *
 * @param {Element} host
 * @param {object} options
 * @param {() => void} options.onReset
 * @param {() => URL} options.address The page's address with the present state in it.
 * @returns {{element: HTMLElement, setCode: (code: string) => void}}
 */
export function sharing(host, { onReset, address }) {
  const code = h("code");
  const status = h("output", { class: "cf-spoken" });
  const details = h(
    "details",
    { class: "cf-data" },
    h("summary", {}, "The same in PyTorch"),
    h("pre", {}, code),
  );
  /** @param {string} label @param {() => string} text */
  const copying = (label, text) => copyButton(label, text, status);
  const element = h(
    "div",
    { class: "cf-sharing" },
    h(
      "div",
      { class: "cf-buttons" },
      h("button", { type: "button", onclick: onReset }, "Reset"),
      copying("Copy PyTorch code", () => code.textContent ?? ""),
      copying("Copy link", () => address().href),
      copying("Copy embed code", () => frame(host, address())),
    ),
    status,
    details,
  );
  return { element, setCode: (text) => setText(code, text) };
}

/** @param {string} label @param {() => string} text @param {HTMLElement} status */
function copyButton(label, text, status) {
  const button = h("button", { type: "button", onclick: copy }, label);
  async function copy() {
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

/** @param {Element} host @param {URL} address @returns {string} */
function frame(host, address) {
  const alone = new URL(address);
  alone.searchParams.set(EMBED, keyOf(host));
  alone.hash = "";
  const quoted = alone.href.replace(/&/g, "&amp;").replace(/"/g, "%22");
  const title = document.title.replace(/[&"<>]/g, " ");
  return `<iframe src="${quoted}" title="${title}" width="100%" height="900" loading="lazy"></iframe>`;
}

/**
 * Hide everything else on the page if the address asks for this widget alone.
 *
 * @param {Element} host
 */
export function isolate(host) {
  if (new URLSearchParams(location.search).get(EMBED) !== keyOf(host)) return;
  document.documentElement.classList.add("cf-embedded");
  for (let part = host; part !== document.body && part.parentElement; part = part.parentElement)
    for (const other of part.parentElement.children)
      if (other !== part) other.setAttribute("data-cf-aside", "");
}
