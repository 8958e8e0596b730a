// Where pictures come from: the site, a file, the camera. What a reader brings never leaves the page.

import { fitted, greyOf } from "../lib/greys.js";
import { Refusal, quote } from "../lib/numbers.js";

/** @typedef {import("../lib/convolution.js").Stack} Stack */

const MOST = 512; // pixels of the longer side
const LIVE = 320; // the same for the camera, so that a slow phone keeps up
const LARGEST = 64 * 2 ** 20; // bytes

/** @param {string} name @returns {URL} */
export function photoAddress(name) {
  return new URL(`../data/${name}.png`, import.meta.url);
}

/** @param {string} name @returns {Promise<Stack>} */
export async function sitePhotograph(name) {
  const answer = await fetch(photoAddress(name));
  if (!answer.ok)
    throw new Refusal(`The photograph ${name} could not be loaded (${answer.status}).`);
  return pixelsOf(await createImageBitmap(await answer.blob()), MOST);
}

/** @param {File} file @returns {Promise<Stack>} @throws {Refusal} */
export async function filePhotograph(file) {
  if (file.size > LARGEST) throw new Refusal(`The file ${quote(file.name)} is larger than 64 MB.`);
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Refusal(
      `The file ${quote(file.name)} can't be read as a picture. JPEG, PNG and WebP can.`,
    );
  });
  return pixelsOf(bitmap, MOST);
}

/**
 * Let a camera send pictures until `stop` is called.
 *
 * @param {(picture: Stack) => void} onPicture
 * @param {{moving: boolean}} options Not moving: a single picture.
 * @returns {Promise<{stop: () => void}>}
 * @throws {Refusal}
 */
export async function camera(onPicture, { moving }) {
  const stream = await openCamera();
  const video = document.createElement("video");
  Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
  let going = true;
  const stop = () => {
    going = false;
    stream.getTracks().forEach((track) => track.stop());
  };
  await video.play().catch(() => {
    stop();
    throw new Refusal("The camera sends no picture. Choose a file instead.");
  });
  const take = () => {
    if (!going) return;
    if (video.videoWidth) {
      onPicture(pixelsOf(video, LIVE, video.videoWidth, video.videoHeight));
      if (!moving) return stop();
    }
    requestAnimationFrame(take);
  };
  take();
  return { stop };
}

/** @returns {Promise<MediaStream>} @throws {Refusal} */
async function openCamera() {
  if (!navigator.mediaDevices?.getUserMedia)
    throw new Refusal("This browser gives no camera to this page. Choose a file instead.");
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    const why = { NotAllowedError: "it was not allowed", NotFoundError: "there is none" }[name];
    throw new Refusal(
      `The camera can't be used: ${why ?? "it did not answer"}. Choose a file instead.`,
    );
  }
}

/**
 * @param {ImageBitmap | HTMLVideoElement} picture
 * @param {number} most
 * @returns {Stack}
 */
function pixelsOf(picture, most, wide = picture.width, high = picture.height) {
  const [width, height] = fitted(wide, high, most);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Refusal("This browser can't read pictures: it has no canvas.");
  context.drawImage(picture, 0, 0, width, height);
  return greyOf(context.getImageData(0, 0, width, height).data, width, height);
}
