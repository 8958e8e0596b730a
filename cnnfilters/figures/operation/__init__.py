"""What a convolution computes, from the flattened digit to the matrix: chapters 1 to 6."""

from __future__ import annotations

from cnnfilters.figures.operation import (
    channel_groups,
    edge_line_blob,
    filter_apart,
    flattening,
    flip_impulse,
    flip_learned,
    flip_seven,
    gradients,
    kernel_zoo,
    method_costs,
    moved_maps,
    one_window,
    photograph_edges,
    shuffled_digits,
    sliding_window,
    sparse_matrix,
    sum_or_match,
    top_windows,
)
from cnnfilters.results import Recipe

FIGURES: dict[str, Recipe] = {
    # why not flatten
    "flattening": Recipe(flattening.flattening, ("study:flattening",)),
    "shuffled-digits": Recipe(shuffled_digits.shuffled_digits, ("digits",)),
    "moved-maps": Recipe(moved_maps.moved_maps, ("digits",)),
    # one sliding dot product
    "sliding-window": Recipe(sliding_window.sliding_window),
    "one-window": Recipe(one_window.one_window, ("digits",)),
    "sum-or-match": Recipe(sum_or_match.sum_or_match),
    "top-windows": Recipe(top_windows.top_windows, ("run:default", "digits")),
    # convolution or cross-correlation
    "flip-impulse": Recipe(flip_impulse.flip_impulse),
    "flip-seven": Recipe(flip_seven.flip_seven, ("run:small-start", "digits")),
    "flip-learned": Recipe(flip_learned.flip_learned, ("run:small-start", "digits")),
    # a zoo of kernels
    "photograph-edges": Recipe(photograph_edges.photograph_edges),
    "kernel-zoo": Recipe(kernel_zoo.kernel_zoo),
    "edge-line-blob": Recipe(edge_line_blob.edge_line_blob),
    # channels, bias, groups
    "filter-apart": Recipe(filter_apart.filter_apart),
    "channel-groups": Recipe(channel_groups.channel_groups),
    # as a matrix, and backwards
    "sparse-matrix": Recipe(sparse_matrix.sparse_matrix),
    "gradients": Recipe(gradients.gradients),
    "method-costs": Recipe(method_costs.method_costs),
}
"""By the name that a page asks for, in the order of the chapters."""
