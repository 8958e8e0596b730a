// What the networks see of the paper: the prepared digit, or the raw drawing.

import { choice } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { drawOn } from "../lib/map_canvas.js";
import { SIDE } from "../lib/network.js";
import { seenWords } from "./words.js";

/** @typedef {import("./state.js").State} State */

/** @param {string} key @param {(part: Partial<State>) => void} change */
export function seenPart(key, change) {
  const way = choice(`${key}-seen`, "What the network sees", [["prepared", "prepared as MNIST was"], ["drawn", "as drawn"]], (seen) => change({ seen }));
  const canvas = h("canvas", { role: "img" });
  const words = h("p", { class: "cf-hint" });
  /** @param {import("./state.js").Worked} worked */
  function draw(worked) {
    drawOn(canvas, { data: worked.ink.map((value) => 1 - value), channels: 1, height: SIDE, width: SIDE }, { signed: false });
    way.control.value = worked.state.seen;
    setText(words, seenWords(worked));
    canvas.setAttribute("aria-label", `Input of ${SIDE} × ${SIDE} pixels. ${seenWords(worked)}`);
  }
  return { element: h("div", { class: "cf-seen" }, way.element, canvas, words), draw };
}
