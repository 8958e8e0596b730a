// The playground's two pictures, equally large, with a ring around the window that is read.

import { drawMap } from "../lib/greys.js";
import { h, setText } from "../lib/dom.js";

/** @typedef {import("../lib/convolution.js").Stack} Stack */
/** @typedef {import("./state.js").Worked} Worked */

/**
 * A picture that can be pointed at.
 *
 * @param {(row: number, column: number) => void} onPoint
 */
export function picture(onPoint) {
  const caption = h("figcaption");
  const canvas = h("canvas", { role: "img" });
  const ring = h("span", { class: "cf-ring" });
  const frame = h("div", { class: "cf-picture" }, canvas, ring);
  const element = h("figure", { class: "cf-pane" }, caption, frame);
  /** @param {PointerEvent} event */
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    onPoint(
      pixelAt(event.clientY - box.top, box.height, canvas.height),
      pixelAt(event.clientX - box.left, box.width, canvas.width),
    );
  };
  follow(frame, point);

  /** @param {number} width @param {number} height */
  function size(width, height) {
    if (canvas.width === width && canvas.height === height) return;
    Object.assign(canvas, { width, height });
    frame.style.aspectRatio = `${width} / ${height}`;
  }
  /** @param {Worked} worked @param {number} side Pixels of the ring. */
  function mark({ row, column, top, left }, side) {
    const percent = (/** @type {number} */ part, /** @type {number} */ of) =>
      `${(100 * part) / of}%`;
    const whole = side > 1;
    Object.assign(ring.style, {
      left: percent(column - (whole ? left : 0), canvas.width),
      top: percent(row - (whole ? top : 0), canvas.height),
      width: percent(side, canvas.width),
      height: percent(side, canvas.height),
    });
  }
  /** @param {Stack} map @param {Parameters<typeof drawMap>[3]} how */
  function draw(map, how) {
    const context = canvas.getContext("2d");
    if (!context) return;
    const pixels = context.createImageData(canvas.width, canvas.height);
    drawMap(map, pixels.data, canvas.width, how);
    context.putImageData(pixels, 0, 0);
  }
  /** @param {string} visible @param {string} spoken */
  function name(visible, spoken) {
    setText(caption, visible);
    if (canvas.getAttribute("aria-label") !== spoken) canvas.setAttribute("aria-label", spoken);
  }
  return { element, size, draw, mark, name };
}

/** Which of so many pixels lies at a place along a side. @param {number} place @param {number} side @param {number} pixels */
const pixelAt = (place, side, pixels) => Math.max(0, Math.min(pixels - 1, Math.floor((place / side) * pixels)));

/**
 * Follow one pointer: a mouse wherever it goes, of fingers and pens the first that is down, until it is lifted.
 *
 * A finger that swipes up or down scrolls the page: nothing has been pointed at until it moves
 * sideways or is lifted where it came down.
 *
 * @param {HTMLElement} frame
 * @param {(event: PointerEvent) => void} point
 */
function follow(frame, point) {
  /** @type {PointerEvent | null} */
  let down = null;
  const swipes = (/** @type {PointerEvent} */ event) =>
    event.pointerType === "touch" &&
    down !== null &&
    Math.abs(event.clientX - down.clientX) <= Math.abs(event.clientY - down.clientY);
  let points = false; // whether a finger has begun to point
  const lift = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId === down?.pointerId) down = null;
  };
  frame.addEventListener("pointerdown", (event) => {
    if (down !== null || event.button !== 0) return;
    down = event;
    points = event.pointerType !== "touch";
    if (points) point(event);
  });
  frame.addEventListener("pointermove", (event) => {
    const hovers = event.pointerType === "mouse" && down === null;
    if (!hovers && event.pointerId !== down?.pointerId) return;
    points ||= hovers || !swipes(event);
    if (points) point(event);
  });
  frame.addEventListener("pointerup", (event) => {
    if (event.pointerId === down?.pointerId && event.pointerType === "touch") point(event);
    lift(event);
  });
  frame.addEventListener("pointercancel", lift); // the page scrolls instead
  frame.addEventListener("pointerleave", lift);
}
