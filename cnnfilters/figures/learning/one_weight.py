"""One weight, the pixels it met, what the loss wants from its map, and its step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.backward import backward
from cnnfilters.analysis.feature_maps import SHOWN, shown
from cnnfilters.analysis.forward import Network, normalise
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.cells import note, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box, write
from cnnfilters.run import Run
from cnnfilters.words import decimal

RATE = 0.1  # learning rate of the step that is shown, plain gradient descent
SIDE, SIGN, TITLE, LINE = 1.9, 0.3, 0.42, 0.2  # inches
TITLES = (
    "pixels that\nthe weight met",
    "gradient of\nits map",
    "products:\ntheir sum is the gradient",
)


class WeightStep(NamedTuple):
    """Everything about one weight's first step.

    Attributes:
        filter: Index of the weight's filter in the first layer.
        row: Of the weight in its kernel, from 0.
        column: Of the weight in its kernel, from 0.
        pixels: The pixel that the weight meets at each place of the map, normalised.
        map: Gradient of the loss by the response at each place.
        before: The weight at the start.
        gradient: Of the loss by the weight: `(pixels * map).sum()`.
        after: The weight one step later.
        loss_before: In nats, at the start.
        loss_after: In nats, one step later.
    """

    filter: int
    row: int
    column: int
    pixels: Float[np.ndarray, "height width"]
    map: Float[np.ndarray, "height width"]
    before: float
    gradient: float
    after: float
    loss_before: float
    loss_after: float


def one_weight(run: Run, digits: Digits) -> Figure:
    """The untrained network's largest gradient of one weight for a 7, place by place.

    Args:
        run: A training of `SmallCNN`; its start is taken.
        digits: Where the 7 comes from.
    """
    step = weight_step(run, digits)
    used = int((step.map != 0).sum())
    name = f"weight ({step.row}, {step.column}) of kernel {step.filter}"
    numbers = {key: decimal(getattr(step, key), 3) for key in ("before", "gradient", "after")}
    return Figure(
        plotted(_draw, step, height=_height),
        alt=(
            f"Three maps for {name}: the {step.pixels.size} pixels that it met, the gradient of "
            f"each response, of which {used} are not zero, and their products. The sum is "
            f"{numbers['gradient']}; the weight goes from {numbers['before']} to "
            f"{numbers['after']}."
        ),
        caption=(
            f"The {step.pixels.size} products sum to the gradient of {name}, "
            f"{numbers['gradient']}. A step of {RATE} against it takes the weight from "
            f"{numbers['before']} to {numbers['after']}, and the loss on this 7 from "
            f"{decimal(step.loss_before, 3)} to {decimal(step.loss_after, 3)}."
        ),
        table=Table(
            ("quantity", "value"),
            [
                ("weight before", step.before),
                ("gradient", step.gradient),
                ("learning rate", RATE),
                ("weight after", step.after),
                ("loss before, nats", step.loss_before),
                ("loss after, nats", step.loss_after),
            ],
        ),
    )


def weight_step(run: Run, digits: Digits) -> WeightStep:
    """The weight of the untrained first layer with the largest gradient, and its step."""
    seven = shown(digits).astype(np.float64)
    network = Network.of(run, 0)
    back = backward(network, seven, SHOWN)
    place = np.unravel_index(np.abs(back.kernels).argmax(), back.kernels.shape)
    chosen, _, row, column = map(int, place)
    height, width = back.maps.shape[1:]
    border = network.padding
    padded = np.pad(normalise(seven[None])[0, 0], border)
    before, gradient = float(network.conv1_weight[place]), float(back.kernels[place])
    moved = np.array(network.conv1_weight, dtype=np.float64)
    moved[place] = before - RATE * gradient
    return WeightStep(
        filter=chosen,
        row=row,
        column=column,
        pixels=padded[row : row + height, column : column + width],
        map=back.maps[chosen],
        before=before,
        gradient=gradient,
        after=float(moved[place]),
        loss_before=back.loss,
        loss_after=backward(network._replace(conv1_weight=moved), seven, SHOWN).loss,
    )


def _height(layout: Layout) -> float:
    down = 1 if layout == "wide" else 3
    return down * (TITLE + SIDE + LINE) + 2 * LINE + MARGIN


def _draw(canvas: Canvas, layout: Layout, step: WeightStep) -> None:
    """The three maps side by side; on a phone one below the other."""
    wide = layout == "wide"
    maps = (step.pixels, step.map, step.pixels * step.map)
    for nth, (title, operator, values) in enumerate(zip(TITLES, " ×=", maps, strict=True)):
        left = MARGIN + nth * wide * (SIDE + SIGN)
        top = MARGIN + nth * (not wide) * (TITLE + SIDE + LINE)
        box = Box(left, top + TITLE, SIDE, SIDE)
        if wide and nth:
            write(canvas, left - SIGN / 2, box.top + SIDE / 2 - 0.1, operator, align="center")
        write(canvas, left, top, title if wide else f"{operator} {title}".strip())
        picture(canvas, box, values, limit=float(np.abs(values).max()))
        words = f"from {decimal(values.min(), 3)} to {decimal(values.max(), 3)}"
        note(canvas, left, box.bottom + 0.04, words)
    bottom = _height(layout) - 1.6 * LINE
    after, before, gradient = (
        decimal(value, 3) for value in (step.after, step.before, step.gradient)
    )
    factor = gradient if step.gradient >= 0 else f"({gradient})"
    write(canvas, MARGIN, bottom, f"new weight = {before} − {RATE} · {factor} = {after}")
