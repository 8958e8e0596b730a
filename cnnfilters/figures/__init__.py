"""Drawings, each with its words; matplotlib lives here and nowhere else."""

from __future__ import annotations

from cnnfilters.figures.ablation import ablation_bars
from cnnfilters.figures.arithmetic import relationship, unused_row
from cnnfilters.figures.best_units import best_unit_digits
from cnnfilters.figures.chance import shares_null
from cnnfilters.figures.channels import filter_apart, groups
from cnnfilters.figures.choices import seven_choices
from cnnfilters.figures.class_images import class_images
from cnnfilters.figures.costs import method_costs
from cnnfilters.figures.dot_product import one_window
from cnnfilters.figures.feature_maps import seven_maps
from cnnfilters.figures.first_layers import first_layers
from cnnfilters.figures.five_networks import five_networks
from cnnfilters.figures.flattening import flattening
from cnnfilters.figures.flipping import flip_impulse, flip_learned, flip_seven
from cnnfilters.figures.kernels import four_rows, kernel_numbers
from cnnfilters.figures.learning import film_strip
from cnnfilters.figures.lenet import lenet_layers, lenet_table
from cnnfilters.figures.matching import sum_or_match, top_windows
from cnnfilters.figures.matrix import gradients, sparse_matrix
from cnnfilters.figures.one_weight import one_weight
from cnnfilters.figures.order import moved_maps, shuffled_digits
from cnnfilters.figures.padding import false_frame
from cnnfilters.figures.padding_frame import zeros_or_paper
from cnnfilters.figures.patches import patches_coherence, top_patches
from cnnfilters.figures.photo_filters import photo_filters
from cnnfilters.figures.photo_measured import photo_filters_measured
from cnnfilters.figures.photo_responses import photo_responses
from cnnfilters.figures.pixel_use import checkerboards, pixel_use
from cnnfilters.figures.probes import probes_by_depth
from cnnfilters.figures.projections import projections
from cnnfilters.figures.randomised_weights import randomised_weights
from cnnfilters.figures.receptive_fields import receptive_growth
from cnnfilters.figures.rotated_kernel import rotated_kernel
from cnnfilters.figures.shares import shares_bars
from cnnfilters.figures.small_kernels import small_kernels
from cnnfilters.figures.stills import photograph_edges, sliding_window
from cnnfilters.figures.three_arms import three_arms
from cnnfilters.figures.traced import broken_network, traced_network, traced_stack
from cnnfilters.figures.training import loss_accuracy
from cnnfilters.figures.verdicts import INPUTS, verdicts
from cnnfilters.figures.whole_network import whole_network
from cnnfilters.figures.zoo import edge_line_blob, kernel_zoo
from cnnfilters.results import Recipe

SOURCE, DEFAULT, SMALL_START = "run:source", "run:default", "run:small-start"
PHOTOGRAPHS = ("study:photograph_filters",)

FIGURES: dict[str, Recipe] = {
    # why not flatten
    "flattening": Recipe(flattening, ("study:flattening",)),
    "shuffled-digits": Recipe(shuffled_digits, ("digits",)),
    "moved-maps": Recipe(moved_maps, ("digits",)),
    # one sliding dot product
    "sliding-window": Recipe(sliding_window),
    "one-window": Recipe(one_window, ("digits",)),
    "sum-or-match": Recipe(sum_or_match),
    "top-windows": Recipe(top_windows, (DEFAULT, "digits")),
    # convolution or cross-correlation
    "flip-impulse": Recipe(flip_impulse),
    "flip-seven": Recipe(flip_seven, (SMALL_START, "digits")),
    "flip-learned": Recipe(flip_learned, (SMALL_START, "digits")),
    # a zoo of kernels
    "photograph-edges": Recipe(photograph_edges),
    "kernel-zoo": Recipe(kernel_zoo),
    "edge-line-blob": Recipe(edge_line_blob),
    # channels, bias, groups
    "filter-apart": Recipe(filter_apart),
    "channel-groups": Recipe(groups),
    # as a matrix, and backwards
    "sparse-matrix": Recipe(sparse_matrix),
    "gradients": Recipe(gradients),
    "method-costs": Recipe(method_costs),
    # arithmetic
    "seven-choices": Recipe(seven_choices, ("digits",)),
    "pixel-use": Recipe(pixel_use),
    "zeros-or-paper": Recipe(zeros_or_paper, (SOURCE, "digits")),
    "unused-row": Recipe(unused_row),
    **{
        f"relationship-{number}": Recipe(relationship, options={"number": number})
        for number in range(1, 16)
    },
    "dilated-transposed": Recipe(relationship, options={"number": None}),
    "rotated-kernel": Recipe(rotated_kernel),
    "checkerboards": Recipe(checkerboards),
    "receptive-growth": Recipe(receptive_growth),
    "small-kernels": Recipe(small_kernels, ("study:small_kernels",)),
    "traced-network": Recipe(traced_network),
    "traced-stack": Recipe(traced_stack),
    "broken-network": Recipe(broken_network),
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
    # what a unit looks for
    "top-patches": Recipe(top_patches, (DEFAULT, "digits")),
    "patches-coherence": Recipe(patches_coherence, ("study:units",)),
    "projections": Recipe(projections, ("study:randomised_weights",)),
    "randomised-weights": Recipe(randomised_weights, ("study:randomised_weights",)),
    "class-images": Recipe(class_images, ("study:class_images",)),
    # colour, from photographs
    "photo-filters": Recipe(photo_filters, PHOTOGRAPHS),
    "photo-filters-measured": Recipe(photo_filters_measured, PHOTOGRAPHS),
    "photo-responses": Recipe(photo_responses, PHOTOGRAPHS),
    # the hierarchy
    "probes-by-depth": Recipe(probes_by_depth, ("study:hierarchy",)),
    "best-unit-digits": Recipe(best_unit_digits, ("study:hierarchy", "digits")),
    "lenet-table": Recipe(lenet_table),
    "lenet-layers": Recipe(lenet_layers),
    # what we can say
    "verdicts": Recipe(verdicts, INPUTS),
}
"""Every figure, by the name that a page asks for: how it is drawn, and from what."""
