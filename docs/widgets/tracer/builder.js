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

export class Builder {
  /** @param {string} key @param {(code: string) => void} rewrite */
  constructor(key, rewrite) {
    this.rewrite = rewrite;
    /** @type {import("./stack.js").Entry[]} */
    this.layers = [];
    /** @type {Worked | null} */
    this.worked = null;
    this.complaint = new Complaint(`${key}-build`);
    this.place = choice(`${key}-place`, "Layer", [], () => {});
    this.kind = choice(`${key}-new`, "New layer", Object.keys(NEW).map((name) => [name, name]), () => this.show());
    this.given = numberFields(key, this.complaint);
    this.element = this.makeElement();
    this.show();
  }

  makeElement() {
    const acts = [button("Move up", () => this.move(-1)), button("Move down", () => this.move(1)), button("Remove", () => this.remove())];
    const { place, kind, given, complaint } = this;
    return h(
      "fieldset",
      { class: "cf-build" },
      h("legend", {}, "Build"),
      h("div", { class: "cf-controls" }, place.element, h("div", { class: "cf-buttons" }, ...acts)),
      h("div", { class: "cf-controls" }, kind.element, ...given.fields.map((field) => field.element), button("Add below the chosen layer", () => this.add())),
      complaint.element,
      h("p", { class: "cf-hint" }, "A new layer takes as many channels as reach it. Building writes the code anew."),
    );
  }

  /** The fields that the new layer has. */
  show() {
    for (const { name, element } of this.given.fields) element.hidden = !NEW[this.kind.control.value].includes(name);
  }

  /** Which layer is chosen; -1: none. */
  get at() {
    return this.place.control.selectedIndex;
  }

  /** @param {import("./stack.js").Entry[]} next @param {number} chosen */
  write(next, chosen) {
    this.rewrite(codeOf(next));
    this.place.control.selectedIndex = Math.max(0, Math.min(next.length - 1, chosen));
  }

  /** @param {number} by */
  move(by) {
    const { at, layers } = this;
    const to = at + by;
    if (at < 0 || to < 0 || to >= layers.length) return;
    this.write(layers.toSpliced(at, 1).toSpliced(to, 0, layers[at]), to);
  }

  remove() {
    if (this.layers.length > 1) this.write(this.layers.toSpliced(this.at, 1), this.at);
  }

  add() {
    const after = this.at + 1;
    const text = written(this.kind.control.value, reaching(this.worked, after), this.given.numbers);
    this.write(this.layers.toSpliced(after, 0, { text, module: {}, learns: false }), after);
  }

  /** @param {Worked} next */
  draw(next) {
    this.worked = next;
    this.element.disabled = next.refused !== "";
    if (next.refused) return;
    const layers = entriesOf(next.layers);
    this.layers = layers;
    const chosen = this.at < 0 ? layers.length - 1 : Math.min(this.at, layers.length - 1);
    const options = next.layers.map((layer, index) => h("option", { value: index }, `${layer.path}: ${layers[index].text}`));
    this.place.control.replaceChildren(...options);
    this.place.control.selectedIndex = chosen;
  }
}

/** What can be set of a new layer: a field for each number, and the numbers in them. @param {string} key @param {Complaint} complaint */
function numberFields(key, complaint) {
  /** @type {Record<string, number>} */
  const numbers = {};
  const fields = Object.entries(NUMBERS).map(([name, { label, least, most, first }]) => {
    const field = whole(`${key}-new-${name}`, label, { least, most }, complaint, (value) => void (numbers[name] = value));
    numbers[name] = first;
    field.set(first);
    return { name, element: field.element };
  });
  return { numbers, fields };
}

/** @param {string} text @param {() => void} onclick */
const button = (text, onclick) => h("button", { type: "button", onclick }, text);

/** @param {Worked | null} worked @param {number} index @returns {number[]} What reaches a layer put there. */
function reaching(worked, index) {
  const rows = worked?.trace.rows ?? [];
  const last = rows[Math.min(index, rows.length) - 1];
  return last ? last.shape : (worked?.trace.input ?? [1, 1, 1]);
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
