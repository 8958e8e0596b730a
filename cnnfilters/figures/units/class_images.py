"""What a network answers to most strongly: one image for each class, made in two ways."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.experiments.class_images import WHITE_TO_BLACK, ClassImagesStudy
from cnnfilters.figures.drawing.cells import note, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.intervals import mean
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Tiles, write
from cnnfilters.words import number

CLASSES = 10
TITLE, NAME, GAP, APART = 0.24, 0.2, 0.07, 0.12  # inches
IN_A_LINE = {"wide": 10, "narrow": 5}
TITLES = {
    "plain": "pixels bounded, nothing else asked",
    "sparing": "with jitter and a price on ink",
}

Images = Mapping[str, Float[np.ndarray, "classes 28 28"]]


def class_images(study: ClassImagesStudy) -> Figure:
    """The class images of one network, without and with jitter and a price on ink.

    Args:
        study: What `cnnfilters.experiments.class_images` measured.
    """
    images = {way: np.array(study.images[way]) / WHITE_TO_BLACK for way in TITLES}
    arm = study.arms["default"]
    ink = {way: f"{100 * images[way].mean():.0f} %" for way in TITLES}
    read = {way: f"{number(round(mean(arm[f'{way} read']), 1))} %" for way in TITLES}
    count = len(arm["plain read"])
    near = sum(own == named for own, named in enumerate(study.nearest["sparing"]))
    return Figure(
        plotted(_draw, images, height=lambda layout: _tiles(layout, 1).height(CLASSES) + MARGIN),
        alt=(
            "Ten class images, twice. Bounded alone, they fill the frame with strokes: their mean "
            f"ink is {ink['plain']}. With jitter and a price on ink it is {ink['sparing']}, and "
            f"what is left are a few strokes; {near} of ten images resemble their own digit's mean "
            "most."
        ),
        caption=(
            f"What one network answers to most strongly. Over {count} networks, the others read "
            f"{read['plain']} of the images above, and {read['sparing']} of those below, as the "
            "class that they were made for."
        ),
        table=_table(study, images),
    )


def _table(study: ClassImagesStudy, images: Images) -> Table:
    return Table(
        (
            "class",
            "ink, bounded alone, %",
            "nearest mean digit",
            "ink, jitter and price, %",
            "nearest mean digit, jitter and price",
        ),
        [
            (
                f"class {label}",
                100 * float(images["plain"][label].mean()),
                study.nearest["plain"][label],
                100 * float(images["sparing"][label].mean()),
                study.nearest["sparing"][label],
            )
            for label in range(len(images["plain"]))
        ],
    )


def _tiles(layout: Layout, nth: int) -> Tiles:
    """Places for the images of one of the two ways."""
    columns = IN_A_LINE[layout]
    tiles = Tiles(layout, columns, gap=GAP, title=NAME, below=GAP, top=MARGIN + TITLE)
    return tiles.group(nth, rows=CLASSES // columns, apart=TITLE + APART)


def _draw(canvas: Canvas, layout: Layout, images: Images) -> None:
    for nth, (way, title) in enumerate(TITLES.items()):
        tiles = _tiles(layout, nth)
        write(canvas, MARGIN, tiles.top - TITLE, title)
        for label, image in enumerate(images[way]):
            box = tiles.box(label)
            note(canvas, box.left, box.top - NAME, str(label))
            picture(canvas, box, image)
