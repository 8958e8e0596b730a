"""Filters that photographs give, beside those that only their covariance gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float, Int
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.orientation_and_colour import KINDS, direction_deg
from cnnfilters.experiments.photograph_filters import Drawn, PhotographStudy
from cnnfilters.figures.drawing.cells import note
from cnnfilters.figures.drawing.colour_pictures import colour_sheet
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.sheets import sheet_height
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import INNER, MARGIN, Tiles, write

TITLE, APART = 0.24, 0.14  # inches: above a sheet, between two
COLUMNS = {"wide": 16, "narrow": 11}
WORDS = {"photographs": "photographs", "Gaussian twin": "their Gaussian twin"}
PARTS = ("filters", "patterns")


class Shown(NamedTuple):
    """One fit, in the order in which it is drawn: colour last, and by direction.

    Attributes:
        filters: What responds, channels first.
        patterns: What each filter responds to, channels first.
        kinds: What each was found to be, such as `colour edge`.
    """

    filters: Float[np.ndarray, "n 3 side side"]
    patterns: Float[np.ndarray, "n 3 side side"]
    kinds: list[str]


def photo_filters(study: PhotographStudy) -> Figure:
    """Every filter and pattern of one fit to photographs, and of one to their Gaussian twin.

    Args:
        study: What `cnnfilters.experiments.photograph_filters` measured.
    """
    return drawn_filters(study.shown)


def drawn_filters(kept: Mapping[str, Drawn]) -> Figure:
    """The same of two fits of one's own.

    Args:
        kept: `photographs` and `Gaussian twin`, each as `to_draw` keeps it.

    Returns:
        The figure.
    """
    fits = {arm: in_order(kept[arm]) for arm in WORDS}
    ours, twin = (Counter(fit.kinds) for fit in fits.values())
    count = len(fits["photographs"].kinds)
    oriented = {arm: _with_direction(Counter(fit.kinds)) for arm, fit in fits.items()}
    return Figure(
        plotted(
            _draw, fits, height=lambda layout: _tiles(layout, count).height(len(WORDS) * len(PARTS))
        ),
        alt=(
            f"Sheets of {count} filters in colour. From photographs {oriented['photographs']} "
            f"are stripes or edges of one direction, {_coloured(ours)} of all are coloured, and "
            f"{ours['colour blob']} are plain colours. From the Gaussian twin "
            f"{oriented['Gaussian twin']} have a direction: coloured noise."
        ),
        caption=(
            f"Photographs give {ours['edge']} edges, {ours['colour edge']} colour edges and "
            f"{ours['colour blob']} colour blobs. Chance names some, too: of {count} filters from "
            "patches with the same covariance and nothing else, it names "
            f"{_with_direction(twin)} for a direction and {twin['colour blob']} for a colour "
            "without one. Each is drawn on its own scale; zero is middle grey."
        ),
        table=_table(fits),
    )


def in_order(kept: Drawn) -> Shown:
    """A fit that was kept to be drawn."""
    filters, names = np.array(kept["filters"]), np.array(kept["kinds"])
    order = _order(filters, names)
    patterns = np.array(kept["patterns"])[order]
    return Shown(filters[order], patterns, [str(name) for name in names[order]])


def _order(filters: Float[np.ndarray, "n 3 side side"], names: Any) -> Int[np.ndarray, " n"]:
    places = [KINDS.index(name) for name in names]
    return np.lexsort((direction_deg(filters), np.array(places)))


def _with_direction(names: Mapping[str, int]) -> int:
    return names["edge"] + names["colour edge"]


def _coloured(names: Mapping[str, int]) -> int:
    return names["colour edge"] + names["colour blob"]


def _tiles(layout: Layout, count: int) -> Tiles:
    """A sheet of `count` filters each."""
    tall = sheet_height(count, COLUMNS[layout], width=INNER[layout], side=8)
    return Tiles(layout, 1, title=TITLE, below=APART, top=MARGIN, tall=tall)


def _draw(canvas: Canvas, layout: Layout, fits: Mapping[str, Shown]) -> None:
    sheets = [(part, arm, fit) for part in PARTS for arm, fit in fits.items()]
    for nth, (part, arm, fit) in enumerate(sheets):
        box = _tiles(layout, len(fit.kinds)).box(nth)
        write(canvas, MARGIN, box.top - TITLE, f"{part.capitalize()} from {WORDS[arm]}")
        if layout == "wide" and part == PARTS[0]:
            note(canvas, box.right, box.top - TITLE, _counted(Counter(fit.kinds)), align="right")
        colour_sheet(canvas, getattr(fit, part), box, columns=COLUMNS[layout])


def _counted(names: Mapping[str, int]) -> str:
    """Kinds in the order of the sheet, with their numbers."""
    return " · ".join(f"{names[kind]} {kind}{'' if names[kind] == 1 else 's'}" for kind in KINDS)


def _table(fits: Mapping[str, Shown]) -> Table:
    counts = {arm: Counter(fit.kinds) for arm, fit in fits.items()}
    return Table(
        ("kind of filter", *(f"from {words}" for words in WORDS.values())),
        [(kind, *(counts[arm][kind] for arm in WORDS)) for kind in KINDS],
    )
