// The ledger of claims becomes a table that can be filtered and sorted; without this it is a plain one.

import { readState, writeState } from "../widgets/lib/address.js";
import { announcer } from "../widgets/lib/announce.js";
import { choice, field } from "../widgets/lib/controls.js";
import { h, setText } from "../widgets/lib/dom.js";
import { ALL, AS_TOLD, COLUMNS, matches, ordered, pressed, told } from "./ledger_rows.js";

/** @typedef {import("./ledger_rows.js").Row & {element: HTMLTableRowElement}} Entry */
/** @typedef {import("./ledger_rows.js").Filter & import("./ledger_rows.js").Order} State */
/** @typedef {{body: HTMLTableSectionElement, entries: Entry[], heads: HTMLElement[], fields: Record<"verdict" | "chapter" | "text", HTMLInputElement | HTMLSelectElement>, count: HTMLElement, say: (words: string) => void}} View */

/** @type {State} */
const FIRST = { ...ALL, ...AS_TOLD };

/** Make a ledger that has come onto the page one that can be asked. */
export function mendLedger() {
  /** @type {HTMLTableElement | null} */
  const table = document.querySelector("table.cf-ledger:not([data-cf-ready])");
  if (!table) return;
  table.dataset.cfReady = "";
  let state = asked(table);
  const view = build(table, (change) => {
    state = { ...state, ...change };
    show(table, view, state);
  }, () => state);
  show(table, view, state, { first: true });
  open(table, () => {
    state = { ...state, ...ALL };
    show(table, view, state);
  });
}

/** @param {HTMLTableElement} table @returns {Entry[]} */
function entriesOf(table) {
  return [...table.tBodies[0].rows].map((element) => ({
    element,
    text: `${element.id} ${element.textContent}`,
    sentence: element.querySelector("summary")?.textContent ?? "",
    verdict: element.dataset.verdict ?? "",
    chapter: element.dataset.chapter ?? "",
    margin: parseFloat(element.dataset.margin ?? ""),
  }));
}

/** What the address asks for, as far as there is such a thing. @param {HTMLTableElement} table @returns {State} */
function asked(table) {
  const found = readState(table);
  const entries = entriesOf(table);
  const known = (/** @type {"verdict" | "chapter"} */ name) => {
    const value = found.get(name) ?? "";
    return entries.some((entry) => entry[name] === value) ? value : "";
  };
  const column = COLUMNS.find((name) => name === found.get("by")) ?? FIRST.column;
  const text = (found.get("text") ?? "").slice(0, 100);
  return { verdict: known("verdict"), chapter: known("chapter"), text, column, descending: found.get("down") === "1" };
}

/**
 * Put the controls before the table, and a button into the head of each column.
 *
 * @param {HTMLTableElement} table
 * @param {(change: Partial<State>) => void} change
 * @param {() => State} now
 * @returns {View}
 */
function build(table, change, now) {
  const entries = entriesOf(table);
  const options = (/** @type {"verdict" | "chapter"} */ name) => [...new Set(entries.map((entry) => entry[name]))];
  const verdict = choice("ledger-verdict", "Verdict", [["", "any"], ...options("verdict").map(twice)], (value) => change({ verdict: value }));
  const chapter = choice("ledger-chapter", "Chapter", [["", "any"], ...options("chapter").map(twice)], (value) => change({ chapter: value }));
  const text = h("input", { type: "search", autocomplete: "off", maxlength: 100, oninput: () => change({ text: text.value }) });
  const reset = h("button", { type: "button", onclick: () => change(FIRST) }, "Show all");
  const { region, say } = announcer();
  const count = h("p", { class: "cf-ledger__count" });
  const controls = h("div", { class: "cf-ledger__controls", role: "group", "aria-label": "Choose claims" });
  controls.append(verdict.element, chapter.element, field("ledger-text", "Words", text), reset);
  table.before(controls, count, region);
  const heads = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("th")]);
  heads.forEach((head, index) => {
    const label = head.textContent ?? "";
    const press = () => change(pressed(now(), COLUMNS[index]));
    head.replaceChildren(h("button", { type: "button", onclick: press }, label));
  });
  return { body: table.tBodies[0], entries, heads, fields: { verdict: verdict.control, chapter: chapter.control, text }, count, say };
}

/** @param {string} value @returns {[string, string]} */
const twice = (value) => [value, value];

/**
 * @param {HTMLTableElement} table
 * @param {View} view
 * @param {State} state
 * @param {{first?: boolean}} [options] The first time nothing is said: nobody has asked.
 */
function show(table, { body, entries, heads, fields, count, say }, state, { first = false } = {}) {
  for (const name of /** @type {const} */ (["verdict", "chapter", "text"]))
    if (fields[name].value !== state[name]) fields[name].value = state[name];
  for (const entry of entries) entry.element.hidden = !matches(entry, state);
  const shown = ordered(entries, state);
  if (shown.some(({ element }, index) => body.rows[index] !== element)) body.append(...shown.map(({ element }) => element));
  heads.forEach((head, index) => {
    if (COLUMNS[index] === state.column) head.setAttribute("aria-sort", state.descending ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  });
  const words = told(entries.filter(({ element }) => !element.hidden).length, entries.length, state);
  setText(count, words);
  if (!first) say(words);
  writeState(table, inAddress(state), inAddress(FIRST));
}

/** @param {State} state */
const inAddress = ({ verdict, chapter, text, column, descending }) => ({ verdict, chapter, text, by: column, down: descending ? "1" : "" });

/**
 * Open the entry that the address leads to, now and whenever it leads to another.
 *
 * @param {HTMLTableElement} table
 * @param {() => void} showAll
 */
function open(table, showAll) {
  function follow() {
    if (!table.isConnected) return removeEventListener("hashchange", follow);
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = row && table.contains(row) ? row.querySelector("details") : null;
    if (!row || !details) return;
    if (row.hidden) showAll();
    details.open = true;
    row.scrollIntoView();
  }
  addEventListener("hashchange", follow);
  follow();
}
