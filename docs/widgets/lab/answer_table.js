// The ten probabilities of each network, as numbers and as bars.

import { h, setText } from "../lib/dom.js";
import { percent } from "../lib/numbers.js";

const DIGITS = [...Array(10).keys()];

/** @param {string} key */
export function answerTable(key) {
  const caption = h("caption", {}, "Probabilities");
  const head = h("thead");
  const body = h("tbody");
  const table = h("table", { class: "cf-answers", id: `${key}-answers` }, caption, head, body);
  let columns = 0;

  /** @param {import("./state.js").Worked} worked */
  function draw({ answers, whole, networks }) {
    if (columns !== answers.length) build(answers.length);
    columns = answers.length;
    networks.forEach(({ name }, index) => setText(head.rows[0].cells[index + 1], name));
    DIGITS.forEach((digit) =>
      answers.forEach((answer, index) => {
        const [bar, value] = body.rows[digit].cells[index + 1].querySelectorAll("span");
        const probability = answer.probabilities[digit];
        setText(value, percent(probability));
        bar.style.setProperty("--p", String(probability));
        bar.style.setProperty("--whole", String(whole[index].probabilities[digit]));
        bar.classList.toggle("cf-changed", whole[index] !== answer);
        value.parentElement?.classList.toggle("cf-most", probability === Math.max(...answer.probabilities));
      }),
    );
  }
  /** @param {number} count */
  function build(count) {
    const each = (/** @type {() => HTMLElement} */ make) => Array.from({ length: count }, make);
    head.replaceChildren(h("tr", {}, h("th", { scope: "col" }, "digit"), ...each(() => h("th", { scope: "col" }))));
    body.replaceChildren(...DIGITS.map((digit) => h("tr", {}, h("th", { scope: "row" }, String(digit)), ...each(answerCell))));
  }
  return { element: table, draw };
}

function answerCell() {
  return h("td", {}, h("div", { class: "cf-answer" }, h("span", { class: "cf-answer-bar", "aria-hidden": "true" }), h("span")));
}
