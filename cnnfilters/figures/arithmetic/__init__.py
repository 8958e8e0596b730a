"""What sizes do: windows, padding, relationships, receptive fields, networks: chapters 7 to 10."""

from __future__ import annotations

from cnnfilters.figures.arithmetic import (
    pixel_use,
    receptive_growth,
    relationships,
    rotated_kernel,
    seven_choices,
    small_kernels,
    traced,
    zeros_or_paper,
)
from cnnfilters.results import Recipe

FIGURES: dict[str, Recipe] = {
    "seven-choices": Recipe(seven_choices.seven_choices, ("digits",)),
    "pixel-use": Recipe(pixel_use.pixel_use),
    "zeros-or-paper": Recipe(zeros_or_paper.zeros_or_paper, ("run:source", "digits")),
    "unused-row": Recipe(relationships.unused_row),
    **{
        f"relationship-{number}": Recipe(relationships.relationship, options={"number": number})
        for number in range(1, 16)
    },
    "dilated-transposed": Recipe(relationships.relationship, options={"number": None}),
    "rotated-kernel": Recipe(rotated_kernel.rotated_kernel),
    "checkerboards": Recipe(pixel_use.checkerboards),
    "receptive-growth": Recipe(receptive_growth.receptive_growth),
    "small-kernels": Recipe(small_kernels.small_kernels, ("study:small_kernels",)),
    "traced-network": Recipe(traced.traced_network),
    "traced-stack": Recipe(traced.traced_stack),
    "broken-network": Recipe(traced.broken_network),
}
"""By the name that a page asks for, in the order of the chapters."""
