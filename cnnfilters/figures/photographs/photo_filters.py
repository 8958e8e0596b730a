"""Filters that photographs give, beside those that only their covariance gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float, Int
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.orientation_and_colour import KINDS, direction_deg
from cnnfilters.figures.drawing.colour_pictures import colour_sheet
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.sheets import Box, sheet_cells, write
from cnnfilters.figures.drawing.style import MUTED, SMALL, WIDTH, Layout
from cnnfilters.figures.drawing.table import Table

MARGIN, TITLE, APART = 0.05, 0.24, 0.14  # inches: beside, above a sheet, between two
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


def photo_filters(study: Mapping[str, Any]) -> Figure:
    """Every filter and pattern of one fit to photographs, and of one to their Gaussian twin.

    Args:
        study: What `cnnfilters.experiments.photograph_filters` measured.

    Returns:
        The figure.
    """
    fits = {arm: shown(study, arm) for arm in WORDS}
    ours, twin = (Counter(fit.kinds) for fit in fits.values())
    count = len(fits["photographs"].kinds)
    oriented = {arm: _with_direction(Counter(fit.kinds)) for arm, fit in fits.items()}
    return Figure(
        plotted(
            lambda canvas, layout: _draw(canvas, layout, fits),
            height=_height("wide", count),
            narrow_height=_height("narrow", count),
        ),
        alt=(
            f"Sheets of {count} filters in colour. From photographs {oriented['photographs']} "
            f"are stripes or edges of one direction, {_coloured(ours)} of all are coloured, and "
            f"{ours['colour blob']} are plain colours. From the Gaussian twin "
            f"{oriented['Gaussian twin']} have a direction: coloured noise."
        ),
        caption=(
            f"Photographs give {ours['edge']} edges, {ours['colour edge']} colour edges and "
            f"{ours['colour blob']} colour blobs. Of those from patches with the same "
            f"covariance and nothing else, {_with_direction(twin)} of {count} have a direction. "
            "Each is drawn on its own scale; zero is middle grey."
        ),
        table=_table(fits),
    )


def shown(study: Mapping[str, Any], arm: str) -> Shown:
    """The fit that a study keeps to draw, in order."""
    kept = study["shown"][arm]
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


def _sheet_height(layout: Layout, count: int) -> float:
    rows, cells = sheet_cells(count, COLUMNS[layout], side=8)
    return (WIDTH[layout] - 2 * MARGIN) * rows / cells


def _height(layout: Layout, count: int) -> float:
    each = TITLE + _sheet_height(layout, count) + APART
    return MARGIN + len(WORDS) * len(PARTS) * each


def _draw(canvas: Canvas, layout: Layout, fits: Mapping[str, Shown]) -> None:
    top, width = MARGIN, WIDTH[layout] - 2 * MARGIN
    for part in PARTS:
        for arm, fit in fits.items():
            height = _sheet_height(layout, len(fit.kinds))
            write(canvas, MARGIN, top, f"{part.capitalize()} from {WORDS[arm]}")
            if layout == "wide" and part == PARTS[0]:
                words = _counted(Counter(fit.kinds))
                write(
                    canvas,
                    MARGIN + width,
                    top,
                    words,
                    align="right",
                    fontsize=SMALL,
                    color=MUTED,
                )
            box = Box(MARGIN, top + TITLE, width, height)
            colour_sheet(canvas, getattr(fit, part), box, columns=COLUMNS[layout])
            top += TITLE + height + APART


def _counted(names: Mapping[str, int]) -> str:
    """Kinds in the order of the sheet, with their numbers."""
    return " · ".join(f"{names[kind]} {kind}{'' if names[kind] == 1 else 's'}" for kind in KINDS)


def _table(fits: Mapping[str, Shown]) -> Table:
    counts = {arm: Counter(fit.kinds) for arm, fit in fits.items()}
    return Table(
        ("kind of filter", *(f"from {words}" for words in WORDS.values())),
        [(kind, *(counts[arm][kind] for arm in WORDS)) for kind in KINDS],
    )
