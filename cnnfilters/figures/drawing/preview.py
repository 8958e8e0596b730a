"""The picture that stands for a page where somebody shares its address."""

from __future__ import annotations

import io
import textwrap

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.panels import mosaic, signed_image
from cnnfilters.figures.drawing.style import INK, MUTED, RC
from cnnfilters.run import Run

WIDTH, HEIGHT, DPI = 12.0, 6.3, 100  # inches: 1200 by 630 pixels, what the services ask for
TITLE_LINE, QUESTION_LINE = 17, 34  # characters


def preview(run: Run, *, title: str, question: str, site: str) -> bytes:
    """A card with a page's title and question beside the kernels of the build.

    Args:
        run: Its trained kernels are drawn, white at zero.
        title: The page's title.
        question: The question that the page answers; may be empty.
        site: The site's name, at the foot.

    Returns:
        A PNG of 1200 by 630 pixels.

    Example:
        >>> import numpy as np
        >>> weights = {"conv1.weight": np.ones((1, 4, 1, 5, 5))}
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), {}, {}, {})
        >>> png = preview(run, title="Flip", question="Does it matter?", site="Filters")
        >>> int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
        (1200, 630)
    """
    with mpl.rc_context({**RC, "figure.facecolor": "white", "savefig.facecolor": "white"}):
        canvas = Canvas(figsize=(WIDTH, HEIGHT), dpi=DPI)
        FigureCanvasAgg(canvas)
        heading = textwrap.fill(title, TITLE_LINE)
        canvas.text(0.055, 0.89, heading, size=36, weight="bold", color=INK, va="top")
        below = 0.86 - 0.115 * (heading.count("\n") + 1)
        words = textwrap.fill(question, QUESTION_LINE)
        canvas.text(0.055, below, words, size=20, style="italic", color=MUTED, va="top")
        canvas.text(0.055, 0.08, site, size=15, color=MUTED)
        kernels = run.kernels()
        axes = canvas.add_axes((0.53, 0.08, 0.44, 0.84))
        signed_image(axes, mosaic(kernels, columns=4), limit=float(abs(kernels).max()))
        buffer = io.BytesIO()
        canvas.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()
