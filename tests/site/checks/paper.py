"""The digit lab's paper, drawn on with the pointer."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Page

Place = tuple[float, float]  # across, down, as shares of the paper
INKED = """name => { const it = document.querySelector(`${name} canvas`);
  const { data } = it.getContext("2d").getImageData(0, 0, it.width, it.height);
  return data.filter((value, index) => index % 4 === 0 && value < 255).length; }"""


def inked(page: Page, paper: str = "#it-paper") -> int:
    """How many pixels of the paper are not white."""
    return int(page.evaluate(INKED, paper))


def at(page: Page, place: Place, paper: str = "#it-paper") -> Place:
    """Where a place of the paper is in the window."""
    box = page.locator(f"{paper} canvas").bounding_box()
    assert box
    return box["x"] + place[0] * box["width"], box["y"] + place[1] * box["height"]


def draw(page: Page, places: Iterable[Place], paper: str = "#it-paper") -> None:
    """One stroke with the mouse."""
    first, *others = (at(page, place, paper) for place in places)
    page.mouse.move(*first)
    page.mouse.down()
    for place in others:
        page.mouse.move(*place)
    page.mouse.up()


def scribble(page: Page, paper: str) -> None:
    """More turns than an address has room for, in two strokes."""
    for half in (0.1, 0.5):
        draw(page, [(0.1 + 0.8 * (turn % 2), half + turn / 500) for turn in range(180)], paper)


def ink(page: Page, left: float, top: float, right: float, bottom: float) -> int:
    """How many pixels are not white in a part of the paper."""
    return int(
        page.evaluate(
            """shares => { const it = document.querySelector("#it-paper canvas");
              const [x, y, right, bottom] = shares.map(share => Math.round(share * it.width));
              const { data } = it.getContext("2d").getImageData(x, y, right - x, bottom - y);
              return data.filter((value, index) => index % 4 === 0 && value < 255).length; }""",
            [left, top, right, bottom],
        )
    )
