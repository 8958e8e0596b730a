"""Designed kernels on a step, a bar and a spot."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.stimuli import response_profile, stimulus
from cnnfilters.figures.drawing.cells import TITLE, numbered, photograph
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import MUTED, SMALL, WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box, axes_in, write
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.words import short

SHAPES = {"edge": ("prewitt-x", 1), "line": ("line-upright", 1), "blob": ("laplacian-8", -1)}
STIMULI = ("step", "bar", "spot")
REACH = 4  # places on each side


def edge_line_blob() -> Figure:
    """An edge, a line and a blob kernel, each slid over a step, a bar and a spot.

    Example:
        >>> edge_line_blob().table.rows[0]
        ('edge over a step', 0.0, 0.0, 0.0, 3.0, 3.0, 0.0, 0.0, 0.0)
    """
    kernels = {name: turn * named_kernel(kernel).weights for name, (kernel, turn) in SHAPES.items()}
    profiles = {
        (name, kind): response_profile(kernel, kind, reach=REACH)
        for name, kernel in kernels.items()
        for kind in STIMULI
    }
    peak = {key: short(float(np.abs(profile).max())) for key, profile in profiles.items()}
    return Figure(
        plotted(_draw_shapes, kernels, profiles, height=4.6, narrow_height=4.6),
        alt=(
            "Three kernels over three patterns. On a step the edge kernel has one peak of "
            f"{peak['edge', 'step']}, the others swing both ways. On a bar line and blob both "
            f"reach {peak['line', 'bar']}; on a spot {peak['line', 'spot']} and "
            f"{peak['blob', 'spot']}."
        ),
        caption=(
            "An edge kernel peaks once on a step and swings on a bar; a line kernel does the "
            f"opposite. A blob kernel answers a bar as the line kernel does, and a spot more "
            f"strongly ({peak['blob', 'spot']} to {peak['line', 'spot']})."
        ),
        table=Table(
            ("kernel and pattern", *(f"place {i}" for i in range(2 * REACH))),
            [
                (f"{name} over a {kind}", *map(float, profile[: 2 * REACH]))
                for (name, kind), profile in profiles.items()
            ],
        ),
    )


def _draw_shapes(
    canvas: Canvas,
    layout: Layout,
    kernels: dict[str, Float[np.ndarray, "3 3"]],
    profiles: dict[tuple[str, str], Float[np.ndarray, " places"]],
) -> None:
    left, head, row = (1.5, 1.05, 1.15) if layout == "wide" else (0.85, 1.05, 1.15)
    width = (WIDTH[layout] - left - MARGIN) / len(STIMULI)
    limit = max(float(np.abs(profile).max()) for profile in profiles.values())
    for column, kind in enumerate(STIMULI):
        place = left + column * width
        write(canvas, place + 0.08, MARGIN, kind)
        wide = 2 * REACH + (kind != "step")
        box = Box(place + 0.08, MARGIN + TITLE, width - 0.2, 0.62)
        photograph(canvas, box, stimulus(kind, size=(5, wide)))
    for line, (name, kernel) in enumerate(kernels.items()):
        top = head + line * row
        side = 0.72
        write(canvas, MARGIN, top, name)
        box = Box(MARGIN, top + TITLE, side, side)
        numbered(canvas, box, kernel, limit=float(np.abs(kernel).max()))
        for column, kind in enumerate(STIMULI):
            box = Box(left + column * width + 0.08, top + 0.1, width - 0.2, row - 0.2)
            _profile(canvas, box, profiles[name, kind], limit)


def _profile(canvas: Canvas, box: Box, profile: Float[np.ndarray, " places"], limit: float) -> None:
    """Responses as bars that stand on zero, with the strongest of each sign in numbers."""
    axes = axes_in(canvas, box)
    places = np.arange(len(profile))
    colours = np.where(profile >= 0, POSITIVE, NEGATIVE)
    axes.bar(places, profile, color=colours, width=0.8)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    for index in {int(profile.argmax()), int(profile.argmin())}:
        value = float(profile[index])
        if value:
            axes.annotate(
                short(value),
                (index, value),
                xytext=(0, 2 if value > 0 else -2),
                textcoords="offset points",
                ha="center",
                va="bottom" if value > 0 else "top",
                fontsize=SMALL,
            )
    axes.set(
        xticks=[], yticks=[], ylim=(-1.35 * limit, 1.35 * limit), xlim=(-0.6, len(profile) - 0.4)
    )
    for spine in axes.spines.values():
        spine.set_visible(False)


POSITIVE, NEGATIVE = "#b2182b", "#2166ac"  # RdBu's own, as everywhere
