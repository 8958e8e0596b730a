"""How much of each kernel is an edge, a line or a blob, and how much chance would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.kernels import kernel_shares
from cnnfilters.analysis.nulls import name_kernels
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.sheets import kernel_sheet, sheet_cells, sheet_height
from cnnfilters.figures.drawing.style import CATEGORIES, MUTED, RULE, SMALL, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box, Tiles, axes_in, write
from cnnfilters.kernel_bank import FAMILIES
from cnnfilters.run import Run
from cnnfilters.words import percent

# no red, which means positive; stripes tell lines apart without colour
COLOURS = {"edge": CATEGORIES[0], "line": CATEGORIES[2], "blob": CATEGORIES[3], "rest": RULE}
KEY, TITLE = 0.3, 0.25  # inches: beside, for the key, above a panel
THUMBNAIL, NAME, SPACE = 0.27, 0.42, 0.3  # inches: a kernel, its name, between panels

Kernels = Float[np.ndarray, "filters side side"]


def shares_bars(default: Run, small_start: Run) -> Figure:
    """Each trained kernel as a bar of edge, line, blob and rest, with its name if it has one.

    Args:
        default: A training from PyTorch's start.
        small_start: The same from a fraction of it.

    Example:
        >>> from cnnfilters.kernel_bank import family_bases
        >>> line, edge = (family_bases(5)[family] for family in ("line", "edge"))  # two of each
        >>> def run(kernel):
        ...     weights = {"conv1.weight": kernel[None, :, None]}  # one snapshot
        ...     return Run(np.array([0]), weights, np.ones(1), np.ones(1), {}, {}, {})
        >>> print(shares_bars(run(line), run(edge)).alt)
        2 kernels of two networks as stacked bars. Default start: 0 edges, 1 line, 0 blobs,
        1 unnamed; small start: 2 edges, 0 lines, 0 blobs, 0 unnamed. The rest, which is none of the
        three, takes 0 % and 0 % on average.
    """
    panels = {"Default start": default.kernels(), "Small start": small_start.kernels()}
    named = {title: Counter(name_kernels(kernels)) for title, kernels in panels.items()}
    rest = {
        title: percent(float(kernel_shares(kernels).rest.mean()), 0)
        for title, kernels in panels.items()
    }
    first, second = named.values()
    count = len(default.kernels())
    return Figure(
        plotted(
            _draw_bars,
            panels,
            height=lambda layout: _tiles(layout, count).height(len(panels)) - SPACE + MARGIN,
        ),
        alt=(
            f"{count} kernels of two networks as stacked bars. Default start: {_counted(first)}; "
            f"small start: {_counted(second)}. The rest, which is none of the three, takes "
            f"{rest['Default start']} and {rest['Small start']} on average."
        ),
        caption=(
            f"Of {count} kernels, {count - first['none']} have a name after the default start and "
            f"{count - second['none']} after the small one. A kernel is named when its largest "
            "share is beyond what 99 in 100 chance kernels reach. Kernels are drawn as the shares "
            "see them: without their mean, and of equal length."
        ),
        table=_bars_table(panels),
    )


def _counted(names: Mapping[str, int]) -> str:
    """`5 edges, 2 lines, 1 blob, 8 unnamed`."""
    words = [f"{names[f]} {f}{'' if names[f] == 1 else 's'}" for f in FAMILIES]
    return ", ".join([*words, f"{names['none']} unnamed"])


def _tiles(layout: Layout, count: int) -> Tiles:
    """Places for the panels of `count` kernels."""
    columns, tall = 2 if layout == "wide" else 1, sheet_height(count, 1, width=THUMBNAIL)
    return Tiles(layout, columns, gap=SPACE, title=TITLE, below=SPACE, top=KEY, tall=tall)


def _draw_bars(canvas: Canvas, layout: Layout, panels: Mapping[str, Kernels]) -> None:
    _key(canvas)
    for index, (title, kernels) in enumerate(panels.items()):
        box = _tiles(layout, len(kernels)).box(index)
        write(canvas, box.left, box.top - TITLE, title)
        _panel(canvas, kernels, box)


def _key(canvas: Canvas) -> None:
    """The families in the order in which they are stacked."""
    axes = axes_in(canvas, Box(MARGIN, 0.05, 3.2, 0.14))
    axes.set_axis_off()
    axes.set(xlim=(0, 3.2), ylim=(0, 1))
    for index, family in enumerate(COLOURS):
        _bar(axes, 0.5, 0.8 * index, 0.2, family, height=1)
        axes.text(0.8 * index + 0.27, 0.45, family, va="center", fontsize=SMALL)


def _bar(axes: Axes, y: float, left: float, width: float, family: str, *, height: float) -> None:
    striped: dict[str, Any] = {"hatch": "////", "edgecolor": "#ffffff"} if family == "line" else {}
    axes.barh(y, width, left=left, height=height, color=COLOURS[family], linewidth=0, **striped)


def _panel(canvas: Canvas, kernels: Kernels, box: Box) -> None:
    order = np.argsort(-kernel_shares(kernels).edge)
    patterns = kernels[order] - kernels[order].mean(axis=(1, 2), keepdims=True)
    patterns = patterns / np.linalg.norm(patterns, axis=(1, 2), keepdims=True)
    limit = float(np.abs(patterns).max())
    kernel_sheet(canvas, box._replace(width=THUMBNAIL), patterns, columns=1, limit=limit)
    beside = THUMBNAIL + 0.08
    axes = axes_in(canvas, Box(box.left + beside, box.top, box.width - beside - NAME, box.height))
    rows, _ = sheet_cells(len(order), 1)
    axes.set(xlim=(0, 1), ylim=(rows - 0.5, -0.5))
    axes.set_axis_off()
    shares, names = kernel_shares(kernels[order])._asdict(), name_kernels(kernels[order])
    for index, name in enumerate(names):
        place, left = 6 * index + 2, 0.0  # a kernel takes five cells and a gap
        for family, values in shares.items():
            _bar(axes, place, left, float(values[index]), family, height=3.6)
            left += float(values[index])
        style: dict[str, Any] = {"color": MUTED} if name == "none" else {}
        axes.text(1.03, place, "–" if name == "none" else name, va="center", **style)


def _bars_table(panels: Mapping[str, Kernels]) -> Table:
    return Table(
        ("network and kernel", "name", *COLOURS),
        [
            (f"{title.lower()}, kernel {index}", str(name), *map(float, shares))
            for title, kernels in panels.items()
            for index, (name, shares) in enumerate(
                zip(name_kernels(kernels), np.stack(kernel_shares(kernels), axis=1), strict=True)
            )
        ],
    )
