"""What kernel size, padding and stride make of one 7."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import shown
from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import cross_correlate
from cnnfilters.digits import MEAN, STD, Digits
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import bare, pixel_image, signed_image
from cnnfilters.figures.drawing.style import MUTED, SMALL, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, INNER, MARGIN, Box, axes_in, scale_bar, write
from cnnfilters.kernel_bank import gaussian_derivative

DOWN_DEG = 90.0  # the kernel answers to horizontal edges: the bar of the 7
CHOICES = (
    ConvGeometry(3),
    ConvGeometry(5),
    ConvGeometry(7),
    ConvGeometry(5, padding=2),
    ConvGeometry(5, stride=2),
    ConvGeometry(5, stride=3),
)
GAP, TITLE, BELOW = 0.22, 0.36, 0.08  # inches
LINES: dict[Layout, tuple[tuple[int, ...], ...]] = {  # pictures in each line; 0 is the digit
    "wide": ((0, 1, 2, 3), (4, 5, 6)),
    "narrow": ((0, 1), (2, 3), (4,), (5, 6)),
}


class _Scene(NamedTuple):
    digit: Float[np.ndarray, "28 28"]
    maps: list[Float[np.ndarray, "rows columns"]]


def seven_choices(digits: Digits) -> Figure:
    """The first held-out 7, normalised as the networks do, through one edge kernel.

    Args:
        digits: Where the 7 comes from.

    Returns:
        The figure: every response as large as a pixel of the digit, all on one scale.

    Example:
        >>> bar = np.zeros((1, 28, 28))
        >>> bar[0, 4:24, 14] = 1  # an upright stroke, called a 7
        >>> digits = Digits("sample", *[bar, np.array([7])] * 2, checksum="")
        >>> {choice: side for choice, side, *_ in seven_choices(digits).table.rows[:4]}
        {'3×3': 26, '5×5': 24, '7×7': 22, '5×5, padding 2': 28}
    """
    digit = shown(digits)
    scene = _Scene(digit, [_response(digit, geometry) for geometry in CHOICES])
    sizes = [part.shape[0] for part in scene.maps]
    _, plain, _, padded, second, third = scene.maps
    line = float(np.abs(padded[0]).max())  # the first row is blank
    return Figure(
        plotted(_draw, scene, height=lambda layout: _height(layout, scene)),
        alt=(
            f"A 7 of 28×28 pixels through one edge kernel. Sizes 3, 5 and 7 give maps of "
            f"{sizes[0]}, {sizes[1]} and {sizes[2]} pixels; stride 2 gives {sizes[4]}, stride 3 "
            f"{sizes[5]}. Padding keeps {sizes[3]} and adds a line of {line:.1f} at the top."
        ),
        caption=(
            f"One kernel, one scale. A larger kernel blurs and trims; a stride keeps "
            f"{second.size} or {third.size} of {plain.size} responses and changes none of them. "
            f"Padding keeps the size and draws a line at top and bottom, where nothing was written."
        ),
        table=Table(
            ("kernel, padding, stride", "side", "responses", "least", "most"),
            [
                (_title(geometry), part.shape[0], part.size, float(part.min()), float(part.max()))
                for geometry, part in zip(CHOICES, scene.maps, strict=True)
            ],
        ),
    )


def _response(
    digit: Float[np.ndarray, "28 28"], geometry: ConvGeometry
) -> Float[np.ndarray, "rows columns"]:
    kernel = -gaussian_derivative(geometry.kernel_pair[0], order=1, angle_deg=DOWN_DEG)
    kernel /= np.linalg.norm(kernel)  # else a larger kernel would answer more for its size alone
    return cross_correlate((digit - MEAN) / STD, kernel, geometry=geometry)


def _title(geometry: ConvGeometry) -> str:
    side = geometry.kernel_pair[0]
    extra = [
        f"{name} {value}"
        for name, value, usual in (
            ("padding", geometry.padding_pairs[0][0], 0),
            ("stride", geometry.stride_pair[0], 1),
        )
        if value != usual
    ]
    return ", ".join([f"{side}×{side}", *extra])


def _sides(scene: _Scene) -> list[int]:
    """Pixels along one side of the digit and of each map."""
    return [len(scene.digit), *map(len, scene.maps)]


def _unit(layout: Layout, scene: _Scene) -> float:
    """Inches of one pixel, so that the longest line fills the width."""
    sides = _sides(scene)
    return min(
        (INNER[layout] - (len(line) - 1) * GAP) / sum(sides[n] for n in line)
        for line in LINES[layout]
    )


def _height(layout: Layout, scene: _Scene) -> float:
    sides = _sides(scene)
    tallest = sum(max(sides[n] for n in line) for line in LINES[layout])
    return HEAD + len(LINES[layout]) * (TITLE + BELOW) + tallest * _unit(layout, scene)


def _draw(canvas: Canvas, layout: Layout, scene: _Scene) -> None:
    limit = max(float(np.abs(part).max()) for part in scene.maps)
    unit, top = _unit(layout, scene), HEAD
    scale_bar(canvas, limit=limit, label="response")
    for line in LINES[layout]:
        left, tallest = MARGIN, 0.0
        for nth in line:
            side = unit * (scene.maps[nth - 1].shape[0] if nth else 28)
            box = Box(left, top + TITLE, side, side)
            _panel(canvas, box, scene, nth, limit)
            left, tallest = left + side + GAP, max(tallest, side)
        top += TITLE + tallest + BELOW


def _panel(canvas: Canvas, box: Box, scene: _Scene, nth: int, limit: float) -> None:
    axes = axes_in(canvas, box)
    title, side = ("the 7", 28)
    if nth:
        title, side = _title(CHOICES[nth - 1]), scene.maps[nth - 1].shape[0]
        signed_image(axes, scene.maps[nth - 1], limit=limit)
        bare(axes, frame=True)
    else:
        pixel_image(axes, scene.digit)
    size = f"{side}×{side}"
    for row, (words, colour) in enumerate(((size, MUTED), (title, None))):
        style = {"color": colour} if colour else {}
        write(canvas, box.left, box.top - 0.17 * (row + 1), words, fontsize=SMALL, **style)
