// The stepper's settings: kernel, image, and the geometry of sliding. Each part has draw and reset.

import { check, choice, field, slider, typed, whole } from "../lib/controls.js";
import { h } from "../lib/dom.js";
import { oneMap, rowsOf, turned } from "../lib/convolution.js";
import { kernelBoard, kernelEditor } from "../lib/kernel_editor.js";
import { matrixText } from "../lib/kernels.js";
import { IMAGE_SIDE, NUMBERS, readImage, SIDES } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Bank} Bank */
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
  const row = h("div", { class: "cf-controls cf-even" }, ...parts);
  return h("fieldset", {}, h("legend", {}, legend), row);
}

/** @param {string} key @param {Bank} bank @param {Complaint} complaint @param {Change} change @returns {Part} */
export function kernelControls(key, { kernels }, complaint, change) {
  const editor = kernelEditor(key, { kernels, sides: SIDES, complaint }, (kernel) =>
    change({ kernel }),
  );
  const slid = kernelBoard("as it slides");
  const flip = check(`${key}-flip`, "Turn the kernel by 180° (convolution)", (on) =>
    change({ flip: on }),
  );
  /** @param {State} state */
  function drawRest({ kernel, flip: on }) {
    slid.draw(on ? rowsOf(turned(oneMap(kernel))) : null);
    flip.control.checked = on;
  }
  const element = h(
    "fieldset",
    {},
    h("legend", {}, "Kernel"),
    h(
      "div",
      { class: "cf-kernel-part" },
      h("div", { class: "cf-kernels" }, editor.board, slid.element),
      h("div", { class: "cf-controls" }, ...editor.fields),
    ),
    flip.element,
    h("p", { class: "cf-hint" }, "Type in a cell; arrow keys move between cells."),
  );
  return {
    element,
    draw: (state) => (editor.draw(state.kernel), drawRest(state)),
    reset: (state) => (editor.reset(state.kernel), drawRest(state)),
  };
}

/** @param {string} key @param {Bank} bank @param {Complaint} complaint @param {Change} change @returns {Part} */
export function imageControls(key, bank, complaint, change) {
  /** @type {State} */
  let state;
  const digits = bank.digits.map((_, digit) => /** @type {[string, string]} */ ([String(digit), `handwritten ${digit}`]));
  const source = choice(`${key}-digit`, "Pixels", [...digits, ["", "own numbers"]], (value) => {
    const wanted = value === "" ? { digit: null } : { digit: Number(value), image: bank.digits[Number(value)] };
    complaint.try(source.control, () => change(wanted));
    reset(state);
  });
  const text = h("textarea", { rows: 5, cols: 24, autocomplete: "off", spellcheck: "false" });
  const numbers = field(`${key}-image`, "Numbers", text, `Up to ${IMAGE_SIDE} rows of ${IMAGE_SIDE}, parted by spaces.`);
  typed(text, complaint, () => readImage(text.value), (image) => {
    // a field that is put away while it has the focus still says that it changed
    if (!numbers.hidden) change({ digit: null, image });
  });
  const { label, least, most } = NUMBERS.level;
  const lift = slider(`${key}-level`, label, { min: least, max: most }, (value) => `+${value}`, (level) => change({ level }));

  /** @param {State} next */
  function draw(next) {
    state = next;
    source.control.value = state.digit === null ? "" : String(state.digit);
    numbers.hidden = state.digit !== null;
    lift.set(state.level);
  }
  /** @param {State} next */
  function reset(next) {
    complaint.settle(text);
    text.value = matrixText(next.image, "\n");
    draw(next);
  }
  return { element: group("Image", source.element, lift.element, numbers), draw, reset };
}

/** @param {string} key @param {Complaint} complaint @param {Change} change @returns {Part} */
export function numberControls(key, complaint, change) {
  const names = /** @type {const} */ (["stride", "padding", "dilation"]);
  const fields = names.map((name) =>
    whole(`${key}-${name}`, NUMBERS[name].label, NUMBERS[name], complaint, (value) =>
      change({ [name]: value }),
    ),
  );
  return {
    element: group("Sliding", ...fields.map((one) => one.element)),
    draw: () => {},
    reset: (state) => fields.forEach((one, index) => one.set(state[names[index]])),
  };
}
