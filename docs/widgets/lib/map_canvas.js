// A map of numbers as a small picture: one pixel a number, enlarged by the style sheet.

import { drawMap } from "./greys.js";

/**
 * Draw one channel on a canvas, which takes its size.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {import("./convolution.js").Stack} map
 * @param {{scale?: number, signed: boolean}} how Signed: blue, white, red from -scale to scale; else ink from 0 to 1.
 */
export function drawOn(canvas, map, { scale = 1, signed }) {
  if (canvas.width !== map.width || canvas.height !== map.height)
    Object.assign(canvas, { width: map.width, height: map.height });
  const context = canvas.getContext("2d");
  if (!context) return;
  const pixels = context.createImageData(map.width, map.height);
  drawMap(map, pixels.data, map.width, { scale, signed, top: 0, left: 0 });
  context.putImageData(pixels, 0, 0);
}
