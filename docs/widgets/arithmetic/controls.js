// The playground's settings: sizes as pairs, padding of each side, channels and groups.

import { check, choice, slider, whole } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { divisors } from "./problems.js";
import { CHANNELS, PADDING, SIZES, sidesOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Pair} Pair */
/** @typedef {import("../lib/controls.js").Complaint} Complaint */
/** @typedef {(change: Partial<State>) => void} Change */
/**
 * @typedef {object} Part
 * @property {HTMLElement} element
 * @property {(state: State) => void} draw After every change; leaves alone what is being typed.
 * @property {(state: State) => void} reset Write every field anew.
 */

/** @param {string} legend @param {...HTMLElement} parts */
function group(legend, ...parts) {
  return h("fieldset", {}, h("legend", {}, legend), h("div", { class: "cf-controls" }, ...parts));
}

/** @param {HTMLElement} element @param {string} label @param {boolean} shown */
function name(element, label, shown) {
  element.hidden = !shown;
  setText(/** @type {Node} */ (element.querySelector("label")), label);
}

/** @param {State} state @returns {boolean} Whether one number can stand for rows and columns. */
function allAlike(state) {
  const pairs = Object.keys(SIZES).map((size) => state[/** @type {keyof typeof SIZES} */ (size)]);
  const [rows, columns] = sidesOf(state);
  return [...pairs, [rows[0], columns[0]]].every(([first, second]) => first === second);
}

/** @param {string} key @param {Complaint} complaint @param {Change} change @returns {Part} Everything that is a size. */
export function sizeControls(key, complaint, change) {
  /** @type {State} */
  let state;
  let alike = true;
  const sizes = /** @type {(keyof typeof SIZES)[]} */ (Object.keys(SIZES));
  const pairs = sizes.map((size) =>
    [0, 1].map((at) =>
      whole(`${key}-${size}-${at}`, SIZES[size].label, SIZES[size], complaint, (value) =>
        change({ [size]: alike ? [value, value] : state[size].map((old, axis) => (axis === at ? value : old)) }),
      ),
    ),
  );
  const padding = paddingControls(key, complaint, change);
  const together = check(`${key}-alike`, "Rows and columns alike", (on) => {
    alike = on;
    if (on) change(squared(state));
    reset(state);
  });
  /** @param {State} next */
  function draw(next) {
    state = next;
    together.control.checked = alike;
    pairs.forEach(([rows, columns], at) => {
      const label = SIZES[sizes[at]].label;
      const shown = sizes[at] !== "added" || state.transposed;
      name(rows.element, alike ? label : `${label}, rows`, shown);
      name(columns.element, `${label}, columns`, shown && !alike);
    });
    padding.draw(state, alike);
  }
  /** @param {State} next */
  function reset(next) {
    alike = alike && allAlike(next);
    pairs.forEach((fields, at) => fields.forEach((field, axis) => field.set(next[sizes[at]][axis])));
    padding.reset(next);
    draw(next);
  }
  const fields = pairs.map((pair) => h("div", { class: "cf-pair" }, ...pair.map((field) => field.element)));
  const element = h(
    "fieldset",
    {},
    h("legend", {}, "Sizes"),
    together.element,
    h("div", { class: "cf-controls" }, ...fields.slice(0, 3), padding.element, ...fields.slice(3)),
  );
  return { element, draw, reset };
}

/** @param {State} state @returns {Partial<State>} Columns as rows. */
function squared(state) {
  const sizes = Object.keys(SIZES).map((size) => [size, Array(2).fill(state[/** @type {"input"} */ (size)][0])]);
  const padding = state.padding === "same" ? "same" : [state.padding[0], state.padding[0]];
  return { ...Object.fromEntries(sizes), padding };
}

/** @param {string} key @param {Complaint} complaint @param {Change} change */
function paddingControls(key, complaint, change) {
  const names = ["top", "bottom", "left", "right"];
  /** @type {State} */
  let state;
  let [mode, alike] = ["both", true];
  const sides = choice(`${key}-sides`, "Padding is", [["both", "equal on both sides"], ["each", "set for each side"], ["same", "“same”: the size stays"]], (value) => {
    mode = value;
    const [rows, columns] = sidesOf(state);
    if (mode === "same") change({ padding: "same" });
    else change({ padding: mode === "each" ? [rows, columns] : [[rows[0], rows[0]], [columns[0], columns[0]]] });
    write(state);
  });
  const fields = names.map((_, at) =>
    whole(`${key}-padding-${at}`, PADDING.label, PADDING, complaint, (value) => {
      const flat = sidesOf(state).flat();
      const touched = mode === "each" ? [at] : alike ? [0, 1, 2, 3] : [at, at + 1];
      for (const side of touched) flat[side] = value;
      change({ padding: [[flat[0], flat[1]], [flat[2], flat[3]]] });
    }),
  );
  /** @param {State} next @param {boolean} square */
  function draw(next, square) {
    [state, alike] = [next, square];
    sides.control.value = mode;
    fields.forEach(({ element }, at) => {
      const both = alike ? "Padding" : ["Padding, rows", "", "Padding, columns"][at];
      const shared = mode === "both" && (at === 0 || (at === 2 && !alike));
      name(element, shared ? both : `Padding, ${names[at]}`, shared || mode === "each");
    });
  }
  /** @param {State} next */
  function reset(next) {
    const even = sidesOf(next).every(([before, after]) => before === after);
    mode = next.padding === "same" ? "same" : even ? "both" : "each";
    write(next);
  }
  /** @param {State} next */
  function write(next) {
    sidesOf(next).flat().forEach((side, at) => fields[at].set(side));
  }
  const element = h("div", { class: "cf-pair" }, sides.element, ...fields.map((field) => field.element));
  return { element, draw, reset };
}

/** @param {string} key @param {Complaint} complaint @param {Change} change @returns {Part} */
export function channelControls(key, complaint, change) {
  /** @type {number[]} */
  let valid = [1];
  let impossible = "";
  const fields = /** @type {const} */ (["inChannels", "outChannels"]).map((channels) => ({
    channels,
    ...whole(`${key}-${channels}`, CHANNELS[channels].label, CHANNELS[channels], complaint, (value) => change({ [channels]: value })),
  }));
  const groups = slider(`${key}-groups`, "Groups", { min: 0, max: 0 }, (index) => impossible || String(valid[index]), (index) => change({ groups: valid[index] }));
  /** @param {State} state */
  function draw({ inChannels, outChannels, groups: wanted }) {
    valid = divisors(inChannels, outChannels);
    impossible = valid.includes(wanted) ? "" : `${wanted}, not possible`;
    groups.control.max = String(valid.length - 1);
    groups.set(Math.max(0, valid.findLastIndex((part) => part <= wanted)));
  }
  return {
    element: group("Channels", ...fields.map((field) => field.element), groups.element),
    draw,
    reset: (state) => (fields.forEach((field) => field.set(state[field.channels])), draw(state)),
  };
}
