"""A photograph through some of the filters that photographs gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.orientation_and_colour import direction_deg
from cnnfilters.convolution import cross_correlate
from cnnfilters.experiments.photograph_filters import PhotographStudy
from cnnfilters.figures.drawing.cells import TITLE, picture
from cnnfilters.figures.drawing.colour_pictures import colour_photograph, colour_sheet
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import shaded
from cnnfilters.figures.drawing.style import MUTED, SMALL, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, Tiles, scale_bar, write
from cnnfilters.figures.photographs.photo_filters import in_order
from cnnfilters.photographs import load_photograph, photographs
from cnnfilters.words import percent

PHOTOGRAPH, SHRINK = "astronaut", 4  # half as fine as the patches were: fewer bytes, larger filters
CROP = (slice(0, 112), slice(8, 120))
GAP = 0.12  # inches
COLUMNS = {"wide": 4, "narrow": 2}
THUMBNAIL = 0.42  # inches: a filter in the corner of its map
ASKED = {  # a kind, and the direction of the filter that is looked for
    "edge, level": ("edge", 0.0),
    "edge, upright": ("edge", 90.0),
    "edge, aslant": ("edge", 45.0),
    "colour edge, level": ("colour edge", 0.0),
    "colour edge, upright": ("colour edge", 90.0),
    "colour blob 1": ("colour blob", 0.0),
    "colour blob 2": ("colour blob", 90.0),
}
NEAR = 25.0  # degrees: of the filters this near to what is asked, the one that answers most


class _Map(NamedTuple):
    """One filter of length 1 and its answers."""

    filter: Float[np.ndarray, "3 side side"]
    answers: Float[np.ndarray, "rows columns"]


def photo_responses(study: PhotographStudy) -> Figure:
    """A colour photograph through grey and coloured filters, all on one scale.

    Args:
        study: What `cnnfilters.experiments.photograph_filters` measured.
    """
    pixels = load_photograph(PHOTOGRAPH, shrink=SHRINK)[:, *CROP].astype(np.float64)
    maps = _maps(study, pixels)
    extents = {name: _extent(each) for name, each in maps.items()}
    least, most = min(extents, key=extents.__getitem__), max(extents, key=extents.__getitem__)
    limit = max(float(np.abs(each.answers).max()) for each in maps.values())
    description = photographs()[PHOTOGRAPH]
    return Figure(
        plotted(_draw, pixels, maps, height=lambda layout: _tiles(layout).height(1 + len(maps))),
        alt=(
            f"An astronaut through {len(maps)} filters, on one scale up to {limit:.1f}. Where a "
            f"map is above half of its own peak: {percent(extents[least])} of the picture for "
            f"{least}, a few outlines, but {percent(extents[most], 0)} for {most}, whole areas."
        ),
        caption=(
            "Each map is one output channel of a Conv2d that was never trained. Edges answer at "
            "outlines of their direction, colour edges where one colour meets another, blobs over "
            f"areas. Filters of length 1. Photograph: {description.attribution}."
        ),
        table=Table(
            ("filter", "least answer", "greatest answer", "mean size of an answer"),
            [
                (
                    name,
                    float(each.answers.min()),
                    float(each.answers.max()),
                    float(np.abs(each.answers).mean()),
                )
                for name, each in maps.items()
            ],
        ),
    )


def _maps(study: PhotographStudy, pixels: Float[np.ndarray, "3 height width"]) -> dict[str, _Map]:
    """The asked filters that the fit has, each used once."""
    fit = in_order(study.shown["photographs"])
    directions, answers = direction_deg(fit.filters), cross_correlate(pixels, fit.filters)
    size = np.abs(answers).mean(axis=(1, 2))
    names, maps, used = np.array(fit.kinds), dict[str, _Map](), set[int]()
    for title, (kind, angle) in ASKED.items():
        free = [index for index in np.flatnonzero(names == kind) if int(index) not in used]
        if not free:
            continue
        away = np.abs((directions[free] - angle + 90) % 180 - 90)
        best = np.where(away <= NEAR, 1 + size[free], 1 - away / 180).argmax()
        used.add(int(free[best]))
        maps[title] = _Map(fit.filters[free[best]], answers[free[best]])
    return maps


def _extent(each: _Map) -> float:
    """The share of places where a map is above half of its own peak."""
    size = np.abs(each.answers)
    return float((size > size.max() / 2).mean())


def _tiles(layout: Layout) -> Tiles:
    return Tiles(layout, COLUMNS[layout], gap=GAP, title=TITLE, below=GAP, top=HEAD)


def _draw(
    canvas: Canvas,
    layout: Layout,
    pixels: Float[np.ndarray, "3 height width"],
    maps: Mapping[str, _Map],
) -> None:
    tiles = _tiles(layout)
    limit = max(float(np.abs(each.answers).max()) for each in maps.values())
    scale_bar(canvas, limit=limit, label="answer")
    for index, title in enumerate(["photograph", *maps]):
        box = tiles.box(index)
        if title == "photograph":
            colour_photograph(canvas, pixels, box)
        else:
            picture(canvas, box, shaded(maps[title].answers, limit=limit), limit=limit)
            colour_sheet(canvas, maps[title].filter[None], box.corner(THUMBNAIL), columns=1)
        style: dict[str, Any] = {"fontsize": SMALL, "color": MUTED} if index else {}
        write(canvas, box.left, box.top - TITLE, title, **style)
