"""Whether what a picture tells apart by colour is told apart without it, too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import matplotlib as mpl
import numpy as np
from colorspacious import cspace_convert
from lxml import etree

from checks.figure_colours import luminances
from cnnfilters.figures.drawing.style import CATEGORIES

FAR_IN_GREY = 15  # in lightness, of 100: as far as the steps of a print that is to be read
XLINK = "{http://www.w3.org/1999/xlink}href"
Form = tuple[str, str]  # a marker's shape, a line's dashes, a surface's filling


def same_in_grey(svg: str) -> list[str]:
    """Pairs of category colours that neither form nor lightness tells apart in one picture."""
    return [
        f"{one} and {other}"
        for (one, its), (other, others) in combinations(sorted(_forms(svg).items()), 2)
        if not (its - others and others - its) and abs(_grey(one) - _grey(other)) < FAR_IN_GREY
    ]


def _forms(svg: str) -> dict[str, set[Form]]:
    """The forms that each category colour takes."""
    forms = defaultdict[str, set[Form]](set)
    for element in etree.fromstring(svg.encode()).iter("{*}path", "{*}use", "{*}rect"):
        style = dict(re.findall(r"([\w-]+):\s*([^;]+)", element.get("style") or ""))
        style.update({name: value for name, value in element.items() if name in ("fill", "stroke")})
        for colour, form in _drawn(element, style):
            forms[colour].add(form)
    return forms


def _drawn(element: etree._Element, style: dict[str, str]) -> Iterator[tuple[str, Form]]:
    holders = {etree.QName(holder).localname for holder in element.iterancestors()}
    if "defs" in holders and "pattern" not in holders:
        return  # a marker's shape, or a clip: it shows where it is used
    for paint in ("fill", "stroke"):
        if (colour := style.get(paint)) in CATEGORIES:
            if "pattern" in holders:
                yield colour, ("filling", "striped")
            elif etree.QName(element).localname == "use":
                yield colour, ("marker", element.get(XLINK) or "")
            elif paint == "fill":
                yield colour, ("filling", "plain")
            else:
                yield colour, ("dashes", style.get("stroke-dasharray", "none"))


def _grey(colour: str) -> float:
    """How light a colour is once only its luminance is left."""
    level = float(luminances(np.array(mpl.colors.to_rgb(colour))))
    encoded = 12.92 * level if level <= 0.0031308 else 1.055 * level ** (1 / 2.4) - 0.055
    return float(cspace_convert(np.full(3, encoded), "sRGB1", "CAM02-UCS")[0])
