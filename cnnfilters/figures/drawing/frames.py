"""One convolution in a few frames: the window on its input, and the output cell that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from jaxtyping import Int

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.figures.drawing.style import CATEGORIES, INK, MUTED, RULE, SMALL, Layout
from cnnfilters.figures.drawing.svg import POINTS, Place, box, line, picture, squares, text

PIXEL, PADDING, INSERTED = 0, 1, 2  # what a cell of the padded input is
COLUMNS = {"wide": 4, "narrow": 2}  # frames side by side
GAP, TITLE, BETWEEN, LEGEND = 20.0, 15.0, 16.0, 15.0  # points
LARGEST = 14.0  # points: side of a cell
WINDOW = CATEGORIES[0]
DASHED = "1.6 1.6"


class Scene(NamedTuple):
    """What every frame of one convolution has in common.

    Attributes:
        kinds: Of each cell of the stretched, padded input.
        steps: What slides over these cells; it has no padding of its own.
        output: Rows and columns.
    """

    kinds: Int[np.ndarray, "rows columns"]
    steps: ConvGeometry
    output: tuple[int, int]

    @classmethod
    def of(cls, geometry: ConvGeometry, input_size: int) -> Scene:
        """The cells that a convolution slides over; a transposed one is made direct first.

        Example:
            >>> Scene.of(ConvGeometry(2, stride=2, transposed=True), 2).kinds[1:-1, 1:-1]
            array([[0, 2, 0],
                   [2, 2, 2],
                   [0, 2, 0]])
        """
        output = geometry.output_size(input_size)
        kinds = np.full((input_size, input_size), PIXEL)
        if geometry.transposed:
            stretch, geometry = geometry.equivalent_direct()
            kinds = np.where(stretch(np.ones_like(kinds)) == 1, PIXEL, INSERTED)
        kinds = np.pad(kinds, geometry.padding_pairs, constant_values=PADDING)
        bare = ConvGeometry(
            geometry.kernel_size, stride=geometry.stride, dilation=geometry.dilation
        )
        return cls(kinds, bare, output)

    def places(self) -> list[Place]:
        """Outputs that are shown: the first, a step right, a step down, and the last."""
        rows, columns = self.output
        shown = {(0, 0), (0, min(1, columns - 1)), (min(1, rows - 1), 0), (rows - 1, columns - 1)}
        return sorted(shown)

    def read(self, place: Place) -> list[Place]:
        """The cells that the kernel's elements lie on for one output."""
        rows, columns = (
            [start * step + element * gap for element in range(kernel)]
            for start, step, gap, kernel in zip(
                place,
                self.steps.stride_pair,
                self.steps.dilation_pair,
                self.steps.kernel_pair,
                strict=True,
            )
        )
        return [(row, column) for row in rows for column in columns]

    def unused(self) -> list[Place]:
        """Cells that no window reads."""
        visits = self.steps.visits(self.kinds.shape)
        return [(int(row), int(column)) for row, column in np.argwhere(visits == 0)]

    def cells(self, kind: int) -> list[Place]:
        """All cells of one kind."""
        return [(int(row), int(column)) for row, column in np.argwhere(self.kinds == kind)]


def frames(scene: Scene, layout: Layout) -> str:
    """The frames of a convolution side by side, and what the marks mean.

    Example:
        >>> svg = frames(Scene.of(ConvGeometry(2), 3), "wide")
        >>> [f"row {row}, column 1<" in svg for row in (0, 1, 2)]
        [True, True, False]
    """
    places, columns = scene.places(), COLUMNS[layout]
    width = (POINTS[layout] - (columns - 1) * GAP) / columns
    side = min(LARGEST, (width - 2) / scene.kinds.shape[1], (width - 2) / scene.output[1])
    height = TITLE + (scene.output[0] + scene.kinds.shape[0]) * side + BETWEEN
    marks: list[str] = []
    top = 0.0
    for start in range(0, len(places), columns):
        for index, place in enumerate(places[start : start + columns]):
            marks += _frame(scene, place, 1 + index * (width + GAP), top, side)
        top += height + GAP
    keys, depth = _legend(scene, layout, top)
    return picture(layout, depth, [*marks, *keys])


def _frame(scene: Scene, place: Place, left: float, top: float, side: float) -> Iterator[str]:
    rows, columns = scene.output
    yield text(left, top + SMALL + 1, f"row {place[0]}, column {place[1]}", colour=MUTED)
    # the smaller grid stands over the middle of the larger one
    shift = (scene.kinds.shape[1] - columns) * side / 2
    above = (left + max(0, shift), top + TITLE)
    below = (left + max(0, -shift), top + TITLE + rows * side + BETWEEN)
    yield from _output(scene, place, above, side)
    yield from _input(scene, place, below, side)
    yield from _rays(scene, place, above, below, side)


def _output(scene: Scene, place: Place, corner: tuple[float, float], side: float) -> Iterator[str]:
    everywhere = list(np.ndindex(*scene.output))
    grid = (*corner, side)
    yield squares([done for done in everywhere if done < place], *grid, fill=RULE)
    yield squares(everywhere, *grid, fill="none", stroke=MUTED, stroke_width="0.6")
    yield squares([place], *grid, fill=WINDOW, stroke=INK, stroke_width="1.4")


def _input(scene: Scene, place: Place, corner: tuple[float, float], side: float) -> Iterator[str]:
    left, top = corner
    grid = (left, top, side)
    pixels, read = scene.cells(PIXEL), scene.read(place)
    padding, inserted = scene.cells(PADDING), scene.cells(INSERTED)
    yield squares(pixels, *grid, fill=RULE)
    yield squares(read, *grid, fill=WINDOW, fill_opacity="0.55")
    yield squares(scene.unused(), *grid, fill="url(#hatch)")
    yield squares(padding, *grid, **_dashes())
    yield squares([*pixels, *inserted], *grid, fill="none", stroke=MUTED, stroke_width="0.6")
    yield from _zeros(inserted, left, top, side)
    if scene.steps.dilation_pair != (1, 1):  # the outline alone would not tell what is read
        yield from _dots(read, left, top, side)
    (first_row, first_column), (last_row, last_column) = read[0], read[-1]
    yield box(
        left + first_column * side,
        top + first_row * side,
        (last_column - first_column + 1) * side,
        (last_row - first_row + 1) * side,
        fill="none",
        stroke=INK,
        stroke_width="1.6",
    )


def _zeros(places: list[Place], left: float, top: float, side: float) -> Iterator[str]:
    for row, column in places:
        x, y = left + (column + 0.5) * side, top + (row + 0.5) * side + SMALL * 0.36
        yield text(x, y, "0", anchor="middle")


def _dots(places: list[Place], left: float, top: float, side: float) -> Iterator[str]:
    for row, column in places:
        x, y = left + (column + 0.5) * side, top + (row + 0.5) * side
        yield line((x - 0.01, y), (x, y), stroke=INK, stroke_width="4", stroke_linecap="round")


def _rays(
    scene: Scene,
    place: Place,
    above: tuple[float, float],
    below: tuple[float, float],
    side: float,
) -> Iterator[str]:
    """From the output cell's lower corners to the window's upper ones."""
    read = scene.read(place)
    foot = above[1] + (place[0] + 1) * side
    head = below[1] + read[0][0] * side
    for outer, inner in ((0, read[0][1]), (1, read[-1][1] + 1)):
        start = (above[0] + (place[1] + outer) * side, foot)
        yield line(
            start,
            (below[0] + inner * side, head),
            stroke=INK,
            stroke_width="0.7",
            stroke_opacity="0.6",
        )


def _dashes() -> dict[str, str]:
    return {
        "fill": "none",
        "stroke": MUTED,
        "stroke_width": "0.7",
        "stroke_dasharray": DASHED,
    }


def _legend(scene: Scene, layout: Layout, top: float) -> tuple[list[str], float]:
    """What each mark means, as far as it occurs, and where the picture ends."""
    pixel = {"fill": RULE, "stroke": MUTED, "stroke_width": "0.6"}
    entries: list[tuple[str, dict[str, str]]] = [("input", pixel)]
    if scene.cells(PADDING):
        entries.append(("padding", _dashes()))
    if scene.cells(INSERTED):
        entries.append(("0  inserted zero", {}))
    if scene.unused():
        entries.append(("never read", {**pixel, "fill": "url(#hatch)"}))
    entries.append(("read, and its output", {"fill": WINDOW, "stroke": INK}))
    per_line = 5 if layout == "wide" else 2
    step, marks = POINTS[layout] / per_line, []
    for index, (words, paint) in enumerate(entries):
        x, y = 1 + index % per_line * step, top + index // per_line * LEGEND
        if paint:
            marks.append(box(x, y, 9, 9, **paint))
        marks.append(text(x + (14 if paint else 3), y + 8, words, colour=INK))
    lines = -(-len(entries) // per_line)
    return marks, top + lines * LEGEND
