"""Facts about what experiments measured, over several networks."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from cnnfilters.experiments.arms import ACCURACY, DEFAULT, EDGE
from cnnfilters.experiments.class_images import Way, class_image
from cnnfilters.experiments.flattening import (
    CNN,
    CNN_SHUFFLED,
    PERCEPTRON,
    PERCEPTRON_SHUFFLED,
    FlatteningStudy,
    moved,
)
from cnnfilters.experiments.photograph_filters import (
    BLOBS,
    COLOUR_EDGES,
    COLOURED,
    FOUND_AGAIN,
    FOUND_ELSEWHERE,
    ONE_PHOTOGRAPH,
    PHOTOGRAPHS,
    SPARSENESS,
    TWIN,
    PhotographStudy,
)
from cnnfilters.experiments.randomised_weights import Method, RandomisedWeightsStudy, likeness
from cnnfilters.experiments.silenced_kernels import NEEDED_MORE
from cnnfilters.experiments.study import Series, Study
from cnnfilters.experiments.units import (
    COHERENCE,
    COHERENCE_OF_THE_HEARD,
    DIGIT_SHARE,
    SILENT,
    TRAINED,
    UNTRAINED,
)
from cnnfilters.results import Recipe
from cnnfilters.words import decimal, percent


def mean(study: Study, *, series: Series, baseline: Series | None = None, places: int = 2) -> str:
    """The mean of all networks of an arm, or of what each has more than one of another.

    Example:
        >>> from cnnfilters.experiments.study import Quantity
        >>> arms = {"cnn": {"accuracy": [96.0, 97.0], "shuffled": [84.0, 84.0]}}
        >>> study = Study(arms=arms, steps=190, held_out_words="1,000 digits")
        >>> mean(study, series=ACCURACY.of(CNN), places=1)
        '96.5 %'
        >>> mean(study, series=ACCURACY.of(CNN), baseline=Quantity("shuffled", "%").of(CNN))
        '12.50'
    """
    values = study.differences(series, baseline) if baseline else study.values(series)
    unit = " %" if series.quantity.unit == "%" and baseline is None else ""
    return decimal(np.mean(values), places) + unit


def share(study: Study, *, series: Series) -> str:
    """The mean of shares of 1, in whole per cent.

    Example:
        >>> arms = {"trained": {"digit share": [0.4, 0.6]}}
        >>> study = Study(arms=arms, steps=190, held_out_words="1,000 digits")
        >>> share(study, series=DIGIT_SHARE.of(TRAINED))
        '50 %'
    """
    return percent(np.mean(study.values(series)), 0)


def spread(study: Study, *, series: Series) -> str:
    """The least and the most, in whole numbers.

    Example:
        >>> arms = {"photographs": {"blobs": [2, 4]}}
        >>> study = Study(arms=arms, steps=0, held_out_words="1,000 digits")
        >>> spread(study, series=BLOBS.of(PHOTOGRAPHS))
        '2 to 4'
    """
    values = study.values(series)
    least, most = (decimal(value, 0) for value in (min(values), max(values)))
    return least if least == most else f"{least} to {most}"


def networks(study: Study, *, series: Series) -> str:
    """How many networks an arm has, from as many seeds.

    Example:
        >>> arms = {"default": {"edge fit": [0.1, 0.2]}}
        >>> study = Study(arms=arms, steps=1250, held_out_words="1,000 digits")
        >>> networks(study, series=EDGE.of(DEFAULT))
        '2'
    """
    return str(len(study.values(series)))


def count(
    study: Study, *, field: Literal["steps", "learned", "digits", "patches", "components"]
) -> str:
    """How many steps, say, or patches.

    Example:
        >>> count(Study(arms={}, steps=1250, held_out_words="1,000 digits"), field="steps")
        '1,250'
    """
    return f"{getattr(study, field):,}"


def photographs(study: PhotographStudy) -> str:
    """How many photographs the patches are from.

    Example:
        >>> about = {"arms": {}, "each": {}, "shown": {}, "steps": 0, "held_out_words": ""}
        >>> fits = {"patches": 9_000, "components": 64, **about}
        >>> photographs(PhotographStudy(photographs=["astronaut", "chelsea"], **fits))
        '2'
    """
    return str(len(study.photographs))


def ink_lost(study: FlatteningStudy) -> str:
    """The share of the ink that leaves the picture at the largest distance.

    Example:
        >>> about = {"arms": {}, "steps": 190, "held_out_words": "1,000 digits"}
        >>> ink_lost(FlatteningStudy(ink_kept=[1.0, 0.75], **about))
        '25.0 %'
    """
    return percent(1 - study.ink_kept[-1])


def agreement(study: RandomisedWeightsStudy, *, method: Method) -> str:
    """The mean rank correlation of a method with the gradient, over the units of conv2."""
    return decimal(np.mean(study.units["agreement"][method]))


FLATTENING, INITIALISATION = ("study:flattening",), ("study:initialisation",)
RANDOMISED, UNITS = ("study:randomised_weights",), ("study:units",)
PHOTOGRAPH_FILTERS = ("study:photograph_filters",)


def mean_recipe(
    study: tuple[str], series: Series, baseline: Series | None = None, *, places: int = 2
) -> Recipe:
    """The mean of a series, or of its difference from another, as a fact.

    Example:
        >>> mean_recipe(("study:initialisation",), EDGE.of(DEFAULT)).options["places"]
        2
    """
    return Recipe(mean, study, {"series": series, "baseline": baseline, "places": places})


def _spread(series: Series) -> Recipe:
    return Recipe(spread, PHOTOGRAPH_FILTERS, {"series": series})


FACTS = {
    # what a perceptron throws away
    "cnn_in_order": mean_recipe(FLATTENING, ACCURACY.of(CNN), places=1),
    "cnn_lost_1": mean_recipe(FLATTENING, moved(0).of(CNN), moved(1).of(CNN), places=1),
    "cnn_lost_2": mean_recipe(FLATTENING, moved(0).of(CNN), moved(2).of(CNN), places=1),
    "cnn_moved_4": mean_recipe(FLATTENING, moved(4).of(CNN), places=0),
    "cnn_shuffled": mean_recipe(FLATTENING, ACCURACY.of(CNN_SHUFFLED), places=1),
    "flattening_ink_lost": Recipe(ink_lost, FLATTENING),
    "flattening_networks": Recipe(networks, FLATTENING, {"series": ACCURACY.of(CNN)}),
    "flattening_steps": Recipe(count, FLATTENING, {"field": "steps"}),
    "perceptron_in_order": mean_recipe(FLATTENING, ACCURACY.of(PERCEPTRON), places=1),
    "perceptron_lost_2": mean_recipe(
        FLATTENING, moved(0).of(PERCEPTRON), moved(2).of(PERCEPTRON), places=1
    ),
    "perceptron_shuffled": mean_recipe(FLATTENING, ACCURACY.of(PERCEPTRON_SHUFFLED), places=1),
    # what the start leaves, and what makes edges
    "study_networks": Recipe(networks, INITIALISATION, {"series": EDGE.of(DEFAULT)}),
    "study_steps": Recipe(count, INITIALISATION, {"field": "steps"}),
    # feature maps
    "needed_more_than_brightest": mean_recipe(
        ("study:silenced_kernels",), NEEDED_MORE.of(DEFAULT), places=1
    ),
    # back from a unit to the pixels
    "kept_gradient_anew": mean_recipe(RANDOMISED, likeness("gradient", "anew").of(DEFAULT)),
    "kept_gradient_conv1": mean_recipe(RANDOMISED, likeness("gradient", "conv1").of(DEFAULT)),
    "kept_guided_anew": mean_recipe(RANDOMISED, likeness("guided", "anew").of(DEFAULT)),
    "kept_guided_conv1": mean_recipe(RANDOMISED, likeness("guided", "conv1").of(DEFAULT)),
    "kept_guided_fc": mean_recipe(RANDOMISED, likeness("guided", "fc").of(DEFAULT)),
    "like_gradient_deconvnet": Recipe(agreement, RANDOMISED, {"method": "deconvnet"}),
    "like_gradient_guided": Recipe(agreement, RANDOMISED, {"method": "guided"}),
    "projected_digits": Recipe(count, RANDOMISED, {"field": "digits"}),
    **{
        f"ink_{way}": mean_recipe(
            ("study:class_images",), class_image(way, "ink").of(DEFAULT), places=0
        )
        for way in get_args(Way)
    },
    # what a unit looks for
    "coherence_heard": mean_recipe(UNITS, COHERENCE_OF_THE_HEARD.of(TRAINED)),
    "coherence_trained": mean_recipe(UNITS, COHERENCE.of(TRAINED)),
    "digit_share_trained": Recipe(share, UNITS, {"series": DIGIT_SHARE.of(TRAINED)}),
    "digit_share_untrained": Recipe(share, UNITS, {"series": DIGIT_SHARE.of(UNTRAINED)}),
    "silent_units": mean_recipe(UNITS, SILENT.of(TRAINED), places=1),
    # filters from photographs
    "photo_components": Recipe(count, PHOTOGRAPH_FILTERS, {"field": "components"}),
    "photo_count": Recipe(photographs, PHOTOGRAPH_FILTERS),
    "photo_patches": Recipe(count, PHOTOGRAPH_FILTERS, {"field": "patches"}),
    "photo_blobs": _spread(BLOBS.of(PHOTOGRAPHS)),
    "photo_colour_edges": _spread(COLOUR_EDGES.of(PHOTOGRAPHS)),
    "photo_sparseness": mean_recipe(PHOTOGRAPH_FILTERS, SPARSENESS.of(PHOTOGRAPHS), places=0),
    "twin_blobs": _spread(BLOBS.of(TWIN)),
    "twin_sparseness": mean_recipe(PHOTOGRAPH_FILTERS, SPARSENESS.of(TWIN)),
    "single_coloured": _spread(COLOURED.of(ONE_PHOTOGRAPH)),
    "single_found_again": mean_recipe(PHOTOGRAPH_FILTERS, FOUND_AGAIN.of(ONE_PHOTOGRAPH)),
    "single_found_elsewhere": mean_recipe(PHOTOGRAPH_FILTERS, FOUND_ELSEWHERE.of(ONE_PHOTOGRAPH)),
}
