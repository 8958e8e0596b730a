// Build a stack without typing code: add, move and remove layers.

import { choice, Complaint, whole } from "../lib/controls.js";
import { h } from "../lib/dom.js";
import { codeOf, entriesOf } from "./stack.js";

/** @typedef {import("./state.js").Worked} Worked */

/** What can be set of a new layer; the rest is in the code. @type {Record<string, string[]>} */
const NEW = {
  Conv2d: ["filters", "kernel", "stride", "padding"],
  ConvTranspose2d: ["filters", "kernel", "stride", "padding"],
  MaxPool2d: ["kernel"],
  AvgPool2d: ["kernel"],
  BatchNorm2d: [],
  ReLU: [],
  Dropout: [],
  Flatten: [],
  Linear: ["filters"],
};
const NUMBERS = {
  filters: { label: "Outputs", least: 1, most: 4096, first: 16 },
  kernel: { label: "Kernel size", least: 1, most: 99, first: 3 },
  stride: { label: "Stride", least: 1, most: 16, first: 1 },
  padding: { label: "Padding", least: 0, most: 99, first: 0 },
};

/**
 * @param {string} key
 * @param {(code: string) => void} rewrite
 */
export function builder(key, rewrite) {
  const complaint = new Complaint(`${key}-build`);
  /** @type {import("./stack.js").Entry[]} */
  let layers = [];
  /** @type {Worked | null} */
  let worked = null;
  /** @type {Record<string, number>} */
  const numbers = Object.fromEntries(Object.entries(NUMBERS).map(([name, { first }]) => [name, first]));
  const place = choice(`${key}-place`, "Layer", [], () => {});
  const kind = choice(`${key}-new`, "New layer", Object.keys(NEW).map((name) => [name, name]), show);
  const fields = Object.entries(NUMBERS).map(([name, { label, least, most, first }]) => {
    const field = whole(`${key}-new-${name}`, label, { least, most }, complaint, (value) => void (numbers[name] = value));
    field.set(first);
    return { name, element: field.element };
  });
  function show() {
    for (const { name, element } of fields) element.hidden = !NEW[kind.control.value].includes(name);
  }
  /** @returns {number} */
  const at = () => place.control.selectedIndex;
  /** @param {import("./stack.js").Entry[]} next @param {number} chosen */
  function write(next, chosen) {
    rewrite(codeOf(next));
    place.control.selectedIndex = Math.max(0, Math.min(next.length - 1, chosen));
  }
  /** @param {number} by */
  function move(by) {
    const to = at() + by;
    if (at() < 0 || to < 0 || to >= layers.length) return;
    const next = layers.filter((_, index) => index !== at());
    next.splice(to, 0, layers[at()]);
    write(next, to);
  }
  function remove() {
    if (layers.length > 1) write(layers.filter((_, index) => index !== at()), at());
  }
  function add() {
    const next = [...layers];
    const after = at() + 1;
    next.splice(after, 0, { text: written(kind.control.value, reaching(after), numbers), module: {}, learns: false });
    write(next, after);
  }
  /** @param {number} index @returns {number[]} What reaches a layer put there. */
  function reaching(index) {
    const rows = worked?.trace.rows ?? [];
    const last = rows[Math.min(index, rows.length) - 1];
    return last ? last.shape : (worked?.trace.input ?? [1, 1, 1]);
  }
  const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) => h("button", { type: "button", onclick }, text);
  const element = h(
    "fieldset",
    { class: "cf-build" },
    h("legend", {}, "Build"),
    h("div", { class: "cf-controls" }, place.element, h("div", { class: "cf-buttons" }, button("Move up", () => move(-1)), button("Move down", () => move(1)), button("Remove", remove))),
    h("div", { class: "cf-controls" }, kind.element, ...fields.map((field) => field.element), button("Add below the chosen layer", add)),
    complaint.element,
    h("p", { class: "cf-hint" }, "A new layer takes as many channels as reach it. Building writes the code anew."),
  );
  show();

  /** @param {Worked} next */
  function draw(next) {
    worked = next;
    element.disabled = next.refused !== "";
    if (next.refused) return;
    layers = entriesOf(next.layers);
    const chosen = at() < 0 ? layers.length - 1 : Math.min(at(), layers.length - 1);
    const options = next.layers.map((layer, index) => h("option", { value: index }, `${layer.path}: ${layers[index].text}`));
    place.control.replaceChildren(...options);
    place.control.selectedIndex = chosen;
  }
  return { element, draw };
}

/** @param {string} name @param {number[]} shape What reaches it. @param {Record<string, number>} numbers @returns {string} */
function written(name, shape, { filters, kernel, stride, padding }) {
  const rank = Math.min(3, Math.max(1, shape.length - 1));
  const sized = shape.length > 1 ? name.replace("2d", `${rank}d`) : name; // as many axes as reach it
  const more = `${stride > 1 ? `, stride=${stride}` : ""}${padding ? `, padding=${padding}` : ""}`;
  switch (name) {
    case "Conv2d":
    case "ConvTranspose2d": return `${sized}(${shape[0]}, ${filters}, ${kernel}${more})`;
    case "MaxPool2d":
    case "AvgPool2d": return `${sized}(${kernel})`;
    case "BatchNorm2d": return `${shape.length > 1 ? sized : "BatchNorm1d"}(${shape[0]})`;
    case "Linear": return `${name}(${shape[shape.length - 1]}, ${filters})`;
    default: return `${name}()`;
  }
}
