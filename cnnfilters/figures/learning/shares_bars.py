"""How much of each kernel the best edge, line and blob explain, and what earns it a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.kernels import patterns
from cnnfilters.analysis.nulls import fit_chance, kernel_fits, name_kernels
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.sheets import kernel_sheet, sheet_cells, sheet_height
from cnnfilters.figures.drawing.style import CATEGORIES, INK, MUTED, RULE, SMALL, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box, Tiles, axes_in, write
from cnnfilters.kernel_bank import FAMILIES
from cnnfilters.run import Run

# no red, which means positive; stripes tell lines apart without colour
COLOURS = {"edge": CATEGORIES[0], "line": CATEGORIES[2], "blob": CATEGORIES[3]}
BAR = 1.5  # cells of a kernel that each of its three bars takes
KEY, TITLE = 0.3, 0.25  # inches: beside, for the key, above a panel
THUMBNAIL, NAME, SPACE = 0.27, 0.42, 0.3  # inches: a kernel, its name, between panels

Kernels = Float[np.ndarray, "filters side side"]


def shares_bars(default: Run, small_start: Run) -> Figure:
    """Three bars for each trained kernel: its fits, with the limits and the name it earns.

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
        2 kernels of two networks with three bars each, for the best edge, line and blob. Default
        start: 0 edges, 1 line, 0 blobs, 1 unnamed; small start: 2 edges, 0 lines, 0 blobs,
        0 unnamed.
    """
    panels = {"Default start": default.kernels(), "Small start": small_start.kernels()}
    named = {title: Counter(name_kernels(kernels)) for title, kernels in panels.items()}
    first, second = named.values()
    count = len(default.kernels())
    return Figure(
        plotted(
            _draw_bars,
            panels,
            height=lambda layout: _tiles(layout, count).height(len(panels)) - SPACE + MARGIN,
        ),
        alt=(
            f"{count} kernels of two networks with three bars each, for the best edge, line and "
            f"blob. Default start: {_counted(first)}; small start: {_counted(second)}."
        ),
        caption=(
            f"Of {count} kernels, {count - first['none']} have a name after the default start and "
            f"{count - second['none']} after the small one. A kernel is named by its longest bar, "
            "if that passes its mark: 99 in 100 chance kernels do not. Kernels are drawn without "
            "their mean, and of equal length."
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
    """The families in the order of their bars, and what the marks are."""
    axes = axes_in(canvas, Box(MARGIN, 0.05, 3.2, 0.14))
    axes.set_axis_off()
    axes.set(xlim=(0, 3.2), ylim=(0, 1))
    for index, family in enumerate(FAMILIES):
        _bar(axes, 0.5, 0.62 * index, 0.2, family, height=1)
        axes.text(0.62 * index + 0.25, 0.45, family, va="center", fontsize=SMALL)
    _mark(axes, 1.9, 0.5, height=1.2)
    axes.text(1.97, 0.45, "99 % of chance", va="center", fontsize=SMALL)


def _bar(axes: Axes, y: float, left: float, width: float, family: str, *, height: float) -> None:
    striped: dict[str, Any] = {"hatch": "////", "edgecolor": "#ffffff"} if family == "line" else {}
    axes.barh(y, width, left=left, height=height, color=COLOURS[family], linewidth=0, **striped)


def _mark(axes: Axes, x: float, y: float, *, height: float) -> None:
    axes.plot([x, x], [y - height / 2, y + height / 2], color=INK, linewidth=1.2)


def _panel(canvas: Canvas, kernels: Kernels, box: Box) -> None:
    kernels = patterns(kernels[np.argsort(-kernel_fits(kernels).edge)])
    limit = float(np.abs(kernels).max())
    kernel_sheet(canvas, box._replace(width=THUMBNAIL), kernels, columns=1, limit=limit)
    beside = THUMBNAIL + 0.08
    axes = axes_in(canvas, Box(box.left + beside, box.top, box.width - beside - NAME, box.height))
    rows, _ = sheet_cells(len(kernels), 1)
    axes.set(xlim=(0, 1), ylim=(rows - 0.5, -0.5))
    axes.set_axis_off()
    fits, chance = kernel_fits(kernels)._asdict(), fit_chance(kernels.shape[-1])
    for index, name in enumerate(name_kernels(kernels)):
        place = 6 * index + 2  # a kernel takes five cells and a gap
        for nth, family in enumerate(FAMILIES):
            y = place + BAR * (nth - 1)
            axes.barh(y, 1, height=BAR * 0.8, color=RULE, linewidth=0, zorder=0)
            _bar(axes, y, 0, float(fits[family][index]), family, height=BAR * 0.8)
            _mark(axes, chance[family].limit, y, height=BAR)
        style: dict[str, Any] = {"color": MUTED} if name == "none" else {}
        axes.text(1.03, place, "–" if name == "none" else name, va="center", **style)


def _bars_table(panels: Mapping[str, Kernels]) -> Table:
    return Table(
        ("network and kernel", "name", *(f"{family} fit" for family in FAMILIES)),
        [
            (f"{title.lower()}, kernel {index}", str(name), *map(float, fits))
            for title, kernels in panels.items()
            for index, (name, fits) in enumerate(
                zip(name_kernels(kernels), np.stack(kernel_fits(kernels)[:3], axis=1), strict=True)
            )
        ],
    )
