"""How far a unit sees in theory, and how far it really looks."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.receptive_gradient import effective_width, gradient_power
from cnnfilters.arithmetic import ConvGeometry, receptive_field
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import bare
from cnnfilters.figures.drawing.style import (
    CATEGORIES,
    DASHES,
    MAGNITUDE,
    MARKERS,
    MUTED,
    SMALL,
    Layout,
)
from cnnfilters.figures.drawing.table import Table
from cnnfilters.words import percent

DEPTHS = (1, 2, 4, 8, 12, 16)
SHOWN = (2, 8, 16)
SHARE = 0.95  # of the squared gradient


def receptive_growth() -> Figure:
    """Stacks of 3×3 layers: the formula's field beside that of random networks' gradients."""
    theory = [receptive_field([ConvGeometry(3)] * depth).size[0] for depth in DEPTHS]
    powers = {depth: gradient_power(depth) for depth in DEPTHS}
    measured = [effective_width(power, share=SHARE) for power in powers.values()]
    first, last, most = DEPTHS[0], DEPTHS[-1], percent(SHARE, 0)
    return Figure(
        plotted(_draw, theory, measured, powers, height=3.0, narrow_height=4.6),
        alt=(
            f"Receptive field of stacked 3×3 layers. In theory it grows from {theory[0]} "
            f"pixels at {first} layer to {theory[-1]} at {last}. The square with "
            f"{most} of the squared gradient grows from {measured[0]} to {measured[-1]}."
        ),
        caption=(
            f"Each 3×3 layer adds two pixels to what a unit can see. What moves it lies closer to "
            f"the middle: after {last} layers {most} of the squared gradient falls on "
            f"{measured[-1]}×{measured[-1]} of {theory[-1]}×{theory[-1]} pixels."
        ),
        table=Table(
            (
                "layers",
                "receptive field, pixels",
                f"square with {percent(SHARE, 0)} of the gradient",
            ),
            list(zip(DEPTHS, theory, measured, strict=True)),
        ),
    )


def _draw(
    canvas: Canvas,
    layout: Layout,
    theory: list[int],
    measured: list[int],
    powers: dict[int, Float[np.ndarray, "side side"]],
) -> None:
    shape, ratio = (
        ((1, 2), {"width_ratios": (1, 1.15)})
        if layout == "wide"
        else ((2, 1), {"height_ratios": (2.4, 1)})
    )
    curves, pictures = canvas.subfigures(*shape, squeeze=False, **ratio).flat
    _curves(curves.subplots(), theory, measured)
    for axes, depth in zip(pictures.subplots(1, len(SHOWN)), SHOWN, strict=True):
        _power(axes, powers[depth], depth)


def _curves(axes: Axes, theory: list[int], measured: list[int]) -> None:
    lines = (("what it can see", theory), ("what moves it", measured))
    for (label, values), colour, dash, marker in zip(
        lines, CATEGORIES, DASHES, MARKERS, strict=False
    ):
        axes.plot(DEPTHS, values, color=colour, linestyle=dash, marker=marker)
        axes.annotate(
            label,
            (DEPTHS[-3], values[-3]),
            xytext=(-6, 6) if values is theory else (8, -10),
            textcoords="offset points",
            ha="right" if values is theory else "left",
            fontsize=SMALL,
        )
    axes.set(title="side, pixels", xlabel="3×3 layers", xticks=[1, 4, 8, 12, 16], ylim=(0, None))
    axes.grid(axis="y")


def _power(axes: Axes, power: Float[np.ndarray, "side side"], depth: int) -> None:
    """The squared gradient, each stack on its own scale, with the 95 % square drawn in."""
    bare(axes)
    axes.imshow(np.sqrt(power), cmap=MAGNITUDE, vmin=0, interpolation="none")
    width, middle = effective_width(power, share=SHARE), (len(power) - 1) / 2
    corners = np.array([-1, 1, 1, -1, -1]) * width / 2 + middle
    axes.plot(corners, np.roll(corners[:-1], -1)[[0, 1, 2, 3, 0]], color="white", linewidth=1.2)
    axes.set_title(f"{depth} layers", fontsize=SMALL)
    axes.set_xlabel(f"{width} of {len(power)}", fontsize=SMALL, color=MUTED)
