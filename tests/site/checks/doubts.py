"""What axe-core cannot decide: measured here where that is enough, else reviewed by kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

from checks.figure_colours import luminances, ratio

Node = dict[str, Any]
LEAST = 4.5  # WCAG 1.4.3, text of ordinary size
# Text that axe leaves out since it is one letter, or since its box or its formula's is cut.
MEASURED = {"shortTextContent", "nonBmp", "elmPartiallyObscured"}
CUT = "elmPartiallyObscuring"  # likewise where the edge of a scroller or of its column cuts it
# The colour of a text and that of the nearest surface below it, if that is opaque and plain. A text
# that leaves a box must be cut by a scroller, or lie wholly on that surface with nothing over it.
COLOURS = """async places => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const plane = e => {
    const {backgroundColor, backgroundImage} = getComputedStyle(e);
    const [red, green, blue, opacity = 1] = parts(backgroundColor);
    return {colour: [red, green, blue], opacity, isPlain: backgroundImage === "none"};
  };
  const frame = () => new Promise(requestAnimationFrame);
  const root = document.documentElement;
  // the root's surface has no edge, nor has that of the body of a root that has none
  const isEndless = e => e === root || e === document.body && !plane(root).opacity;
  function isOn(surface) {
    const box = surface.getBoundingClientRect();
    return ({left, right, top, bottom}) => isEndless(surface) ||
      left >= box.left && right <= box.right && top >= box.top && bottom <= box.bottom;
  }
  const isUncovered = text => ({left, right, top, bottom}) =>
    [left + 1, (left + right) / 2, right - 1]
      .every(x => text.contains(document.elementFromPoint(x, (top + bottom) / 2)));
  async function lies(text, surface) {
    const scrolled = [];
    for (let e = text; e; e = e.parentElement) scrolled.push([e, e.scrollLeft, e.scrollTop]);
    text.scrollIntoView({block: "center", behavior: "instant"});
    await frame().then(frame); // the page answers to scrolling
    const words = document.createRange();
    words.selectNodeContents(text);
    const boxes = [...words.getClientRects()];
    const found = boxes.every(isOn(surface)) && boxes.every(isUncovered(text));
    for (const [e, left, top] of scrolled) e.scrollTo({left, top, behavior: "instant"});
    return found;
  }
  async function colours([selector, cut]) {
    const text = document.querySelector(selector);
    const ink = getComputedStyle(text)[text.closest("svg") ? "fill" : "color"];
    for (let below = text; below; below = below.parentElement) {
      const {colour, opacity, isPlain} = plane(below);
      if (!isPlain || opacity > 0 && opacity < 1) return null;
      if (!opacity) continue;
      const leaves = cut && !text.closest("[data-cf-scroll]");
      return leaves && !await lies(text, below) ? null : [parts(ink).slice(0, 3), colour];
    }
    return null;
  }
  const found = [];
  for (const place of places) found.push(await colours(place));
  return found;
}"""


def _reviewed() -> dict[str, Node]:
    file = Path(__file__).parents[1] / "reviewed.toml"
    kinds: list[Node] = tomllib.loads(file.read_text(encoding="utf-8"))["undecided"]
    return {kind["kind"]: kind for kind in kinds}


REVIEWED = _reviewed()


def open_doubts(page: Page, incomplete: list[Node]) -> Iterator[tuple[str, str]]:
    """Kind and place of each doubt that is left after measuring.

    Args:
        page: As axe has just seen it.
        incomplete: What axe could not decide.
    """
    found = [(rule["id"], node) for rule in incomplete for node in rule["nodes"]]
    texts = [node for _, node in found if _reason(node) in {*MEASURED, CUT}]
    colours = page.evaluate(COLOURS, [[node["target"][0], _reason(node) == CUT] for node in texts])
    plain = {id(node) for node, pair in zip(texts, colours, strict=True) if _stands_out(pair)}
    for rule, node in found:
        if id(node) not in plain:
            yield f"{rule}: {_reason(node)} {_kind(node)}", place(node)


def reviewed_problems(page: Page, incomplete: list[Node], kind: str) -> list[str]:
    """What is wrong with a kind that was reviewed: it is gone, or its colours are too near."""
    places = [at for each, at in open_doubts(page, incomplete) if each == kind]
    if not places:
        return ["it is no longer found: its entry can go"]
    if not kind.startswith("color-contrast"):
        return []
    colours = page.evaluate(COLOURS, [[at, False] for at in places])
    pairs = zip(places, colours, strict=True)
    return [f"{at} has too little contrast" for at, pair in pairs if not _stands_out(pair)]


def place(node: Node) -> str:
    """Where axe found something."""
    return " ".join(map(str, node["target"]))


def _stands_out(pair: list[list[float]] | None) -> bool:
    return bool(pair) and ratio(*map(float, luminances(np.array(pair) / 255))) >= LEAST


def _reason(node: Node) -> str:
    checks = [check for group in ("any", "all", "none") for check in node[group]]
    data = next((check["data"] for check in checks if isinstance(check["data"], dict)), {})
    return str(data.get("messageKey") or checks[0]["id"])


def _kind(node: Node) -> str:
    """The element's tag and classes."""
    tag, classes = re.match(r'<([^\s>]+)(?:[^>]*?\sclass="([^"]*)")?', node["html"]).groups()  # type: ignore[union-attr]
    return ".".join([tag, *(classes or "").split()])
