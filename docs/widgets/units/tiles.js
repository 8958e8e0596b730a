// All units of a layer as buttons: the pointer and the arrow keys choose one.

import { fillTable, tabStop, walk } from "../lib/cells.js";
import { h, setText } from "../lib/dom.js";
import { meanPatch } from "./data.js";
import { drawInk } from "./pictures.js";
import { tilesCaption, tileWords } from "./words.js";

const COLUMNS = 8;

/** @param {string} key @param {(unit: number) => void} onChoose */
export function unitTiles(key, onChoose) {
  const caption = h("div", { class: "cf-caption", id: `${key}-units` });
  const table = h("table", { class: "cf-tiles cf-maps", "aria-labelledby": caption.id });
  /** @type {import("./data.js").Units | null} */
  let drawn = null;
  let [count, chosen] = [0, -1];
  walk(table, (row, column) => {
    const unit = row * COLUMNS + column;
    if (unit !== chosen) onChoose(unit);
  });

  /** @param {import("./state.js").Worked} worked */
  function draw({ state, units }) {
    if (count !== units.count) fillTable(table, units.count / COLUMNS, COLUMNS, tile);
    count = units.count;
    chosen = state.unit;
    setText(caption, tilesCaption(units));
    table.querySelectorAll("button").forEach((button, unit) => {
      button.setAttribute("aria-pressed", String(unit === chosen));
      if (units === drawn) return; // only another one is chosen
      drawInk(/** @type {HTMLCanvasElement} */ (button.firstElementChild), meanPatch(units, unit));
      button.setAttribute("aria-label", tileWords(units, unit));
      setText(button.lastElementChild ?? button, String(unit));
    });
    drawn = units;
    tabStop(table, Math.floor(chosen / COLUMNS), chosen % COLUMNS);
  }
  return { element: h("div", {}, caption, table), draw };
}

function tile() {
  return h("td", {}, h("button", { type: "button" }, h("canvas", { "aria-hidden": "true" }), h("span", { class: "cf-tile-name" })));
}
