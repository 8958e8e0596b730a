"""The ledger: every sentence about networks that the site holds itself to."""

from __future__ import annotations

from cnnfilters.evidence import Rule
from cnnfilters.experiments import (
    class_images,
    flattening,
    frozen_filters,
    hierarchy_claims,
    initialisation,
    labels_and_pixels,
    photograph_filters,
    randomised_weights,
    silenced_kernels,
    small_kernels,
    units,
)
from cnnfilters.results import Recipe

FLATTENING = ("study:flattening",)

CLAIMS: dict[str, Recipe] = {
    **small_kernels.CLAIMS,
    **initialisation.CLAIMS,
    **labels_and_pixels.CLAIMS,
    **frozen_filters.CLAIMS,
    **silenced_kernels.CLAIMS,
    **units.CLAIMS,
    **randomised_weights.CLAIMS,
    **class_images.CLAIMS,
    **photograph_filters.CLAIMS,
    **hierarchy_claims.CLAIMS,
    # why not flatten
    "shuffled-pixels-do-not-harm-a-perceptron": Recipe(
        flattening.permutation,
        FLATTENING,
        {
            "name": "perceptron",
            "sentence": (
                "A perceptron reads digits whose pixels are shuffled, all in the same way, about "
                "as well as digits in order."
            ),
            "rule": Rule(above=-flattening.LITTLE, below=flattening.LITTLE),
        },
    ),
    "shuffled-pixels-harm-a-cnn": Recipe(
        flattening.permutation,
        FLATTENING,
        {
            "name": "cnn",
            "sentence": "A convolutional network reads shuffled digits worse than digits in order.",
            "rule": Rule(above=flattening.LITTLE),
        },
    ),
    "cnn-tolerates-two-pixels": Recipe(
        flattening.moving,
        FLATTENING,
        {
            "pixels": 2,
            "sentence": (
                "A convolutional network that never saw a digit move loses fewer than "
                f"{flattening.MUCH:g} points when digits move by 2 px."
            ),
            "rule": Rule(below=flattening.MUCH),
            "expected": "undecided",  # after the short training: the loss is close to the limit
        },
    ),
    "cnn-tolerates-more-than-a-perceptron": Recipe(
        flattening.spared,
        FLATTENING,
        {
            "pixels": 2,
            "sentence": (
                "Digits that move by 2 px cost a convolutional network over "
                f"{flattening.MUCH:g} points less than they cost a perceptron."
            ),
            "rule": Rule(above=flattening.MUCH),
        },
    ),
    "cnn-is-not-invariant": Recipe(
        flattening.moving,
        FLATTENING,
        {
            "pixels": 4,
            "sentence": (
                f"A convolutional network loses more than {flattening.MUCH:g} points when digits "
                "move by 4 px: it is not invariant."
            ),
            "rule": Rule(above=flattening.MUCH),
        },
    ),
}
"""Every claim, by its id: how it is made, and from what."""
