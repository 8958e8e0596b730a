"""How much the flip changes the map of each learned kernel."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import shown
from cnnfilters.analysis.kernels import kernel_shares
from cnnfilters.analysis.operation import flip_correlation
from cnnfilters.digits import MEAN, STD, Digits
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import CATEGORIES, MARKERS, MUTED, SMALL
from cnnfilters.figures.drawing.table import Table
from cnnfilters.run import Run
from cnnfilters.words import number

CLEAR, MORE = -0.5, ", all the more so the more edge-like the kernel"  # said where it shows


def flip_learned(run: Run, digits: Digits) -> Figure:
    """How much the flip changes the map of each learned kernel, over how much of it is an edge.

    Args:
        run: A training of `SmallCNN`.
        digits: Where the 7 comes from.

    Example:
        >>> bar = np.zeros((1, 28, 28))
        >>> bar[0, 4:24, 14] = 1  # an upright stroke, called a 7
        >>> digits = Digits("sample", *[bar, np.array([7])] * 2, checksum="")
        >>> kernels = np.array([[[-1.0, 0.0, 1.0]] * 3, [[-1.0, 2.0, -1.0]] * 3])  # an edge, a line
        >>> weights = {"conv1.weight": kernels[None, :, None]}
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), {}, {}, {})
        >>> print(flip_learned(run, digits).caption[:73])
        For 1 of the 2 learned kernels the two maps of the 7 correlate negatively
    """
    image = ((shown(digits).astype(np.float64) - MEAN) / STD)[None]
    kernels = run.kernels().astype(np.float64)
    alike, edge = flip_correlation(image, kernels[:, None]), kernel_shares(kernels).edge
    least, most = (number(round(float(end), 6)) for end in (alike.min(), alike.max()))
    below, trend = int((alike < 0).sum()), float(np.corrcoef(edge, alike)[0, 1])
    return Figure(
        plotted(
            lambda canvas, _: _draw_learned(canvas, edge, alike), height=3.2, narrow_height=3.0
        ),
        alt=(
            f"Each of {len(kernels)} learned kernels as a dot: its centred edge share against the "
            f"correlation of its two maps, from {least} to {most}. Correlation of the two: "
            f"{number(round(trend, 2))}."
        ),
        caption=(
            f"For {below} of the {len(kernels)} learned kernels the two maps of the 7 correlate "
            f"negatively{MORE if trend < CLEAR else ''}. A network that flips would have "
            "learned the flipped kernels, and would see the same maps."
        ),
        table=Table(
            ("kernel", "centred edge share", "correlation of the two maps"),
            [
                (f"kernel {index}", float(share), float(value))
                for index, (share, value) in enumerate(zip(edge, alike, strict=True))
            ],
        ),
    )


def _draw_learned(
    canvas: Canvas, edge: Float[np.ndarray, " n"], alike: Float[np.ndarray, " n"]
) -> None:
    axes = canvas.subplots()
    axes.plot(100 * edge, alike, MARKERS[0], color=CATEGORIES[0], markersize=7, clip_on=False)
    for level, words in ((1, "the flip changes nothing"), (-1, "the flip turns the sign")):
        axes.axhline(level, color=MUTED, linewidth=0.8, zorder=0)
        axes.annotate(words, (0, level), xytext=(0, 4), textcoords="offset points", fontsize=SMALL)
    axes.axhline(0, color=MUTED, linewidth=0.8, zorder=0)
    axes.set(xlim=(0, 100), ylim=(-1.05, 1.25), xlabel="centred edge share of the kernel, %")
    axes.set_title("correlation of the two maps")
    axes.set_yticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"])
