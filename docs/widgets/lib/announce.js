// Words for a screen reader, at most one sentence at a time, and only once things have come to rest.

import { h } from "./dom.js";

const REST = 600; // ms without a change before anything is said

/**
 * A live region that nobody sees, and the function that speaks through it.
 *
 * @returns {{region: HTMLOutputElement, say: (words: string) => void}}
 */
export function announcer() {
  const region = h("output", { class: "cf-spoken" });
  let timer = 0;
  /** @param {string} words Replaces what has not been said yet. */
  function say(words) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (region.textContent !== words) region.textContent = words;
    }, REST);
  }
  return { region, say };
}
