"""The ledger: every sentence about networks that the site holds itself to."""

from __future__ import annotations

from cnnfilters.experiments import small_kernels
from cnnfilters.results import Recipe

CLAIMS: dict[str, Recipe] = {
    # receptive fields and small kernels
    "three-small-cheaper": Recipe(
        small_kernels.cheaper,
        ("study:small_kernels",),
        {
            "small": "3x3-3x3-3x3",
            "large": "7x7",
            "sentence": "Three 3×3 layers see as much as one 7×7 and have fewer parameters.",
        },
    ),
    "two-small-cheaper": Recipe(
        small_kernels.cheaper,
        ("study:small_kernels",),
        {
            "small": "3x3-3x3",
            "large": "5x5",
            "sentence": "Two 3×3 layers see as much as one 5×5 and have fewer parameters.",
        },
    ),
    "three-small-better": Recipe(
        small_kernels.better,
        ("study:small_kernels",),
        {
            "one": "3x3-3x3-3x3",
            "other": "7x7",
            "sentence": "Three 3×3 layers read digits better than one 7×7.",
        },
    ),
    "two-small-better": Recipe(
        small_kernels.better,
        ("study:small_kernels",),
        {
            "one": "3x3-3x3",
            "other": "5x5",
            "sentence": "Two 3×3 layers read digits better than one 5×5.",
        },
    ),
    "relu-between-helps": Recipe(
        small_kernels.better,
        ("study:small_kernels",),
        {
            "one": "3x3-3x3-3x3",
            "other": "3x3-3x3-3x3-linear",
            "sentence": "ReLU between three 3×3 layers makes them read digits better.",
        },
    ),
}
