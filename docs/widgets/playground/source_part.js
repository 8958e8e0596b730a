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

const PRIVACY = "It stays in this page: nothing is uploaded.";

export class SourcePart {
  /**
   * @param {HTMLElement} host
   * @param {string} key
   * @param {Bank} bank
   * @param {Complaint} complaint
   * @param {(found: Found) => void} onFound
   */
  constructor(host, key, { photos }, complaint, onFound) {
    this.host = host;
    this.photos = photos;
    this.complaint = complaint;
    this.onFound = onFound;
    /** @type {{stop: () => void} | null} The camera. */
    this.running = null;
    this.request = 0;
    const names = photos.map(({ name }) => /** @type {[string, string]} */ ([name, name]));
    this.photo = choice(`${key}-photo`, "Photograph", [...names, ["", "your own"]], (name) => name && this.choose(name));
    this.input = h("input", { type: "file", accept: "image/*", onchange: () => this.open(this.input.files?.[0]) });
    this.button = h("button", { type: "button", onclick: () => (this.running ? this.stop() : this.film()) }, "Use the camera");
    host.addEventListener("cf-away", () => this.stop());
    const controls = h("div", { class: "cf-controls" }, this.photo.element, h("div", { class: "cf-buttons" }, this.button));
    this.element = h("fieldset", {}, h("legend", {}, "Picture"), controls);
    this.file = field(`${key}-file`, "Your own file", this.input, PRIVACY);
  }

  /** Whether the camera changes the picture. */
  live() {
    return this.running !== null;
  }

  /**
   * Do one request at a time: what was asked for last wins, whatever arrives first.
   *
   * @param {HTMLElement} control
   * @param {(current: () => boolean) => Promise<void>} act
   * @returns {Promise<boolean>} Whether it was done.
   */
  async attempt(control, act) {
    this.stop();
    const number = ++this.request;
    const current = () => number === this.request;
    try {
      await act(current);
      if (current()) this.complaint.settle(control);
      return true;
    } catch (error) {
      if (current())
        this.complaint.try(control, () => {
          throw error;
        });
      return false;
    }
  }

  /** Show one of the site's. @param {string} name */
  choose(name) {
    const { shows, attribution } = this.photos.find((one) => one.name === name) ?? this.photos[0];
    return this.attempt(this.photo.control, async (current) => {
      const image = await sitePhotograph(name);
      if (!current()) return;
      this.onFound({ image, words: shows, credit: `Photograph: ${attribution}.`, file: `${name}.png`, photo: name });
      this.photo.control.value = name;
      this.input.value = "";
    });
  }

  /** @param {File} [chosen] */
  open(chosen) {
    if (!chosen) return;
    this.attempt(this.input, async (current) => {
      const image = await filePhotograph(chosen);
      if (current()) this.mine(image, "Your own picture");
    });
  }

  film() {
    const moving = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.attempt(this.button, async (current) => {
      const started = await camera((image) => current() && this.mine(image, "What your camera sees"), { moving });
      if (!current() || !this.host.isConnected) return started.stop();
      if (!moving) return;
      this.running = started;
      setText(this.button, "Hold the picture");
    });
  }

  /** @param {Stack} image @param {string} words */
  mine(image, words) {
    this.photo.control.value = "";
    this.onFound({ image, words, credit: `${words}. ${PRIVACY}`, file: "your-photo.jpg", photo: "" });
  }

  stop() {
    this.running?.stop();
    this.running = null;
    setText(this.button, "Use the camera");
  }
}
