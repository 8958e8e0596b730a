// The scale of signed colours, with the values at its ends.

import { gradient } from "./colours.js";
import { h, setText } from "./dom.js";
import { formatNumber } from "./numbers.js";

/**
 * Colours from -scale to scale with their values.
 *
 * @returns {{element: HTMLElement, draw: (scale: number, cut?: boolean) => void}} Cut: there are values beyond.
 */
export function colourBar() {
  const [low, high] = [h("span"), h("span")];
  const colours = h("span", { class: "cf-bar-colours" });
  colours.style.background = gradient();
  const element = h("div", { class: "cf-bar" }, low, colours, high);
  return {
    element,
    draw(scale, cut = false) {
      setText(low, `${cut ? "≤ " : ""}${formatNumber(-scale, 2)}`);
      setText(high, `${cut ? "≥ " : ""}${formatNumber(scale, 2)}`);
    },
  };
}
