// A picture with a cursor in it, for the pointer and for the arrow keys.

import { h } from "./dom.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @typedef {[row: number, column: number]} Place */
/** @typedef {"start" | "drag" | "move"} Way The pointer touched down, the pointer moved while down, or a key moved. */

/**
 * @param {object} options
 * @param {string} options.id
 * @param {string} options.hint How to use it; said to screen readers with the label.
 * @param {(place: Place, way: Way, event: Event) => void} options.onPoint
 * @param {(event: KeyboardEvent, place: Place) => boolean} [options.onKey] Whether it used another key.
 */
export function pointedCanvas({ id, hint, onPoint, onKey = () => false }) {
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { "aria-hidden": "true" }));
  const ring = h("span", { class: "cf-ring" });
  // an application, so that a screen reader passes the arrow keys on
  const frame = h("div", { class: "cf-pointed", id, role: "application", tabindex: 0, "aria-describedby": `${id}-hint` }, canvas, ring);
  const element = h("div", {}, frame, h("p", { class: "cf-hint", id: `${id}-hint` }, hint));
  /** @type {Place} */
  let cursor = [0, 0];

  /** @param {PointerEvent} event @returns {Place} */
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    const along = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ count) =>
      Math.max(0, Math.min(count - 1, Math.floor((at / size) * count)));
    return [along(event.clientY - box.top, box.height, canvas.height), along(event.clientX - box.left, box.width, canvas.width)];
  };
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    frame.setPointerCapture(event.pointerId);
    onPoint(placeOf(event), "start", event);
  });
  frame.addEventListener("pointermove", (event) => {
    if (frame.hasPointerCapture(event.pointerId)) onPoint(placeOf(event), "drag", event);
  });
  frame.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = Object.hasOwn(STEPS, event.key) ? STEPS[/** @type {keyof typeof STEPS} */ (event.key)] : null;
    if (!step && !onKey(event, cursor)) return;
    event.preventDefault();
    if (step) onPoint(inside(cursor[0] + step[0], cursor[1] + step[1]), "move", event);
  });

  /** @param {number} row @param {number} column @returns {Place} */
  function inside(row, column) {
    return [Math.max(0, Math.min(canvas.height - 1, row)), Math.max(0, Math.min(canvas.width - 1, column))];
  }
  /** Ring some cells. @param {number} row @param {number} column @param {number} [side] */
  function mark(row, column, side = 1) {
    cursor = [row, column];
    const share = (/** @type {number} */ part, /** @type {number} */ of) => `${(100 * part) / of}%`;
    Object.assign(ring.style, {
      top: share(row, canvas.height), left: share(column, canvas.width),
      height: share(side, canvas.height), width: share(side, canvas.width),
    });
  }
  /** @param {string} words */
  function name(words) {
    if (frame.getAttribute("aria-label") !== words) frame.setAttribute("aria-label", words);
  }
  return { element, frame, canvas, mark, name, cursor: () => cursor };
}
