"""Drawings, each with its words; matplotlib lives here and nowhere else."""

from __future__ import annotations

from cnnfilters.figures.ablation import ablation_bars
from cnnfilters.figures.chance import shares_null
from cnnfilters.figures.feature_maps import seven_maps
from cnnfilters.figures.first_layers import first_layers
from cnnfilters.figures.five_networks import five_networks
from cnnfilters.figures.kernels import four_rows, kernel_numbers
from cnnfilters.figures.learning import film_strip
from cnnfilters.figures.one_weight import one_weight
from cnnfilters.figures.padding import false_frame
from cnnfilters.figures.shares import shares_bars
from cnnfilters.figures.three_arms import three_arms
from cnnfilters.figures.training import loss_accuracy
from cnnfilters.figures.whole_network import whole_network
from cnnfilters.results import Recipe

SOURCE, DEFAULT, SMALL_START = "run:source", "run:default", "run:small-start"

FIGURES: dict[str, Recipe] = {
    # training
    "whole-network": Recipe(whole_network, (DEFAULT, "digits")),
    "one-weight": Recipe(one_weight, (DEFAULT, "digits")),
    "loss-accuracy": Recipe(loss_accuracy, (SOURCE, DEFAULT, SMALL_START)),
    "film-strip": Recipe(film_strip, (SMALL_START,)),
    "film-strip-default": Recipe(film_strip, (DEFAULT,)),
    # reading the weights
    "four-rows": Recipe(four_rows, (DEFAULT, SMALL_START)),
    "kernel-numbers": Recipe(kernel_numbers, (DEFAULT,)),
    "shares-bars": Recipe(shares_bars, (DEFAULT, SMALL_START)),
    "shares-null": Recipe(shares_null, (SOURCE, DEFAULT, SMALL_START)),
    "five-networks": Recipe(five_networks, ("study:initialisation",)),
    # what makes edges
    "three-arms": Recipe(three_arms, ("study:labels_and_pixels",)),
    "first-layers": Recipe(first_layers, ("study:frozen_filters",)),
    # feature maps
    "seven-maps": Recipe(seven_maps, (SMALL_START, "digits")),
    "false-frame": Recipe(false_frame, (SOURCE, "digits")),
    "ablation-bars": Recipe(ablation_bars, (SMALL_START, "digits")),
}
