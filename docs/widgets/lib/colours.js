// The figures' colours: blue negative, red positive, zero white, pixels grey. No DOM.

/** ColorBrewer's RdBu, as matplotlib's `RdBu_r` has it: from blue to red. */
const STOPS = [
  [5, 48, 97],
  [33, 102, 172],
  [67, 147, 195],
  [146, 197, 222],
  [209, 229, 240],
  [247, 247, 247],
  [253, 219, 199],
  [244, 165, 130],
  [214, 96, 77],
  [178, 24, 43],
  [103, 0, 31],
];
const SHADES = 256;

/** matplotlib's cividis, for how many: from none, dark, to most, light; the same to every eye. */
const MAGNITUDES = [
  [0, 34, 78], [26, 56, 111], [67, 78, 108], [97, 101, 111], [125, 124, 120], [155, 148, 118],
  [188, 174, 108], [222, 201, 88], [254, 232, 56],
];

/** Red, green and blue of all 256 shades in a row, from the most negative to the most positive. */
export const SIGNED = Uint8ClampedArray.from({ length: SHADES * 3 }, (_, index) => {
  const place = (Math.floor(index / 3) / (SHADES - 1)) * (STOPS.length - 1);
  const low = Math.min(Math.floor(place), STOPS.length - 2);
  const [from, to] = [STOPS[low][index % 3], STOPS[low + 1][index % 3]];
  return from + (place - low) * (to - from);
});

/**
 * Which of the 256 shades a value has on a scale from -scale to scale.
 *
 * @param {number} value
 * @param {number} scale What has the strongest colour; 0 makes everything white.
 * @returns {number}
 */
export function shade(value, scale) {
  if (!(scale > 0)) return SHADES / 2;
  const place = Math.floor((0.5 + value / scale / 2) * SHADES);
  return Math.max(0, Math.min(SHADES - 1, place));
}

/**
 * The colour of a signed value, and that of text on it.
 *
 * @param {number} value
 * @param {number} scale
 * @returns {{background: string, text: string}}
 */
export function signedColour(value, scale) {
  const start = 3 * shade(value, scale);
  return withText(SIGNED[start], SIGNED[start + 1], SIGNED[start + 2]);
}

/**
 * The colour of ink on paper, and that of text on it.
 *
 * @param {number} ink From 0, paper, to 1; what lies outside is drawn as the nearer end.
 * @returns {{background: string, text: string}}
 */
export function inkColour(ink) {
  const grey = Math.round(255 * (1 - Math.max(0, Math.min(1, ink))));
  return withText(grey, grey, grey);
}

/**
 * The colour of a count, and that of text on it.
 *
 * @param {number} value
 * @param {number} most
 * @returns {{background: string, text: string}}
 */
export function magnitudeColour(value, most) {
  const place = (most > 0 ? value / most : 0) * (MAGNITUDES.length - 1);
  const low = Math.min(Math.floor(place), MAGNITUDES.length - 2);
  const mixed = MAGNITUDES[low].map((from, at) => Math.round(from + (place - low) * (MAGNITUDES[low + 1][at] - from)));
  return withText(mixed[0], mixed[1], mixed[2]);
}

/** @returns {string} The whole signed scale as a CSS background, for a colour bar. */
export function gradient() {
  return `linear-gradient(to right, ${STOPS.map((rgb) => `rgb(${rgb.join(" ")})`).join(", ")})`;
}

/**
 * The largest absolute value: the one scale of everything that is compared.
 *
 * @param {Iterable<number>} values
 * @returns {number}
 */
export function scaleOf(values) {
  let scale = 0;
  for (const value of values) scale = Math.max(scale, Math.abs(value));
  return scale;
}

/** @param {number} red @param {number} green @param {number} blue */
function withText(red, green, blue) {
  const light = luminance(red, green, blue);
  const onWhite = 1.05 / (light + 0.05);
  const onBlack = (light + 0.05) / 0.05;
  return {
    background: `rgb(${red} ${green} ${blue})`,
    text: onWhite > onBlack ? "#fff" : "#000", // the better is never under 4.58:1
  };
}

/** Relative luminance of WCAG 2. @param {...number} channels @returns {number} */
function luminance(...channels) {
  const [red, green, blue] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
