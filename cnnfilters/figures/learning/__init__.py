"""How kernels come about, and what they look like beside chance: chapters 11 to 13."""

from __future__ import annotations

from cnnfilters.figures.learning import (
    film_strip,
    first_layers,
    five_networks,
    four_rows,
    kernel_numbers,
    loss_accuracy,
    one_weight,
    shares_bars,
    shares_null,
    start_scales,
    three_arms,
    whole_network,
)
from cnnfilters.results import Recipe

SOURCE, DEFAULT, SMALL_START = "run:source", "run:default", "run:small-start"

FIGURES: dict[str, Recipe] = {
    # training
    "whole-network": Recipe(whole_network.whole_network, (DEFAULT, "digits")),
    "one-weight": Recipe(one_weight.one_weight, (DEFAULT, "digits")),
    "loss-accuracy": Recipe(loss_accuracy.loss_accuracy, (SOURCE, DEFAULT, SMALL_START)),
    "film-strip": Recipe(film_strip.film_strip, (SMALL_START,)),
    "film-strip-default": Recipe(film_strip.film_strip, (DEFAULT,)),
    # reading the weights
    "four-rows": Recipe(four_rows.four_rows, (DEFAULT, SMALL_START)),
    "kernel-numbers": Recipe(kernel_numbers.kernel_numbers, (DEFAULT,)),
    "shares-bars": Recipe(shares_bars.shares_bars, (DEFAULT, SMALL_START)),
    "shares-null": Recipe(shares_null.shares_null, (SOURCE, DEFAULT, SMALL_START)),
    "five-networks": Recipe(five_networks.five_networks, ("study:initialisation",)),
    "start-scales": Recipe(start_scales.start_scales, ("study:start_scales",)),
    # what makes edges
    "three-arms": Recipe(three_arms.three_arms, ("study:labels_and_pixels",)),
    "first-layers": Recipe(first_layers.first_layers, ("study:frozen_filters",)),
}
"""By the name that a page asks for, in the order of the chapters."""
