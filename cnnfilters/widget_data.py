"""What the widgets compute with, as JSON and PNG: the very arrays that the figures draw."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, get_args

import numpy as np

from cnnfilters.analysis.receptive_patches import Layer
from cnnfilters.analysis.timeline import timeline
from cnnfilters.arithmetic.relationships import RELATIONSHIPS
from cnnfilters.config import headline_configs
from cnnfilters.digits import Digits
from cnnfilters.export import export_run
from cnnfilters.kernel_bank import named_kernels
from cnnfilters.photographs import load_photograph, photographs
from cnnfilters.results import Recipe
from cnnfilters.run import Run

SIDE = 256  # pixels of a photograph: its numbers can be seen as squares, and it weighs 45 KB
DECIMALS = 12
# name: how far to shrink it, and the first row and column of the square that is kept
PHOTOGRAPHS = {
    "chelsea": (1, 20, 100),
    "camera": (2, 0, 0),
    "coins": (1, 0, 64),
    "brick": (2, 0, 0),
}


def one_of_each(digits: Digits) -> dict[str, Any]:
    """The first held-out digit of each class, as ink from 0 to 255, row by row.

    Example:
        >>> images = np.stack([np.full((28, 28), digit / 255) for digit in range(10)])
        >>> digits = Digits("sample", images, np.arange(10), images, np.arange(10), checksum="")
        >>> shown = one_of_each(digits)
        >>> shown["words"], [ink[0] for ink in shown["images"]]
        ('10 held-out training digits', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    first = [int(np.flatnonzero(digits.held_out_labels == digit)[0]) for digit in range(10)]
    ink = np.rint(digits.held_out_images[first] * 255).astype(int)
    return {"words": digits.held_out_words, "images": ink.reshape(10, -1).tolist()}


def kernels() -> list[dict[str, Any]]:
    """The named kernels with what there is to say about them.

    Example:
        >>> kernels()[0]["name"]
        'identity'
    """
    return [
        {
            "name": kernel.name,
            "weights": (kernel.weights.round(DECIMALS) + 0.0).tolist(),  # no -0.0, no 1e-17
            "formula": kernel.formula,
            "finds": kernel.finds,
            "source": kernel.source,
        }
        for kernel in named_kernels().values()
    ]


def relationships() -> list[dict[str, Any]]:
    """The numbered relationships, their formulas as plain text.

    Example:
        >>> relationships()[0]["number"], relationships()[0]["formula"]
        (1, 'o = (i − k) + 1')
    """
    return [
        {
            "number": relationship.number,
            "name": relationship.name,
            "conditions": relationship.conditions,
            "formula": plain_formula(relationship.formula),
        }
        for relationship in RELATIONSHIPS
    ]


def plain_formula(tex: str) -> str:
    r"""A relationship's formula without TeX.

    Example:
        >>> plain_formula(r"o = \left\lfloor \frac{i - k}{s} \right\rfloor + 1")
        'o = ⌊(i − k) / s⌋ + 1'
    """
    floors = re.sub(r"\\left\\lfloor *(.+?) *\\right\\rfloor", r"⌊\1⌋", tex)
    fractions = re.sub(r"\\frac\{(.+?)\}\{(.+?)\}", r"(\1) / \2", floors)
    return fractions.replace("-", "−").replace("'", "′")


def photograph_list() -> list[dict[str, str]]:
    """What each photograph of the playground shows, and whose it is.

    Example:
        >>> sorted(photograph_list()[0])
        ['attribution', 'name', 'shows']
    """
    known = photographs()
    return [
        {"name": name, "shows": known[name].shows, "attribution": known[name].attribution}
        for name in PHOTOGRAPHS
    ]


def photograph(name: str) -> bytes:
    """A square of one photograph, in grey, as a PNG.

    Example:
        >>> png = photograph("camera")
        >>> png[1:4], int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
        (b'PNG', 256, 256)
    """
    from PIL import Image

    shrink, top, left = PHOTOGRAPHS[name]
    pixels = load_photograph(name, grey=True, shrink=shrink)[0]
    square = pixels[top : top + SIDE, left : left + SIDE]
    file = BytesIO()
    Image.fromarray(np.rint(square * 255).astype(np.uint8)).save(file, "PNG", optimize=True)
    return file.getvalue()


def unit_pictures(run: Run, digits: Digits, **which: Any) -> dict[str, Any]:
    """What `units` says of a layer; its module needs torch, which takes seconds to import."""
    from cnnfilters.analysis.unit_browser import units

    return units(run, digits, **which)


WIDGET_DATA: dict[str, Recipe] = {
    "digits": Recipe(one_of_each, ("digits",)),
    "kernels": Recipe(kernels),
    "photographs": Recipe(photograph_list),
    "relationships": Recipe(relationships),
    **{f"{name}.png": Recipe(photograph, options={"name": name}) for name in PHOTOGRAPHS},
    **{
        f"{kind}-{name}": Recipe(make, (f"run:{name}",), {"name": name})
        for name in headline_configs()
        for kind, make in (("model", export_run), ("timeline", timeline))
    },
    **{  # a file for each, since a reader looks at few of them
        f"units-{name}-{layer}-{end}": Recipe(
            unit_pictures, (f"run:{name}", "digits"), {"layer": layer, "end": end}
        )
        for name in headline_configs()
        for layer in get_args(Layer)
        for end in ("trained", "start")
    },
}
