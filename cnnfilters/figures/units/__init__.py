"""What units answer to, by depth, and what can be said of all: chapters 14, 15, 17 and 18."""

from __future__ import annotations

from cnnfilters.figures.units import (
    ablation_bars,
    best_unit_digits,
    bright_and_needed,
    class_images,
    false_frame,
    lenet_layers,
    lenet_table,
    patches_coherence,
    probes_by_depth,
    projections,
    randomised_weights,
    seven_maps,
    top_patches,
    verdicts,
)
from cnnfilters.results import Recipe

FIGURES: dict[str, Recipe] = {
    # feature maps
    "seven-maps": Recipe(seven_maps.seven_maps, ("run:small-start", "digits")),
    "false-frame": Recipe(false_frame.false_frame, ("run:source", "digits")),
    "ablation-bars": Recipe(ablation_bars.ablation_bars, ("run:small-start", "digits")),
    "bright-and-needed": Recipe(bright_and_needed.bright_and_needed, ("study:silenced_kernels",)),
    # what a unit looks for
    "top-patches": Recipe(top_patches.top_patches, ("run:default", "digits")),
    "patches-coherence": Recipe(patches_coherence.patches_coherence, ("study:units",)),
    "projections": Recipe(projections.projections, ("study:randomised_weights",)),
    "randomised-weights": Recipe(
        randomised_weights.randomised_weights, ("study:randomised_weights",)
    ),
    "class-images": Recipe(class_images.class_images, ("study:class_images",)),
    # the hierarchy
    "probes-by-depth": Recipe(probes_by_depth.probes_by_depth, ("study:hierarchy",)),
    "best-unit-digits": Recipe(best_unit_digits.best_unit_digits, ("study:hierarchy", "digits")),
    "lenet-table": Recipe(lenet_table.lenet_table),
    "lenet-layers": Recipe(lenet_layers.lenet_layers),
    # what we can say
    "verdicts": Recipe(verdicts.verdicts, ("pages", *verdicts.INPUTS)),
}
"""By the name that a page asks for, in the order of the chapters."""
