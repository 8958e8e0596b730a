"""Drawings, each with its words; matplotlib lives here and nowhere else."""

from __future__ import annotations

from cnnfilters.figures.chance import shares_null
from cnnfilters.figures.feature_maps import seven_maps
from cnnfilters.figures.kernels import four_rows, kernel_numbers
from cnnfilters.figures.learning import film_strip
from cnnfilters.figures.shares import shares_bars
from cnnfilters.figures.training import loss_accuracy
from cnnfilters.results import Recipe

SOURCE, DEFAULT, SMALL_START = "run:source", "run:default", "run:small-start"

FIGURES: dict[str, Recipe] = {
    # training
    "loss-accuracy": Recipe(loss_accuracy, (SOURCE, DEFAULT, SMALL_START)),
    "film-strip": Recipe(film_strip, (SMALL_START,)),
    "film-strip-default": Recipe(film_strip, (DEFAULT,)),
    # reading the weights
    "four-rows": Recipe(four_rows, (DEFAULT, SMALL_START)),
    "kernel-numbers": Recipe(kernel_numbers, (DEFAULT,)),
    "shares-bars": Recipe(shares_bars, (DEFAULT, SMALL_START)),
    "shares-null": Recipe(shares_null, (SOURCE, DEFAULT, SMALL_START)),
    # feature maps
    "seven-maps": Recipe(seven_maps, (SMALL_START, "digits")),
}
