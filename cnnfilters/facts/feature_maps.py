"""Facts about one digit in the first layer, and about what each kernel is worth."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.feature_maps import ablation, first_layer_maps, padding_frame, shown
from cnnfilters.analysis.forward import Network
from cnnfilters.digits import Digits
from cnnfilters.facts.recipes import SMALL_START, SOURCE
from cnnfilters.results import Recipe
from cnnfilters.run import Run
from cnnfilters.words import decimal, of_all, percent

LITTLE = 0.005  # the accuracy below which a kernel counts as little needed
MOST = 2_000  # digits for silencing kernels: all 10,000 would take a minute


def negative_responses(run: Run, digits: Digits) -> str:
    """The share of the first layer's responses to the shown digit that ReLU sets to zero."""
    maps = first_layer_maps(Network.of(run), shown(digits))
    return percent(float((maps.before < 0).mean()), 0)


def frame(run: Run, digits: Digits) -> str:
    """How strong the frame that zero padding draws is, beside the shown digit's own edges."""
    return percent(float(np.median(padding_frame(Network.of(run), shown(digits)))), 0)


def most_needed(run: Run, digits: Digits) -> str:
    """The accuracy lost, in points, when the most needed kernel is silenced."""
    return decimal(100 * _lost(run, digits).max(), 1)


def little_needed(run: Run, digits: Digits) -> str:
    """How many kernels can be silenced, one at a time, for less than half a point."""
    return of_all(_lost(run, digits) < LITTLE)


def _lost(run: Run, digits: Digits) -> Float[np.ndarray, " filters"]:
    chosen = slice(MOST)  # the sample has fewer; the test digits of MNIST come in no order
    return ablation(
        Network.of(run), digits.held_out_images[chosen], digits.held_out_labels[chosen]
    ).lost


FACTS = {
    "frame": Recipe(frame, (*SOURCE, "digits")),
    "little_needed": Recipe(little_needed, (*SMALL_START, "digits")),
    "most_needed": Recipe(most_needed, (*SMALL_START, "digits")),
    "negative_responses": Recipe(negative_responses, (*SMALL_START, "digits")),
}
