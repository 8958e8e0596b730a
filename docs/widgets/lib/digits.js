// Handwritten digits small enough for every pixel to be a number on the screen. No DOM.

const SIDE = 28; // MNIST
const BOX = 20; // its digits fit into a box of this side
const BLOCK = 2;
export const MOST_INK = 9; // one character a pixel, and sums that can be done in the head

/**
 * The box around a digit, averaged in blocks of 2 × 2, its ink rounded to whole numbers.
 *
 * @param {number[]} ink 28 × 28 pixels from 0 to 255, row by row.
 * @returns {number[][]} 10 rows of 10, from 0 to 9.
 */
export function smallDigit(ink) {
  const inked = [...ink.keys()].filter((index) => ink[index] > 0);
  const top = boxStart(inked.map((index) => Math.floor(index / SIDE)));
  const left = boxStart(inked.map((index) => index % SIDE));
  const places = [...Array(BOX / BLOCK).keys()].map((place) => place * BLOCK);
  return places.map((row) =>
    places.map((column) => {
      let sum = 0;
      for (let y = 0; y < BLOCK; y++)
        for (let x = 0; x < BLOCK; x++) sum += ink[(top + row + y) * SIDE + left + column + x];
      return Math.round((sum / BLOCK ** 2 / 255) * MOST_INK);
    }),
  );
}

/** @param {number[]} places @returns {number} Where a box in the middle of them begins. */
function boxStart(places) {
  const middle = Math.floor((Math.min(...places) + Math.max(...places) + 1) / 2);
  return Math.max(0, Math.min(SIDE - BOX, middle - BOX / 2));
}
