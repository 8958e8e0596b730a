// Both layers' maps of one network as buttons: the pointer and the arrow keys choose one.

import { fillTable, tabStop, walk } from "../lib/cells.js";
import { h, setText } from "../lib/dom.js";
import { drawOn } from "../lib/map_canvas.js";
import { channelOf } from "../lib/network.js";
import { formatNumber } from "../lib/numbers.js";
import { offOf, shownMaps } from "./state.js";
import { accuracyWords, layerCaption, mapName } from "./words.js";

/** Few maps are drawn larger. @param {number} count */
const columnsFor = (count) => (count > 8 ? 8 : 4);

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Worked} Worked */

/**
 * @param {string} key
 * @param {number} of Which network.
 * @param {(part: Partial<State>) => void} change
 */
export function networkMaps(key, of, change) {
  const [name, measured] = [h("p", { class: "cf-network-name", id: `${key}-network-${of}` }), h("p", { class: "cf-hint" })];
  const layers = [0, 1].map((layer) => layerMaps(`${key}-maps-${of}-${layer}`, of, layer, change));
  const element = h("div", { class: "cf-network", role: "group", "aria-labelledby": name.id }, name, measured, h("div", { class: "cf-layers" }, ...layers.map((layer) => layer.element)));
  /** @param {Worked} worked */
  function draw(worked) {
    element.hidden = of >= worked.networks.length;
    if (element.hidden) return;
    setText(name, worked.networks[of].name);
    setText(measured, accuracyWords(worked.networks[of]));
    layers.forEach((layer) => layer.draw(worked));
  }
  return { element, draw };
}

/** @param {string} id @param {number} of @param {number} layer @param {(part: Partial<State>) => void} change */
function layerMaps(id, of, layer, change) {
  const caption = h("div", { class: "cf-caption", id });
  const table = h("table", { class: "cf-tiles cf-maps", "aria-labelledby": id });
  let [count, columns, chosen] = [0, 1, -1];
  walk(table, (row, column) => {
    const filter = row * columns + column;
    if (filter !== chosen) change({ of, layer, filter, channel: -1 });
  });
  /** @param {Worked} worked */
  function draw({ state, answers, scales }) {
    const maps = shownMaps(answers[of], layer, state.maps);
    if (count !== maps.channels) {
      [count, columns] = [maps.channels, columnsFor(maps.channels)];
      fillTable(table, Math.ceil(count / columns), columns, (row, column) => tile(row * columns + column < count));
    }
    chosen = state.of === of && state.layer === layer ? state.filter : -1;
    setText(caption, layerCaption(layer, maps, state));
    table.querySelectorAll("button").forEach((/** @type {HTMLButtonElement} */ button, /** @type {number} */ filter) => {
      const map = channelOf(maps, filter);
      const off = offOf(state, of)[layer].has(filter);
      drawOn(/** @type {HTMLCanvasElement} */ (button.firstElementChild), map, { scale: scales[layer], signed: true });
      button.setAttribute("aria-label", `${mapName(layer, filter)}${off ? " off" : ""}, largest ${formatNumber(Math.max(...map.data), 2)}`);
      button.setAttribute("aria-pressed", String(filter === chosen));
      button.classList.toggle("cf-off", off);
      setText(button.lastElementChild ?? button, off ? `${filter} off` : String(filter));
    });
    const stop = Math.max(0, chosen);
    tabStop(table, Math.floor(stop / columns), stop % columns);
  }
  return { element: h("div", {}, caption, table), draw };
}

/** @param {boolean} used */
function tile(used) {
  return used ? h("td", {}, h("button", { type: "button" }, h("canvas", { "aria-hidden": "true" }), h("span", { class: "cf-tile-name" }))) : h("td");
}
