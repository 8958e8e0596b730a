"""One digit through every stage of the network, with its numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.backward import softmax
from cnnfilters.analysis.feature_maps import SHOWN, shown
from cnnfilters.analysis.forward import Network, Stages, forward, max_pool
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.cells import note
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import bare, mosaic, pixel_image, signed_image
from cnnfilters.figures.drawing.style import CATEGORIES, INK, MUTED, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import INNER, MARGIN, Box, Tiles, axes_in, write
from cnnfilters.run import Run
from cnnfilters.words import decimal, percent

GAP, TITLE, NUMBERS = 0.18, 0.24, 0.42  # inches
ROW, HEAD = 0.19, 0.5  # inches of one class in the table of answers, above it
COLUMNS = {"wide": 4, "narrow": 2}  # pictures in a line
PICTURES = 7  # the digit and six stages


class _Picture(NamedTuple):
    title: str
    maps: Float[np.ndarray, "channels side side"]


class _Scene(NamedTuple):
    digit: Float[np.ndarray, "28 28"]
    pictures: list[_Picture]
    logits: Float[np.ndarray, " classes"]
    probabilities: Float[np.ndarray, " classes"]


def whole_network(run: Run, digits: Digits) -> Figure:
    """The first held-out 7 from its pixels to its loss.

    Args:
        run: A training of `SmallCNN`.
        digits: Where the 7 comes from.
    """
    digit = shown(digits)
    stages = forward(Network.of(run), digit[None])
    logits = stages.logits[0].astype(np.float64)
    scene = _Scene(digit, _pictures(stages), logits, softmax(logits))
    loss = float(-np.log(scene.probabilities[SHOWN]))
    second = int(np.argsort(scene.logits)[-2])
    numbers = sum(picture.maps.size for picture in scene.pictures)
    return Figure(
        plotted(_draw, scene, height=_height),
        alt=(
            f"A 7 through the network: maps of conv1, pooling and ReLU, conv2, pooling and ReLU, "
            f"then ten logits. The 7 has {decimal(scene.logits[SHOWN], 1)}, the next is {second} "
            f"with {decimal(scene.logits[second], 1)}; the loss is {_small(loss)} nats."
        ),
        caption=(
            f"{numbers:,} numbers on the way from 784 pixels to ten logits. Softmax turns them "
            f"into a probability of {_percent(scene.probabilities[SHOWN])} for the 7; the loss is "
            f"−ln of it: {_small(loss)} nats."
        ),
        table=Table(
            ("stage", "maps", "side", "least", "most", "zeros, %"),
            [
                (
                    picture.title,
                    len(picture.maps),
                    picture.maps.shape[-1],
                    float(picture.maps.min()),
                    float(picture.maps.max()),
                    100 * float((picture.maps == 0).mean()),
                )
                for picture in scene.pictures
            ],
        ),
    )


def _pictures(stages: Stages) -> list[_Picture]:
    return [
        _Picture("conv1", stages.conv1[0]),
        _Picture("pooled", max_pool(stages.conv1)[0]),
        _Picture("ReLU", stages.hidden1[0]),
        _Picture("conv2", stages.conv2[0]),
        _Picture("pooled", max_pool(stages.conv2)[0]),
        _Picture("ReLU", stages.hidden2[0]),
    ]


def _small(loss: float) -> str:
    return f"{loss:.2f}" if loss >= 0.005 else f"{loss:.1g}" if loss >= 0.001 else "below 0.001"


def _percent(share: float) -> str:
    return f"more than {percent(0.999)}" if share > 0.999 else percent(share)


def _cell(share: float) -> str:
    """A probability that is never rounded up to certainty."""
    return "> 99.9 %" if 0.999 < share < 1 else percent(share)


def _tiles(layout: Layout) -> Tiles:
    return Tiles(layout, COLUMNS[layout], gap=GAP, title=TITLE, below=NUMBERS, top=MARGIN)


def _height(layout: Layout) -> float:
    answers = HEAD + 10 * ROW if layout == "narrow" else 0.25  # on a phone below, else beside
    return _tiles(layout).height(PICTURES) + answers


def _draw(canvas: Canvas, layout: Layout, scene: _Scene) -> None:
    tiles = _tiles(layout)
    for index, each in enumerate([None, *scene.pictures]):
        box = tiles.box(index)
        axes = axes_in(canvas, box)
        if each is None:
            pixel_image(axes, scene.digit)
            title, words = "the digit", "1 × 28 × 28\nink, 0 to 1"
        else:
            title, words = f"→ {each.title}", _stage(axes, each.maps)
        write(canvas, box.left, box.top - TITLE, title)
        note(canvas, box.left, box.bottom + 0.05, words)
    beside = tiles.box(PICTURES)
    if layout == "wide":
        place = beside._replace(top=beside.top - TITLE)
    else:
        place = Box(MARGIN, tiles.height(PICTURES), INNER[layout], 0)
    _answers(canvas, place, scene)


def _stage(axes: Axes, maps: Float[np.ndarray, "channels side side"]) -> str:
    """All maps of a stage side by side, on a scale of their own; their shape and range in words."""
    limit = float(np.abs(maps).max())
    across = 4 if len(maps) == 16 else 6
    gap = max(1, maps.shape[-1] // 8)
    sheet = mosaic(maps, columns=across, gap=gap)
    signed_image(axes, sheet, limit=limit)
    bare(axes)
    return (
        f"{len(maps)} × {maps.shape[1]} × {maps.shape[2]}\n"
        f"{decimal(maps.min(), 1)} to {decimal(maps.max(), 1)}"
    )


def _answers(canvas: Canvas, box: Box, scene: _Scene) -> None:
    """Logits as bars and numbers, probabilities as numbers."""
    write(canvas, box.left, box.top, "→ linear, then softmax")
    write(canvas, box.left + 0.5 * box.width, box.top + 0.24, "logit", align="right", color=MUTED)
    write(canvas, box.left + box.width, box.top + 0.24, "probability", align="right", color=MUTED)
    top = box.top + HEAD
    axes = axes_in(canvas, Box(box.left + 0.16, top, 0.18 * box.width, 10 * ROW))
    axes.barh(range(10), scene.logits, height=0.6, color=CATEGORIES[0], linewidth=0)
    axes.axvline(0, color=MUTED, linewidth=0.8)
    axes.set(ylim=(9.5, -0.5))
    axes.set_axis_off()
    for digit in range(10):
        place = top + digit * ROW + 0.02
        best = digit == int(scene.logits.argmax())
        weight = "bold" if best else "normal"
        write(canvas, box.left, place, str(digit), weight=weight)
        for at, text in (
            (0.5, decimal(float(scene.logits[digit]), 1)),
            (1.0, _cell(float(scene.probabilities[digit]))),
        ):
            write(
                canvas,
                box.left + at * box.width,
                place,
                text,
                align="right",
                color=INK if best else MUTED,
                weight=weight,
            )
