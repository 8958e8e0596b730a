"""Colours and sizes that every figure shares with the pages."""

from __future__ import annotations

from typing import Any, Literal

Scheme = Literal["light", "dark"]
Layout = Literal["wide", "narrow"]

WIDTH = {"wide": 7.2, "narrow": 3.4}
"""Of a figure, in inches of 96 CSS px: a column of text, a phone."""
FONT_SIZE = 9.0
"""In points: 12 CSS px."""
SMALL = 8.0
"""In points: 10.7 CSS px, the least that a figure may use."""

# Drawn in the light scheme; the dark one replaces these four, which nothing else may use.
INK = "#1e2329"
"""Text and axes."""
MUTED = "#59626e"
"""Secondary text and ticks."""
RULE = "#cfd6de"
"""Grid lines and frames of pictures."""
PAPER = "#fffffe"
"""Behind a label."""
DARK = {INK: "#e7eaf0", MUTED: "#a6afbb", RULE: "#3a4250", PAPER: "#12151c"}
"""What stands for each of these four in the dark scheme."""

SIGNED = "RdBu_r"
"""Colour map of signed numbers: blue negative, white zero, red positive."""
PIXELS = "gray_r"
"""Colour map of pixels: ink on paper."""
MAGNITUDE = "cividis"
"""Colour map of numbers that cannot be negative."""

CATEGORIES = ("#785a87", "#ff1e00", "#2da587", "#a578ff")
"""3:1 on both pages and told apart under every colour vision; a marker or dash goes along."""
MARKERS = ("o", "s", "^", "D")
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1.5, 2)))

RC: Any = {  # newer matplotlib spells out every key in its type
    "axes.edgecolor": MUTED,
    "axes.facecolor": "none",
    "axes.grid": False,
    "axes.labelcolor": INK,
    "axes.labelsize": FONT_SIZE,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": FONT_SIZE,
    "figure.facecolor": "none",
    "font.family": "DejaVu Sans",  # ships with matplotlib: the same measures on every machine
    "font.size": FONT_SIZE,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "image.interpolation": "none",
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "lines.markersize": 4.5,
    "savefig.facecolor": "none",
    "svg.fonttype": "none",  # text stays text, in the page's own font
    "svg.hashsalt": "cnnfilters",  # equal drawings, equal bytes
    "text.color": INK,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "ytick.labelsize": SMALL,
}
FONTS = "ui-sans-serif, system-ui, sans-serif"
