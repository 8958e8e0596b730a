// A picture with a cursor in it, for one pointer at a time and for the arrow keys.

import { h } from "./dom.js";

const JITTER = 12; // CSS pixels that a finger moves in a tap
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @typedef {[row: number, column: number]} Place A cell of the picture. */
/** @typedef {[down: number, across: number]} Spot Between cells, measured in them; it may lie outside. */
/** @typedef {"start" | "drag" | "move"} Way The pointer touched down, the pointer moved while down, or a key moved. */

/**
 * @param {object} options
 * @param {string} options.id
 * @param {string} options.hint How to point; said to screen readers with the label.
 * @param {string} options.keys How to do it with keys; not shown where only a finger is likely.
 * @param {(place: Place, way: Way, spots: Spot[], event: Event) => void} options.onPoint Where it is now, and all
 *   spots that it came through since it was heard of last.
 * @param {(event: KeyboardEvent, place: Place) => boolean} [options.onKey] Whether it used another key.
 * @param {number} [options.cells] Along each side; by default one for each pixel of the picture.
 * @param {boolean} [options.draws] A finger draws, where it would otherwise scroll the page.
 */
export function pointedCanvas({ id, hint, keys, onPoint, onKey = () => false, cells, draws = false }) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  const ring = h("span", { class: "cf-ring" });
  // an application, so that a screen reader passes the arrow keys on
  const frame = h("div", { class: `cf-pointed${draws ? " cf-paper" : ""}`, id, role: "application", tabindex: 0, "aria-describedby": `${id}-hint` }, canvas, ring);
  const hints = h("p", { class: "cf-hint", id: `${id}-hint` }, hint, " ", h("span", { class: "cf-by-key" }, keys));
  /** @type {Place} */
  let cursor = [0, 0];
  const size = () => (cells ? [cells, cells] : [canvas.height, canvas.width]);

  new OnePointer(frame, {
    spotOf: (event) => {
      const [box, [rows, columns]] = [canvas.getBoundingClientRect(), size()];
      return [((event.clientY - box.top) / box.height) * rows, ((event.clientX - box.left) / box.width) * columns];
    },
    sides: size,
    taps: (event) => !draws && event.pointerType === "touch", // what moves on is a swipe: it scrolls the page
    onSpots: (spots, way, event) => {
      const [down, across] = spots[spots.length - 1];
      onPoint(inside(Math.floor(down), Math.floor(across)), way, spots, event);
    },
  });
  frame.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const modified = event.altKey || event.ctrlKey || event.metaKey;
    const step = !modified && Object.hasOwn(STEPS, event.key) ? STEPS[/** @type {keyof typeof STEPS} */ (event.key)] : null;
    if (!step && !onKey(event, cursor)) return;
    event.preventDefault();
    if (!step) return;
    const place = inside(cursor[0] + step[0], cursor[1] + step[1]);
    onPoint(place, "move", [middleOf(place)], event);
  });

  /** @param {number} row @param {number} column @returns {Place} */
  function inside(row, column) {
    const [rows, columns] = size();
    return [Math.max(0, Math.min(rows - 1, row)), Math.max(0, Math.min(columns - 1, column))];
  }
  /** Ring a cell. @param {number} row @param {number} column */
  function mark(row, column) {
    cursor = [row, column];
    const [rows, columns] = size();
    const share = (/** @type {number} */ part, /** @type {number} */ of) => `${(100 * part) / of}%`;
    Object.assign(ring.style, { top: share(row, rows), left: share(column, columns), height: share(1, rows), width: share(1, columns) });
  }
  /** @param {string} words */
  function name(words) {
    if (frame.getAttribute("aria-label") !== words) frame.setAttribute("aria-label", words);
  }
  return { element: h("div", {}, frame, hints), frame, hints, canvas, mark, name, cursor: () => cursor };
}

/** @param {Place} place @returns {Spot} */
export const middleOf = ([row, column]) => [row + 0.5, column + 0.5];

/**
 * @typedef {object} Pointing
 * @property {(event: PointerEvent) => Spot} spotOf
 * @property {() => number[]} sides How far down and across the picture reaches.
 * @property {(event: PointerEvent) => boolean} taps Whether it points only if it is lifted where it came down.
 * @property {(spots: Spot[], way: "start" | "drag", event: PointerEvent) => void} onSpots
 */

/**
 * Follows the pointer that came first, be it finger, pen or mouse, until it is lifted; no other one meanwhile.
 *
 * Outside of the picture it is as if lifted: its line ends at the border, and another one begins where it
 * goes on inside.
 */
class OnePointer {
  /** @param {HTMLElement} frame @param {Pointing} pointing */
  constructor(frame, pointing) {
    this.frame = frame;
    this.pointing = pointing;
    /** @type {number | null} */
    this.followed = null;
    /** @type {Spot | null} Where it was last; null: outside. */
    this.last = null;
    this.begun = false; // whether a line has begun there
    /** @type {PointerEvent | null} Where it came down, if it may be a tap. */
    this.tap = null;
    frame.addEventListener("pointerdown", (event) => this.down(event));
    frame.addEventListener("pointermove", (event) => this.move(event));
    for (const end of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"]))
      frame.addEventListener(end, (event) => this.lift(event, end === "pointerup"));
  }

  /** @param {PointerEvent} event */
  down(event) {
    const second = event.pointerType === "touch" && !event.isPrimary; // of two fingers
    const other = this.followed !== null && this.followed !== event.pointerId;
    if (other || second || event.button !== 0) return;
    this.followed = event.pointerId;
    capture(this.frame, this.followed);
    this.last = this.pointing.spotOf(event);
    this.tap = this.pointing.taps(event) ? event : null;
    this.begun = !this.tap;
    if (this.begun) this.pointing.onSpots([this.last], "start", event);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (event.pointerId !== this.followed || this.tap) return;
    const events = event.getCoalescedEvents?.() ?? []; // a quick line has several places an event
    this.follow((events.length ? events : [event]).map(this.pointing.spotOf), event);
  }

  /** @param {PointerEvent} event @param {boolean} wanted Whether by who points, not by the browser. */
  lift(event, wanted) {
    if (event.pointerId !== this.followed) return;
    const { tap, last } = this;
    const moved = tap ? Math.hypot(event.clientX - tap.clientX, event.clientY - tap.clientY) : Infinity;
    if (wanted && last && moved < JITTER) this.pointing.onSpots([last], "start", event);
    this.followed = null;
    this.last = null;
    this.begun = false;
  }

  /** @param {Spot[]} spots @param {PointerEvent} event */
  follow(spots, event) {
    const { sides, onSpots } = this.pointing;
    /** @type {Spot[]} */
    let line = [];
    for (const spot of spots) {
      const from = this.last;
      const stays = spot.every((at, axis) => at >= 0 && at <= sides()[axis]);
      this.last = stays ? spot : null;
      if (!from) continue;
      if (!this.begun) onSpots([from], "start", event);
      this.begun = stays;
      line.push(stays ? spot : border(from, spot, sides()));
      if (stays) continue;
      onSpots(line, "drag", event);
      line = [];
    }
    if (line.length) onSpots(line, "drag", event);
  }
}

/** Where a line leaves the picture. @param {Spot} from @param {Spot} to @param {number[]} sides @returns {Spot} */
function border(from, to, sides) {
  const share = Math.min(...from.map((at, axis) => reach(at, to[axis], sides[axis])));
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

/** Which share of the way from one number to another stays between 0 and a side. @param {number} from @param {number} to @param {number} side */
function reach(from, to, side) {
  if (to < 0) return from / (from - to);
  return to > side ? (side - from) / (to - from) : 1;
}

/** Hear of a pointer outside, too. @param {HTMLElement} frame @param {number} pointer */
function capture(frame, pointer) {
  try {
    frame.setPointerCapture(pointer);
  } catch {
    // it is none of the browser's own: some program sends the events, and sends them here
  }
}
