"""Designed kernels on a photograph."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.convolution import cross_correlate
from cnnfilters.figures.drawing.cells import TITLE, photograph, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import shaded
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, Tiles, scale_bar
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.photographs import load_photograph, photographs

GAP = 0.12  # inches
PHOTOGRAPH, SHRINK = "camera", 3  # small: nine pictures of it are fetched at first sight
CROP = (slice(18, 78), slice(44, 104))  # head and camera
NAMES = {
    "identity": "identity",
    "box": "box",
    "gaussian-5": "Gaussian, 5×5",
    "sharpen": "sharpen",
    "sobel-x": "Sobel, upright edges",
    "sobel-y": "Sobel, level edges",
    "laplacian": "Laplacian",
    "gabor-even": "Gabor, 7×7",
}
SIGNED = ("sobel-x", "sobel-y", "laplacian", "gabor-even")  # the kernels that sum to zero
COLUMNS = {"wide": 4, "narrow": 2}


class _Answer(NamedTuple):
    """A photograph through one kernel."""

    kernel: Float[np.ndarray, "height width"]
    response: Float[np.ndarray, "rows columns"]
    signed: bool  # whether the kernel has no mean, so that its answers have a sign


def kernel_zoo() -> Figure:
    """A photograph through eight designed kernels.

    Example:
        >>> {name: abs(total) for name, total, *_ in kernel_zoo().table.rows[2:5]}
        {'gaussian-5': 1.0, 'sharpen': 1.0, 'sobel-x': 0.0}
    """
    image = load_photograph(PHOTOGRAPH, grey=True, shrink=SHRINK)[0][CROP].astype(np.float64)
    answers = {name: _answer(image, name) for name in NAMES}
    signed = [name for name, answer in answers.items() if answer.signed]
    strongest = max(signed, key=lambda name: float(np.abs(answers[name].response).max()))
    sharp = answers["sharpen"].response
    outside = float(((sharp < 0) | (sharp > 1)).mean())
    return Figure(
        plotted(_draw_zoo, answers, height=lambda layout: _tiles(layout).height(len(NAMES))),
        alt=(
            f"{photographs()[PHOTOGRAPH].shows[0].upper()}{photographs()[PHOTOGRAPH].shows[1:]}, "
            f"through {len(answers)} kernels: the same, blurred twice, sharpened, and four maps "
            f"with a sign, of edges and lines. The strongest is that of {strongest}."
        ),
        caption=(
            f"Kernels that sum to one give pictures, kernels that sum to zero give signed answers. "
            f"Sharpening pushes {100 * outside:.0f} % of the pixels below black or above white. "
            f"Photograph: {photographs()[PHOTOGRAPH].attribution}."
        ),
        table=Table(
            ("kernel", "sum of weights", "least answer", "greatest answer"),
            [
                (
                    name,
                    round(float(answer.kernel.sum()), 12),
                    float(answer.response.min()),
                    float(answer.response.max()),
                )
                for name, answer in answers.items()
            ],
        ),
    )


def _answer(image: Float[np.ndarray, "rows columns"], name: str) -> _Answer:
    """The answers of the kernel as it is written; an even Gabor kernel would keep a little mean."""
    kernel = named_kernel(name).weights
    signed = name in SIGNED
    kernel = kernel - kernel.mean() if signed else kernel
    return _Answer(kernel, cross_correlate(image, kernel), signed)


def _tiles(layout: Layout) -> Tiles:
    return Tiles(layout, COLUMNS[layout], gap=GAP, title=TITLE, below=GAP, top=HEAD)


def _draw_zoo(canvas: Canvas, layout: Layout, answers: dict[str, _Answer]) -> None:
    tiles = _tiles(layout)
    limit = max(float(np.abs(a.response).max()) for a in answers.values() if a.signed)
    scale_bar(canvas, limit=limit, label="answer")
    for index, (name, answer) in enumerate(answers.items()):
        box = tiles.box(index)
        if answer.signed:
            shades = shaded(answer.response, limit=limit)
            picture(canvas, box, shades, limit=limit, title=NAMES[name])
        else:
            photograph(canvas, box, answer.response, title=NAMES[name])
        picture(
            canvas,
            box.corner(0.44, inside=0.03),
            answer.kernel,
            limit=float(np.abs(answer.kernel).max()),
        )
