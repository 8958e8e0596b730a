// Arrays as the build packs them: a shape, and float32 or bytes in base64, lowest byte first. No DOM.

/**
 * @typedef {object} Packed
 * @property {number[]} shape
 * @property {string} float32
 */
/**
 * @typedef {object} Levels Numbers rounded to bytes.
 * @property {number[]} shape
 * @property {string} bytes
 */

/**
 * The numbers of a packed array, the last axis varying fastest.
 *
 * @param {Packed} packed
 * @returns {Float32Array}
 */
export function unpack({ float32 }) {
  const bytes = bytesOf(float32);
  const view = new DataView(bytes.buffer);
  const numbers = new Float32Array(Math.floor(bytes.length / 4));
  for (let index = 0; index < numbers.length; index++) numbers[index] = view.getFloat32(4 * index, true);
  return numbers;
}

/** Numbers from 0 to 255. @param {Levels} packed @returns {Uint8Array} */
export function unpackLevels({ bytes }) {
  return bytesOf(bytes);
}

/** Numbers from -127 to 127. @param {Levels} packed @returns {Int8Array} */
export function unpackSigned({ bytes }) {
  return new Int8Array(bytesOf(bytes).buffer);
}

/** In a plain loop, ten times as fast as from an iterable: a file may hold 13 MB. @param {string} base64 @returns {Uint8Array} */
function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
