"""Pictures with their words: one folder for each part of the site, and what they are drawn with."""

from __future__ import annotations

import sys

from cnnfilters.analysis import operation as gradients_by_nudging
from cnnfilters.figures import arithmetic, learning, operation, photographs, units
from cnnfilters.figures.drawing import figure
from cnnfilters.results import Recipe

FIGURES: dict[str, Recipe] = {
    **operation.FIGURES,
    **arithmetic.FIGURES,
    **learning.FIGURES,
    **units.FIGURES,
    **photographs.FIGURES,
}
"""Every figure, by the name that a page asks for: how it is drawn, and from what."""

MOVED = {  # what the first tutorials imported, for notebooks that were downloaded then
    "analysis.finite_differences": gradients_by_nudging,
    "figures.dot_product": operation.one_window,
    "figures.feature_maps": units.seven_maps,
    "figures.figure": figure,
    "figures.kernels": learning.four_rows,
    "figures.patches": units.top_patches,
    "figures.photo_filters": photographs.photo_filters,
}
sys.modules.update({f"cnnfilters.{name}": module for name, module in MOVED.items()})
