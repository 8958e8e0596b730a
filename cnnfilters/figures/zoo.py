"""Designed kernels on a photograph, and on a step, a bar and a spot."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.stimuli import response_profile, stimulus
from cnnfilters.convolution import cross_correlate
from cnnfilters.figures.cells import TITLE, numbered, photograph, picture
from cnnfilters.figures.figure import Figure, plotted
from cnnfilters.figures.sheets import Box, axes_in, scale_bar, write
from cnnfilters.figures.style import MUTED, SMALL, WIDTH, Layout
from cnnfilters.figures.table import Table
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.photographs import load_photograph, photographs
from cnnfilters.words import short

MARGIN, GAP = 0.05, 0.12
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
LEVELS = 20  # shades of a response, on each side of zero


class _Answer(NamedTuple):
    """A photograph through one kernel."""

    kernel: Float[np.ndarray, "height width"]
    response: Float[np.ndarray, "rows columns"]
    signed: bool  # whether the kernel has no mean, so that its answers have a sign


def kernel_zoo() -> Figure:
    """A photograph through eight designed kernels.

    Returns:
        The figure.
    """
    image = load_photograph(PHOTOGRAPH, grey=True, shrink=SHRINK)[0][CROP].astype(np.float64)
    answers = {name: _answer(image, name) for name in NAMES}
    signed = [name for name, answer in answers.items() if answer.signed]
    strongest = max(signed, key=lambda name: float(np.abs(answers[name].response).max()))
    sharp = answers["sharpen"].response
    outside = float(((sharp < 0) | (sharp > 1)).mean())
    return Figure(
        plotted(
            lambda canvas, layout: _draw_zoo(canvas, layout, answers),
            height=_zoo_height("wide"),
            narrow_height=_zoo_height("narrow"),
        ),
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
    """The response; a kernel without a mean is scaled so that its positive weights sum to one."""
    kernel = named_kernel(name).weights
    signed = name in SIGNED
    kernel = kernel - kernel.mean() if signed else kernel  # an even Gabor kernel keeps a little
    scale = kernel[kernel > 0].sum() if signed else 1.0
    return _Answer(kernel, cross_correlate(image, kernel / scale), signed)


def _zoo_side(layout: Layout) -> float:
    return (WIDTH[layout] - 2 * MARGIN - (COLUMNS[layout] - 1) * GAP) / COLUMNS[layout]


def _zoo_height(layout: Layout) -> float:
    rows = -(-len(NAMES) // COLUMNS[layout])
    return 0.3 + rows * (_zoo_side(layout) + TITLE + GAP)


def _draw_zoo(canvas: Canvas, layout: Layout, answers: dict[str, _Answer]) -> None:
    side, columns = _zoo_side(layout), COLUMNS[layout]
    limit = max(float(np.abs(a.response).max()) for a in answers.values() if a.signed)
    scale_bar(canvas, right=WIDTH[layout] - MARGIN, top=0.05, limit=limit, label="contrast")
    for index, (name, answer) in enumerate(answers.items()):
        left = MARGIN + index % columns * (side + GAP)
        top = 0.3 + TITLE + index // columns * (side + TITLE + GAP)
        box = Box(left, top, side, side)
        if answer.signed:
            shades = np.round(answer.response / limit * LEVELS) / LEVELS * limit
            picture(canvas, box, shades, limit=limit, title=NAMES[name])
        else:
            photograph(canvas, box, answer.response, title=NAMES[name])
        corner = Box(left + side - 0.47, top + side - 0.47, 0.44, 0.44)
        picture(canvas, corner, answer.kernel, limit=float(np.abs(answer.kernel).max()))


SHAPES = {"edge": ("prewitt-x", 1), "line": ("line-upright", 1), "blob": ("laplacian-8", -1)}
STIMULI = ("step", "bar", "spot")
REACH = 4  # places on each side


def edge_line_blob() -> Figure:
    """An edge, a line and a blob kernel, each slid over a step, a bar and a spot.

    Returns:
        The figure.

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
        plotted(
            lambda canvas, layout: _draw_shapes(canvas, layout, kernels, profiles),
            height=4.6,
            narrow_height=4.6,
        ),
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
