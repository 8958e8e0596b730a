// The numbers behind a picture as a plain table, made when it is opened.

import { h } from "./dom.js";

/**
 * @typedef {object} TableData
 * @property {string} caption
 * @property {string[]} columns
 * @property {(string | number)[][]} rows The first cell of a row names it.
 */

/**
 * A disclosure that holds a table; the table follows the widget while it is open.
 *
 * @param {string} summary
 * @param {() => TableData} read
 * @returns {{element: HTMLDetailsElement, update: () => void}}
 */
export function tableView(summary, read) {
  const box = h("div", { class: "cf-scroll" });
  const element = h("details", { class: "cf-data" }, h("summary", {}, summary), box);
  function update() {
    if (!element.open) return;
    const { caption, columns, rows } = read();
    box.replaceChildren(
      h(
        "table",
        { class: "cf-values" },
        h("caption", {}, caption),
        h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...rows.map(tableRow)),
      ),
    );
  }
  element.addEventListener("toggle", update);
  return { element, update };
}

/** @param {(string | number)[]} cells */
function tableRow([name, ...cells]) {
  const values = cells.map((cell) => h("td", {}, String(cell)));
  return h("tr", {}, h("th", { scope: "row" }, String(name)), ...values);
}
