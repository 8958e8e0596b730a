"""One page layout: pictures of one size in rows that fill the width, with titles and a scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.panels import bare
from cnnfilters.figures.drawing.style import SIGNED, SMALL, WIDTH, Layout

MARGIN = 0.05
"""Inches, left and right of every page, and above a scale bar."""
HEAD = 0.3
"""Inches that a scale bar takes above the pictures."""
INNER = {layout: width - 2 * MARGIN for layout, width in WIDTH.items()}
"""Inches between the margins."""


class Box(NamedTuple):
    """A place on a canvas, in inches from its top left corner.

    Attributes:
        left: Inches from the left edge of the canvas.
        top: Inches from its top edge.
        width: Inches.
        height: Inches.
    """

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Inches from the left edge of the canvas to the right edge of the box."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Inches from the top edge of the canvas to the lower edge of the box."""
        return self.top + self.height

    def corner(self, side: float, *, inside: float = 0.0) -> Box:
        """A square in the lower right corner, so far from both edges.

        Example:
            >>> Box(1, 2, 5, 4).corner(1)
            Box(left=5.0, top=5.0, width=1, height=1)
        """
        away = side + inside
        return Box(self.left + self.width - away, self.top + self.height - away, side, side)


def axes_in(canvas: Canvas, box: Box) -> Axes:
    """Axes that fill a box exactly.

    Example:
        >>> axes = axes_in(Canvas(figsize=(4, 2)), Box(1, 0.5, 2, 1))
        >>> [float(share) for share in axes.get_position().bounds]
        [0.25, 0.25, 0.5, 0.5]
    """
    canvas.set_layout_engine("none")  # every place is given
    width, height = canvas.get_size_inches()
    bottom = height - box.top - box.height
    return canvas.add_axes(
        (box.left / width, bottom / height, box.width / width, box.height / height)
    )


def write(
    canvas: Canvas, left: float, top: float, text: str, *, align: str = "left", **style: Any
) -> None:
    """A line of text, its top at `top`, in inches from the top left corner.

    Example:
        >>> canvas = Canvas(figsize=(4, 2))
        >>> write(canvas, 1, 0.5, "weight")
        >>> [float(share) for share in canvas.texts[0].get_position()]
        [0.25, 0.75]
    """
    width, height = canvas.get_size_inches()
    canvas.text(left / width, 1 - top / height, text, ha=align, va="top", **style)


@dataclass(frozen=True)
class Tiles:
    """Pictures of one size in rows that fill the width of a page; all lengths are in inches.

    Attributes:
        layout: Of the page.
        columns: Pictures in a row.
        gap: Between two pictures of a row.
        title: Above each picture, for its name.
        below: Under each picture.
        top: Above the first row.
        tall: Height of a picture; None: as high as it is wide.

    Example:
        >>> tiles = Tiles("wide", columns=4, gap=0.1, title=0.2, below=0.1, top=0.3)
        >>> round(tiles.side, 3), round(tiles.height(8), 3)
        (1.7, 4.3)
        >>> [round(inches, 3) for inches in tiles.box(5)]
        [1.85, 2.5, 1.7, 1.7]
    """

    layout: Layout
    columns: int
    gap: float = 0.0
    title: float = 0.0
    below: float = 0.0
    top: float = 0.0
    tall: float | None = None

    @property
    def side(self) -> float:
        """Width of a picture."""
        return (INNER[self.layout] - (self.columns - 1) * self.gap) / self.columns

    @property
    def pitch(self) -> float:
        """From one row to the next."""
        return self.title + self._tall + self.below

    @property
    def _tall(self) -> float:
        return self.side if self.tall is None else self.tall

    def height(self, count: int) -> float:
        """Of a page with so many pictures, down to what is kept free under the last row."""
        return self.top + -(-count // self.columns) * self.pitch

    def group(self, nth: int, *, rows: int, apart: float) -> Tiles:
        """The same below so many groups of rows that stand further apart than rows do.

        Example:
            >>> Tiles("narrow", columns=3, gap=0.3).group(1, rows=2, apart=0.5).top
            2.3
        """
        return replace(self, top=self.top + nth * (rows * self.pitch + apart))

    def left(self, index: int) -> float:
        """Where a picture begins, counted from 0."""
        return MARGIN + index % self.columns * (self.side + self.gap)

    def box(self, index: int) -> Box:
        """Where a picture stands, counted from 0; its title begins `title` higher."""
        top = self.top + index // self.columns * self.pitch + self.title
        return Box(self.left(index), top, self.side, self._tall)


def scale_bar(
    canvas: Canvas, *, limit: float, label: str, top: float = MARGIN, width: float = 1.1
) -> None:
    """The colours of signed values with their numbers, in one line that ends at the margin.

    Example:
        >>> canvas = Canvas()
        >>> scale_bar(canvas, limit=0.5, label="weight")
        >>> [text.get_text() for text in canvas.axes[0].texts]
        ['weight  −0.50', '+0.50']
    """
    right = canvas.get_size_inches()[0] - MARGIN
    axes = axes_in(canvas, Box(right - width - 0.38, top + 0.02, width, 0.1))
    colours = ScalarMappable(Normalize(-limit, limit), SIGNED)
    bar = canvas.colorbar(colours, cax=axes, orientation="horizontal")
    bar.outline.set_visible(False)
    bar.set_ticks([])
    bare(axes)
    middle: dict[str, Any] = {"va": "center", "fontsize": SMALL, "transform": axes.transAxes}
    axes.text(-0.05, 0.5, f"{label}  −{limit:.2f}", ha="right", **middle)
    axes.text(1.05, 0.5, f"+{limit:.2f}", ha="left", **middle)
