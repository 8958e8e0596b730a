// Arrays as the build packs them: a shape, and float32 in base64, lowest byte first. No DOM.

/**
 * @typedef {object} Packed
 * @property {number[]} shape
 * @property {string} float32
 */

/**
 * The numbers of a packed array, the last axis varying fastest.
 *
 * @param {Packed} packed
 * @returns {Float32Array}
 */
export function unpack({ float32 }) {
  const text = atob(float32);
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(4 * index, true));
}
