"""What can be wrong in a picture's own file: text too small, a number missing, ink of the day."""

from __future__ import annotations

import re

from lxml import etree

from cnnfilters.figures.drawing.style import DARK, SMALL

SIZE = re.compile(r"font(?:-size)?:[^;\"]*?([\d.]+)px")  # in the picture's own unit, the point
IMAGE = re.compile(r'"data:image/png;base64,[^"]*"')
MISSING = re.compile(r"\b(nan|inf)\b", re.IGNORECASE)


def small_texts(svg: str) -> list[str]:
    """Texts smaller than a figure may use, or of unknown size; of a picture without text, that."""
    texts = list(etree.fromstring(svg.encode()).iter("{*}text"))
    found = [_words(text) for text in texts if not _is_large(text.get("style", ""))]
    return found if texts else ["no text"]


def _is_large(style: str) -> bool:
    sizes = [float(size) for size in SIZE.findall(style)]
    return bool(sizes) and min(sizes) >= SMALL


def _words(text: etree._Element) -> str:
    return "".join(map(str, text.itertext())).strip()


def missing_numbers(svg: str) -> set[str]:
    """What is written where a number should be."""
    return set(MISSING.findall(IMAGE.sub('""', svg)))


def light_inks(svg: str) -> set[str]:
    """Inks of the light page, which nobody sees on the dark one."""
    return {ink for ink in DARK if ink in svg}
