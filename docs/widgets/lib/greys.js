// Pictures as numbers from 0 to 1, and numbers as pixels. No DOM: pixels are plain arrays.

import { shade, SIGNED } from "./colours.js";

/** @typedef {import("./convolution.js").Stack} Stack */

/**
 * Brightness of colour pixels, as Pillow's mode "L" mixes and rounds it.
 *
 * @param {Uint8ClampedArray} pixels Red, green, blue, opacity in turn.
 * @param {number} width
 * @param {number} height
 * @returns {Stack} From 0 to 1; what is transparent counts as white.
 */
export function greyOf(pixels, width, height) {
  const data = new Float32Array(width * height);
  for (let index = 0; index < data.length; index++) {
    const at = 4 * index;
    const light =
      (pixels[at] * 19595 + pixels[at + 1] * 38470 + pixels[at + 2] * 7471 + 32768) >> 16;
    const opacity = pixels[at + 3];
    data[index] =
      (opacity === 255 ? light : Math.round(light * (opacity / 255) + 255 - opacity)) / 255;
  }
  return { data, channels: 1, height, width };
}

/**
 * The largest picture that keeps the sides' ratio and fits.
 *
 * @param {number} width
 * @param {number} height
 * @param {number} most Of the longer side.
 * @returns {[width: number, height: number]}
 */
export function fitted(width, height, most) {
  const by = Math.min(1, most / Math.max(width, height));
  return [Math.max(1, Math.round(width * by)), Math.max(1, Math.round(height * by))];
}

/**
 * Draw a map in the middle of a larger picture, leaving the rest transparent.
 *
 * @param {Stack} map
 * @param {Uint8ClampedArray} pixels Of the picture; overwritten.
 * @param {number} width Of the picture.
 * @param {{scale: number, signed: boolean, top: number, left: number}} how Signed: blue, white and
 *   red from -scale to scale. Otherwise grey from 0 to 1.
 */
export function drawMap(map, pixels, width, { scale, signed, top, left }) {
  pixels.fill(0);
  for (let row = 0; row < map.height; row++) {
    let at = 4 * ((row + top) * width + left);
    const start = row * map.width;
    for (let index = start; index < start + map.width; index++, at += 4) {
      const value = map.data[index];
      if (signed) {
        const colour = 3 * shade(value, scale);
        pixels[at] = SIGNED[colour];
        pixels[at + 1] = SIGNED[colour + 1];
        pixels[at + 2] = SIGNED[colour + 2];
      } else pixels[at] = pixels[at + 1] = pixels[at + 2] = 255 * value; // clamped by the array
      pixels[at + 3] = 255;
    }
  }
}

/**
 * A size that a share of the values does not exceed, to a thousandth of the largest.
 *
 * @param {ArrayLike<number>} values At least one.
 * @param {number} share From 0 to 1.
 * @returns {number}
 */
export function mostOf(values, share) {
  const { least, most } = summary(values);
  const largest = Math.max(-least, most);
  if (largest === 0) return 0;
  const bins = new Uint32Array(1001);
  for (let index = 0; index < values.length; index++)
    bins[Math.ceil((Math.abs(values[index]) / largest) * 1000)]++;
  let [bin, covered] = [0, bins[0]];
  while (covered < share * values.length) covered += bins[++bin];
  return (Math.max(bin, 1) / 1000) * largest;
}

/**
 * The smallest and the largest value, and the mean.
 *
 * @param {ArrayLike<number>} values At least one.
 */
export function summary(values) {
  let [least, most, sum] = [Infinity, -Infinity, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value < least) least = value;
    if (value > most) most = value;
    sum += value;
  }
  return { least, most, mean: sum / values.length };
}
