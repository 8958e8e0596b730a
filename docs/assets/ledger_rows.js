// Which claims of the ledger are shown, and in which order. Knows no DOM.

/**
 * @typedef {object} Row
 * @property {string} text All words of the entry, as matched against what a reader types.
 * @property {string} sentence
 * @property {string} verdict
 * @property {string} chapter Its number.
 * @property {number} margin How many times what a verdict needs; NaN for a count, which needs none.
 */
/** @typedef {{verdict: string, chapter: string, text: string}} Filter An empty string asks for nothing. */
/** @typedef {"sentence" | "verdict" | "margin" | "chapter"} Column */
/** @typedef {{column: Column, descending: boolean}} Order */

/** @type {Filter} */
export const ALL = { verdict: "", chapter: "", text: "" };
/** @type {Order} As the site tells them. */
export const AS_TOLD = { column: "chapter", descending: false };
/** @type {Column[]} */
export const COLUMNS = ["sentence", "verdict", "margin", "chapter"];
const VERDICTS = ["supported", "undecided", "refuted"];

/** @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Whether an entry has the verdict and the chapter, and every word that was typed.
 *
 * @param {Row} row
 * @param {Filter} filter
 */
export function matches(row, { verdict, chapter, text }) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  const all = plain(row.text);
  return (!verdict || row.verdict === verdict) && (!chapter || row.chapter === chapter) && words.every((word) => all.includes(word));
}

/** @type {Record<Column, (one: Row, other: Row) => number>} */
const COMPARED = {
  sentence: (one, other) => one.sentence.localeCompare(other.sentence, "en"),
  verdict: (one, other) => VERDICTS.indexOf(one.verdict) - VERDICTS.indexOf(other.verdict),
  margin: (one, other) => one.margin - other.margin,
  chapter: (one, other) => Number(one.chapter) - Number(other.chapter),
};

/**
 * The entries in order, those that are alike as they were; counts come last in an order of margins.
 *
 * @template {Row} Entry
 * @param {Entry[]} rows As the page has them.
 * @param {Order} order
 * @returns {Entry[]}
 */
export function ordered(rows, { column, descending }) {
  const side = descending ? -1 : 1;
  const last = (/** @type {Row} */ row) => (column === "margin" && Number.isNaN(row.margin) ? 1 : 0);
  return [...rows].sort((one, other) => last(one) - last(other) || (last(one) ? 0 : side * COMPARED[column](one, other)));
}

/**
 * The order after a column's button was pressed: the other way round if it is sorted by that already.
 *
 * @param {Order} order
 * @param {Column} column
 * @returns {Order}
 */
export function pressed(order, column) {
  return column === order.column ? { column, descending: !order.descending } : { column, descending: column === "margin" };
}

/** @type {Record<Column, [rising: string, falling: string]>} */
const WAYS = {
  sentence: ["from A to Z", "from Z to A"],
  verdict: ["supported first", "refuted first"],
  margin: ["closest first", "clearest first"],
  chapter: ["first chapter first", "last chapter first"],
};

/**
 * What is shown, in words.
 *
 * @param {number} shown
 * @param {number} all
 * @param {Order} order
 */
export function told(shown, all, { column, descending }) {
  const few = shown === all ? `All ${all} claims` : `${shown} of ${all} claims`;
  return `${few}, by ${column}, ${WAYS[column][Number(descending)]}.`;
}
