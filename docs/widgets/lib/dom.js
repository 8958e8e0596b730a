// Elements from plain values. Text stays text: nothing here parses markup.

/**
 * Create an HTML element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | null | undefined | EventListener>} [attributes] `true` sets an empty attribute; `false`, `null` and
 *   `undefined` set none; a function under `onclick` and the like becomes a listener.
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Write a text only where it changed, so that nothing is laid out or spoken again without need.
 *
 * @param {Node} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Mark a button that has nothing to do. It keeps the focus, which `disabled` would take. @param {HTMLElement} button @param {boolean} isIdle */
export function setIdle(button, isIdle) {
  if (isIdle) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}
