// Which picture is shown: one of the site's, a file, or what the camera sees.

import { choice, field } from "../lib/controls.js";
import { h, setText } from "../lib/dom.js";
import { camera, filePhotograph, sitePhotograph } from "./sources.js";

/** @typedef {import("./state.js").Bank} Bank */
/** @typedef {import("../lib/convolution.js").Stack} Stack */
/** @typedef {import("../lib/controls.js").Complaint} Complaint */
/**
 * @typedef {object} Found
 * @property {Stack} image
 * @property {string} words What it shows.
 * @property {string} credit
 * @property {string} file
 * @property {string} photo Its name; "" for the reader's own.
 */

/**
 * @param {HTMLElement} host
 * @param {string} key
 * @param {Bank} bank
 * @param {Complaint} complaint
 * @param {(found: Found) => void} onFound
 */
export function sourcePart(host, key, { photos }, complaint, onFound) {
  /** @type {{stop: () => void} | null} */
  let running = null;
  let request = 0;
  const names = photos.map(({ name }) => /** @type {[string, string]} */ ([name, name]));
  const own = /** @type {[string, string]} */ (["", "your own"]);
  const photo = choice(
    `${key}-photo`,
    "Photograph",
    [...names, own],
    (name) => name && choose(name),
  );
  const file = h("input", { type: "file", accept: "image/*" });
  const button = h("button", { type: "button" }, "Use the camera");
  const privacy = "It stays in this page: nothing is uploaded.";

  /**
   * Do one request at a time: what was asked for last wins, whatever arrives first.
   *
   * @param {HTMLElement} control
   * @param {(current: () => boolean) => Promise<void>} act
   * @returns {Promise<boolean>} Whether it was done.
   */
  async function attempt(control, act) {
    stop();
    const number = ++request;
    const current = () => number === request;
    try {
      await act(current);
      if (current()) complaint.settle(control);
      return true;
    } catch (error) {
      if (current())
        complaint.try(control, () => {
          throw error;
        });
      return false;
    }
  }
  /** @param {string} name */
  function choose(name) {
    const { shows, attribution } = photos.find((one) => one.name === name) ?? photos[0];
    return attempt(photo.control, async (current) => {
      const image = await sitePhotograph(name);
      if (!current()) return;
      onFound({
        image,
        words: shows,
        credit: `Photograph: ${attribution}.`,
        file: `${name}.png`,
        photo: name,
      });
      photo.control.value = name;
      file.value = "";
    });
  }
  /** @param {Stack} image @param {string} words */
  function mine(image, words) {
    photo.control.value = "";
    onFound({ image, words, credit: `${words}. ${privacy}`, file: "your-photo.jpg", photo: "" });
  }
  function stop() {
    running?.stop();
    running = null;
    setText(button, "Use the camera");
  }
  file.addEventListener("change", () => {
    const chosen = file.files?.[0];
    if (chosen)
      attempt(file, async (current) => {
        const image = await filePhotograph(chosen);
        if (current()) mine(image, "Your own picture");
      });
  });
  button.addEventListener("click", () => {
    if (running) return stop();
    const moving = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    attempt(button, async (current) => {
      const started = await camera((image) => current() && mine(image, "What your camera sees"), {
        moving,
      });
      if (!current() || !host.isConnected) return started.stop();
      if (!moving) return;
      running = started;
      setText(button, "Hold the picture");
    });
  });
  host.addEventListener("cf-away", stop);
  const element = h(
    "fieldset",
    {},
    h("legend", {}, "Picture"),
    h("div", { class: "cf-controls" }, photo.element, h("div", { class: "cf-buttons" }, button)),
  );
  const ownFile = field(`${key}-file`, "Your own file", file, privacy);
  return { element, file: ownFile, choose, live: () => running !== null };
}
