"""The colours of the site's own pictures: their palettes, and the contrast of text in them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import numpy as np
from PIL import Image
from playwright.sync_api import Page

from cnnfilters.figures.drawing.style import CATEGORIES, DARK, MAGNITUDE, SIGNED

LEAST = 4.5  # WCAG 1.4.3, text below 24 px
COLOUR = re.compile(r"(?:fill|stroke|stop-color)(?::\s*|=\")(#[0-9a-f]{3,6})\b", re.IGNORECASE)
NEAR = 0.012  # of 1: a shade between two of a map's 256, rounded
PALETTES = [
    *(mpl.colors.to_rgb(colour) for colour in (*CATEGORIES, *DARK, *DARK.values(), "k", "w")),
    *(
        tuple(shade[:3])
        for name in (SIGNED, MAGNITUDE)
        for shade in mpl.colormaps[name](range(256))
    ),
]
# Every picture as the page shows it, its texts with their colour, and then without its texts.
SHOW = """([pictures, ground]) => {
  const sheet = document.createElement("div");
  sheet.innerHTML = pictures.join("");
  document.body.replaceChildren(sheet);
  document.body.style.cssText = `margin: 0; background: ${ground}`;
  const found = [...sheet.children].map(svg => [...svg.querySelectorAll("text")].map(text => {
    const {left, top, width, height} = text.getBoundingClientRect();
    return [left, top, width, height, getComputedStyle(text).fill, text.textContent];
  }));
  for (const text of sheet.querySelectorAll("text")) text.style.visibility = "hidden";
  return found;
}"""


def foreign_colours(svg: str) -> set[str]:
    """Colours of a picture that are in none of the palettes, which other tests examine.

    A grey is a pixel of an image, or lies between ink and paper.
    """
    known = np.array(PALETTES)
    found = {text.lower() for text in COLOUR.findall(svg)}
    rgb = {text: np.array(mpl.colors.to_rgb(text)) for text in found}
    return {
        text
        for text, colour in rgb.items()
        if np.ptp(colour) > 0 and np.abs(known - colour).max(axis=1).min() > NEAR
    }


def faint_texts(page: Page, pictures: dict[str, str], ground: str) -> Iterator[str]:
    """Texts in pictures whose contrast with what is behind them is too small.

    Args:
        page: An empty one.
        pictures: SVG, by name.
        ground: The page's colour.
    """
    found = page.evaluate(SHOW, [list(pictures.values()), ground])
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    pixels = np.asarray(shot)
    for name, texts in zip(pictures, found, strict=True):
        for left, top, width, height, fill, words in texts:
            rows = slice(max(int(top), 0), int(top + height) + 1)
            behind = pixels[rows, max(int(left), 0) : int(left + width) + 1]
            if not words.strip() or behind.size == 0:
                continue
            ink = luminances(np.array([int(part) for part in re.findall(r"\d+", fill)[:3]]) / 255)
            contrast = ratio(float(ink), float(np.median(luminances(behind / 255))))
            if contrast < LEAST:
                yield f"{name}: {words.strip()!r} has {contrast:.1f}"


def luminances(srgb: np.ndarray) -> np.ndarray:
    """The relative luminance of WCAG, of colours on the last axis."""
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ [0.2126, 0.7152, 0.0722])


def ratio(one: float, other: float) -> float:
    """The contrast of two luminances."""
    dark, light = sorted((one, other))
    return (light + 0.05) / (dark + 0.05)


def pictures_in(folder: Path, ending: str) -> dict[str, str]:
    """The SVG files of a folder, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob(ending))}
