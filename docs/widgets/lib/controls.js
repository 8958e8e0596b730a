// Native controls with labels, and the one place where a widget says what it could not use.

import { h, setText } from "./dom.js";
import { parseNumber, Refusal } from "./numbers.js";

/**
 * A control under its label.
 *
 * @param {string} id Unique on the page: the widget's key and a name.
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [hint]
 * @returns {HTMLElement}
 */
export function field(id, label, control, hint) {
  control.id = id;
  const parts = [h("label", { for: id }, label), control];
  if (hint) {
    parts.push(h("span", { class: "cf-hint", id: `${id}-hint` }, hint));
    control.setAttribute("aria-describedby", `${id}-hint`);
  }
  return h("div", { class: "cf-field" }, ...parts);
}

/**
 * A choice of a few values.
 *
 * @param {string} id
 * @param {string} label
 * @param {[value: string, text: string][]} options
 * @param {(value: string) => void} onChange
 * @returns {{element: HTMLElement, control: HTMLSelectElement}}
 */
export function choice(id, label, options, onChange) {
  const control = h("select", { onchange: () => onChange(control.value) });
  control.append(...options.map(([value, text]) => h("option", { value }, text)));
  return { element: field(id, label, control), control };
}

/**
 * A switch.
 *
 * @param {string} id
 * @param {string} label
 * @param {(on: boolean) => void} onChange
 * @returns {{element: HTMLElement, control: HTMLInputElement}}
 */
export function check(id, label, onChange) {
  const control = h("input", { type: "checkbox", id, onchange: () => onChange(control.checked) });
  const element = h(
    "div",
    { class: "cf-field cf-field--check" },
    control,
    h("label", { for: id }, label),
  );
  return { element, control };
}

/**
 * A slider that says its value beside its label.
 *
 * @param {string} id
 * @param {string} label
 * @param {{min: number, max: number, step?: number}} range
 * @param {(value: number) => string} words The value as a person would say it.
 * @param {(value: number) => void} onInput
 */
export function slider(id, label, { min, max, step = 1 }, words, onInput) {
  const control = h("input", { type: "range", id, min, max, step });
  const shown = h("span", { class: "cf-value" });
  /** @param {number} value */
  function set(value) {
    control.value = String(value);
    setText(shown, words(value));
    control.setAttribute("aria-valuetext", words(value));
  }
  control.addEventListener("input", () => {
    set(Number(control.value));
    onInput(Number(control.value));
  });
  const element = h(
    "div",
    { class: "cf-field" },
    h("span", { class: "cf-label-row" }, h("label", { for: id }, label), " ", shown),
    control,
  );
  return { element, control, set };
}

/**
 * A whole number that can be typed, or changed by the arrow keys.
 *
 * @param {string} id
 * @param {string} label
 * @param {{least: number, most: number}} range
 * @param {Complaint} complaint
 * @param {(value: number) => void} onChange Called with a number that keeps the rule.
 */
export function whole(id, label, { least, most }, complaint, onChange) {
  const control = h("input", { type: "text", inputmode: "numeric", autocomplete: "off", size: 3 });
  control.setAttribute("role", "spinbutton");
  control.setAttribute("aria-valuemin", String(least));
  control.setAttribute("aria-valuemax", String(most));
  /** @param {number} value */
  function set(value) {
    control.value = String(value);
    control.setAttribute("aria-valuenow", String(value));
    complaint.settle(control);
  }
  const take = typed(
    control,
    complaint,
    () => parseNumber(control.value, { label, least, most, whole: true }),
    (value) => {
      control.setAttribute("aria-valuenow", String(value));
      onChange(value);
    },
  );
  control.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!steps) return;
    event.preventDefault();
    const now = Number(control.getAttribute("aria-valuenow"));
    control.value = String(Math.max(least, Math.min(most, now + steps)));
    take(true);
  });
  const element = field(id, label, control, `${least} to ${most}`);
  element.classList.add("cf-field--number");
  return { element, control, set };
}

/**
 * Follow a text field: what can be used is used at once, what can't is refused when typing is over.
 *
 * @template Value
 * @param {HTMLInputElement | HTMLTextAreaElement} control
 * @param {Complaint} complaint
 * @param {() => Value} read Throws a Refusal.
 * @param {(value: Value) => void} use May throw a Refusal too.
 * @returns {(over: boolean) => void} Read it now.
 */
export function typed(control, complaint, read, use) {
  const take = (/** @type {boolean} */ over) => {
    complaint.try(control, () => use(read()), { aloud: over });
  };
  control.addEventListener("input", () => take(false));
  control.addEventListener("change", () => take(true));
  return take;
}

/** What could not be used and why, in one place under the controls, tied to the control it is about. */
export class Complaint {
  /** @param {string} key The widget's key. */
  constructor(key) {
    this.element = h("p", {
      class: "cf-error",
      id: `${key}-complaint`,
      role: "alert",
      hidden: true,
    });
    /** @type {Map<Element | null, string>} One message a control; null: what the address asked for. */
    this.messages = new Map();
  }

  /**
   * Run what may refuse; say so, or take back what was said of this control.
   *
   * @param {HTMLElement} control
   * @param {() => void} act
   * @param {{aloud?: boolean}} [options] Not aloud while someone is still typing.
   */
  try(control, act, { aloud = true } = {}) {
    try {
      act();
      this.settle(control);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!aloud) return;
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-errormessage", this.element.id);
      this.say(control, `${error.message} The last good value stays in use.`);
    }
  }

  /** @param {Element | null} about @param {string} message */
  say(about, message) {
    this.messages.set(about, message);
    this.show();
  }

  /** @param {Element | null} about */
  settle(about) {
    if (about?.hasAttribute("aria-invalid")) {
      about.removeAttribute("aria-invalid");
      about.removeAttribute("aria-errormessage");
    }
    if (this.messages.delete(about)) this.show();
  }

  clear() {
    for (const about of [...this.messages.keys()]) this.settle(about);
  }

  show() {
    setText(this.element, [...this.messages.values()].at(-1) ?? "");
    this.element.hidden = this.messages.size === 0;
  }
}
