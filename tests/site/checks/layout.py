"""Where the parts of a widget lie: what one changes, what changes, the window, a finger."""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Page

SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.5.8
SMALLEST_TEXT = 12  # CSS pixels
WIDEST = 1150  # CSS pixels of a widget


class Effect(NamedTuple):
    """A control and what it changes, as selectors within the widget, the upper one first."""

    control: str
    result: str
    on_phones: bool = True  # else on a desk alone


# Of each widget first what its name promises.
EFFECTS = {
    "arithmetic-playground": [
        Effect("[id$=-kernel-0]", ".cf-grid svg"),
        Effect("[id$=-kernel-0]", ".cf-grid:last-child svg"),
        Effect("[id$='-padding-0']", ".cf-grid svg"),
        Effect("[id$='-padding-0']", ".cf-result"),
        Effect(".cf-player", ".cf-grid svg"),
        Effect(".cf-player", ".cf-grid:last-child svg"),
        Effect(".cf-player", ".cf-result"),
    ],
    "convolution-stepper": [
        Effect(".cf-player", ".cf-result"),
        Effect(".cf-kernel", ".cf-products"),
        Effect("[id$=-stride]", ".cf-map"),
        Effect("[id$=-digit]", ".cf-pixels"),
    ],
    "digit-lab": [
        Effect(".cf-paper", ".cf-hand > .cf-result"),
        Effect(".cf-paper", ".cf-seen canvas", on_phones=False),
        Effect(".cf-paper", ".cf-answers", on_phones=False),
        Effect(".cf-paper", ".cf-maps", on_phones=False),
        Effect("[id$=-network]", ".cf-maps"),
        Effect("[id$=-network]", ".cf-answers", on_phones=False),
        Effect(".cf-maps", ".cf-large canvas", on_phones=False),
        Effect(".cf-layers > :last-child .cf-maps", ".cf-large canvas"),
        Effect(".cf-maps", ".cf-sum > .cf-result", on_phones=False),
        Effect("[id$=-map]", ".cf-sum > .cf-result"),
        Effect("[id$=-map]", ".cf-parts", on_phones=False),
        Effect(".cf-answers", "[id$=-off]", on_phones=False),  # a switch below what it changes
        Effect("[id$=-channel]", "[aria-labelledby$=-part-2]", on_phones=False),
    ],
    "kernel-playground": [
        Effect("[id$=-kernel]", ".cf-answer-pane canvas"),
        Effect("[id$=-photo]", ".cf-photo canvas"),
        Effect("[id$=-row]", ".cf-result"),
    ],
    "kernel-timeline": [
        Effect(".cf-player", ".cf-result"),
        Effect(".cf-player", ".cf-tiles"),
        Effect(".cf-tiles button", ".cf-weights"),
    ],
    "shape-tracer": [
        Effect("[id$=-code]", ":is(.cf-problem, .cf-problem ~ .cf-result):not([hidden])"),
        Effect("[id$=-code]", ".cf-trace tbody th"),
        Effect("[id$=-input]", ":is(.cf-problem, .cf-problem ~ .cf-result):not([hidden])"),
    ],
    "unit-browser": [
        Effect(".cf-tiles button", ".cf-result"),
        Effect("[id$=-run]", ".cf-tiles"),
        Effect("[id$=-method]", ".cf-account:nth-child(2) canvas"),
    ],
}

# The result's edges, once the control lies at the top of the window, below the page's header.
PLACE = """([host, control, result]) => {
  const find = what => document.querySelector(host).querySelector(what);
  const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
  const top = find(control).getBoundingClientRect().top;
  scrollBy({top: top - header - 8, behavior: "instant"});
  const box = find(result).getBoundingClientRect();
  return {above: header - box.top, below: box.bottom - innerHeight, left: -box.left,
          right: box.right - document.documentElement.clientWidth};
}"""
SCROLLERS = """host => [...document.querySelector(host).querySelectorAll("[data-cf-scroll]")]
  .filter(e => e.checkVisibility() && !e.matches("pre > code, .cf-trace"))
  .map(e => `${e.className}: ${e.scrollWidth} in ${e.clientWidth} px`)"""
# WCAG 2.5.8: at least 24 px, or 24 px apart; what stands in a sentence is free. A field for a file
# or a box to tick is pressed by its label too.
TARGETS = """([host, least]) => {
  const all = document.querySelector(host).querySelectorAll(
    ".cf-body :is(button, summary, select, textarea, input), .cf-body a[href]");
  const small = e => {
    const {width, height} = e.getBoundingClientRect();
    return e.checkVisibility() && !e.closest("p") && Math.min(width, height) < least - 0.01;
  };
  return [...all].filter(small).map(e => `${e.localName}#${e.id}.${e.className}: ` +
    `${e.getBoundingClientRect().width} × ${e.getBoundingClientRect().height} px`);
}"""
# Of HTML the font size; of a drawing its size on the screen.
TEXTS = """([host, least]) => {
  const found = new Set();
  const words = document.createTreeWalker(document.querySelector(host), NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const e = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !e.checkVisibility() || e.closest(".cf-spoken")) continue;
    const scale = e.ownerSVGElement ? e.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(e).fontSize) * scale;
    if (size < least - 0.05) found.add(`${words.currentNode.data.trim()}: ${size} px`);
  }
  return [...found];
}"""
# A finger may always scroll and enlarge the page, except where it draws; a double tap is two taps.
GESTURES = """host => {
  const all = [...document.querySelector(host).querySelectorAll(".cf-body *")]
    .filter(e => e.checkVisibility() && !e.closest(".cf-paper"));
  const held = e => {
    const can = getComputedStyle(e).touchAction;
    return !/auto|manipulation/.test(can) && !(/pan-y/.test(can) && /pinch-zoom/.test(can));
  };
  const name = e => `${e.localName}.${e.className}: ${getComputedStyle(e).touchAction}`;
  const pressed = "button, summary, label, select, input, textarea";
  return [...all.filter(held),
          ...all.filter(e => e.matches(pressed) && getComputedStyle(e).touchAction === "auto")]
    .map(name);
}"""
FIELDS = """host => [...document.querySelector(host).querySelectorAll("input[type=text]")]
  .filter(e => !e.inputMode).map(e => `${e.id || e.ariaLabel}: no inputmode`)"""

# What a step may not move: every part's upper edge within the widget, before and after each.
STEADY = """host => {
  const widget = document.querySelector(host);
  const parts = [...widget.querySelectorAll(
    ".cf-columns > *, .cf-columns > * > *, .cf-lab > *, .cf-lab > * > *, .cf-player, "
    + ".cf-sharing, .cf-board, canvas")]
    .filter(e => e.checkVisibility());
  const tops = () => {
    const top = widget.getBoundingClientRect().top;
    return parts.map(e => Math.round(e.getBoundingClientRect().top - top));
  };
  const before = tops(), moved = new Set();
  const name = e => `${e.localName}.${e.className}`;
  const look = act => tops().forEach((top, at) => {
    if (parts[at].isConnected && top !== before[at])
      moved.add(`${act} moves ${name(parts[at])} by ${top - before[at]}`);
  });
  for (const slider of widget.querySelectorAll("input[id$=-step], input[id$=-row]"))
    for (let step = Number(slider.min); step <= Number(slider.max); step++) {
      slider.value = step;
      slider.dispatchEvent(new Event("input", {bubbles: true}));
      look(`${slider.id} ${step}`);
    }
  for (const button of widget.querySelectorAll(".cf-tiles button")) {
    button.focus({preventScroll: true});
    look(button.ariaLabel);
  }
  for (const choice of widget.querySelectorAll("[id$=-shown], [id$=-channel]"))
    for (const {value} of choice.options) {
      choice.value = value;
      choice.dispatchEvent(new Event("change", {bubbles: true}));
      look(`${choice.id} ${value}`);
    }
  return [...moved];
}"""


def far_results(page: Page, host: str, effects: list[Effect]) -> list[str]:
    """Results that are not wholly in the window while their control is at its top.

    Args:
        page: One whose window has the height to try.
        host: The widget's selector.
        effects: What to try.
    """
    problems = []
    for control, result, _ in effects:
        out = page.evaluate(PLACE, [host, control, result])
        problems += [
            f"{control} changes {result}, which is {pixels:.0f} px out of the window, {side}"
            for side, pixels in out.items()
            if pixels > 0.5
        ]
    return problems


def small_targets(page: Page, host: str) -> list[str]:
    """Controls that a finger misses."""
    return list(page.evaluate(TARGETS, [host, SMALLEST_TARGET]))


def small_texts(page: Page, host: str) -> list[str]:
    """What is written too small."""
    return list(page.evaluate(TEXTS, [host, SMALLEST_TEXT]))
