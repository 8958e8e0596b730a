"""The measured numbers that sentences use; a page asks for one as `fact.NAME` in double braces."""

from __future__ import annotations

from collections.abc import Mapping

from cnnfilters.facts import (
    arithmetic,
    feature_maps,
    flattening,
    hierarchy,
    kernels,
    learning,
    origin,
    patches,
    photo_filters,
    projection,
)
from cnnfilters.results import Recipe
from cnnfilters.words import percent

__all__ = ["FACTS", "percent"]

SUFFIXES = {"": "run:default", "_source": "run:source", "_small_start": "run:small-start"}


def _of_each_run(recipes: Mapping[str, Recipe]) -> dict[str, Recipe]:
    """The same fact of the three headline networks: `cosine`, `cosine_source`, and so on."""
    return {
        f"{name}{suffix}": Recipe(recipe.make, (run, *recipe.inputs), recipe.options)
        for name, recipe in recipes.items()
        for suffix, run in SUFFIXES.items()
    }


def _of_the_start(recipes: Mapping[str, Recipe]) -> dict[str, Recipe]:
    """The same fact of the untrained start, whose kernels are alike up to scale in all three."""
    return {
        f"{name}_start": Recipe(
            recipe.make, ("run:default", *recipe.inputs), {**recipe.options, "snapshot": 0}
        )
        for name, recipe in recipes.items()
    }


LOOKS = {
    "blobs": Recipe(kernels.named, options={"family": "blob"}),
    "edges": Recipe(kernels.named, options={"family": "edge"}),
    "lines": Recipe(kernels.named, options={"family": "line"}),
    "smooth": Recipe(kernels.smooth),
    "unnamed": Recipe(kernels.named, options={"family": "none"}),
}
ANSWER = {
    "probability": Recipe(learning.probability, ("digits",)),
    "surprise": Recipe(learning.surprise, ("digits",)),
}
PROGRESS = {
    "accuracy": Recipe(learning.accuracy),
    "cosine": Recipe(learning.cosine),
    "parameters": Recipe(origin.parameters),
    "recipe": Recipe(origin.recipe),
}
DEFAULT = ("run:default",)
FLATTENING = ("study:flattening",)
UNITS = ("study:units",)
RANDOMISED, CLASS_IMAGES = ("study:randomised_weights",), ("study:class_images",)
PHOTOGRAPHS = ("study:photograph_filters",)
HIERARCHY = ("study:hierarchy",)
SMALL_START = ("run:small-start",)
READ_OFF = {
    "best_unit_small": "SmallCNN: best unit",
    "lenet_accuracy": "LeNet5: accuracy",
    "probe_dense": "LeNet5: dense untrained",
    "probe_f6": "LeNet5: F6",
    "probe_pixels": "LeNet5: pixels",
    "probe_s2": "LeNet5: S2",
    "probe_s2_untrained": "LeNet5: S2 untrained",
}

FACTS: dict[str, Recipe] = {
    **_of_each_run({**PROGRESS, **LOOKS}),
    **_of_the_start({**ANSWER, **LOOKS}),
    # how training goes
    "early_accuracy": Recipe(learning.early_accuracy, DEFAULT),
    "early_cosine": Recipe(learning.early_cosine, DEFAULT),
    "early_step": Recipe(learning.early_step, DEFAULT),
    "probability": Recipe(learning.probability, (*DEFAULT, "digits")),
    "start_energy_source": Recipe(learning.start_energy, ("run:source",)),
    "steps": Recipe(learning.steps, DEFAULT),
    # edges come early
    "edge_last": Recipe(kernels.edge_last, SMALL_START),
    "edge_peak": Recipe(kernels.edge_peak, SMALL_START),
    "edge_peak_step": Recipe(kernels.edge_peak_step, SMALL_START),
    # what a perceptron throws away
    "cnn_in_order": Recipe(flattening.accuracy, FLATTENING, {"name": "cnn"}),
    "cnn_lost_1": Recipe(flattening.lost, FLATTENING, {"name": "cnn", "pixels": 1}),
    "cnn_lost_2": Recipe(flattening.lost, FLATTENING, {"name": "cnn", "pixels": 2}),
    "cnn_moved_4": Recipe(flattening.moved, FLATTENING, {"name": "cnn", "pixels": 4}),
    "cnn_shuffled": Recipe(flattening.accuracy, FLATTENING, {"name": "cnn", "pixels": "permuted"}),
    "flattening_ink_lost": Recipe(flattening.ink_lost, FLATTENING),
    "flattening_networks": Recipe(flattening.networks, FLATTENING),
    "flattening_steps": Recipe(flattening.steps, FLATTENING),
    "perceptron_in_order": Recipe(flattening.accuracy, FLATTENING, {"name": "perceptron"}),
    "perceptron_lost_2": Recipe(flattening.lost, FLATTENING, {"name": "perceptron", "pixels": 2}),
    "perceptron_shuffled": Recipe(
        flattening.accuracy, FLATTENING, {"name": "perceptron", "pixels": "permuted"}
    ),
    # convolution arithmetic, checked
    **{
        f"cases_{number}": Recipe(arithmetic.cases, options={"number": number})
        for number in range(1, 16)
    },
    "cases_dilated_transposed": Recipe(arithmetic.cases, options={"number": None}),
    "cases_all": Recipe(arithmetic.all_cases),
    # what chance does
    "limit_blob": Recipe(kernels.limit, options={"family": "blob"}),
    "limit_edge": Recipe(kernels.limit, options={"family": "edge"}),
    "limit_line": Recipe(kernels.limit, options={"family": "line"}),
    "study_networks": Recipe(kernels.study_networks, ("study:initialisation",)),
    "study_steps": Recipe(kernels.study_steps, ("study:initialisation",)),
    "reference_edge": Recipe(kernels.reference_edge, ("study:labels_and_pixels",)),
    # one digit through the first layer
    "frame": Recipe(feature_maps.frame, ("run:source", "digits")),
    "little_needed": Recipe(feature_maps.little_needed, ("run:small-start", "digits")),
    "most_needed": Recipe(feature_maps.most_needed, ("run:small-start", "digits")),
    "negative_responses": Recipe(feature_maps.negative_responses, ("run:small-start", "digits")),
    # back from a unit to the pixels
    "kept_gradient_anew": Recipe(
        projection.kept, RANDOMISED, {"method": "gradient", "stage": "anew"}
    ),
    "kept_gradient_conv1": Recipe(
        projection.kept, RANDOMISED, {"method": "gradient", "stage": "conv1"}
    ),
    "kept_guided_anew": Recipe(projection.kept, RANDOMISED, {"method": "guided", "stage": "anew"}),
    "kept_guided_fc": Recipe(projection.kept, RANDOMISED, {"method": "guided", "stage": "fc"}),
    "ink_plain": Recipe(projection.ink, CLASS_IMAGES, {"way": "plain"}),
    "ink_sparing": Recipe(projection.ink, CLASS_IMAGES, {"way": "sparing"}),
    "like_gradient_deconvnet": Recipe(projection.agreement, RANDOMISED, {"method": "deconvnet"}),
    "like_gradient_guided": Recipe(projection.agreement, RANDOMISED, {"method": "guided"}),
    "projected_digits": Recipe(projection.projected, RANDOMISED),
    # what a unit looks for
    "coherence_heard": Recipe(
        patches.coherence, UNITS, {"arm": "trained", "of": "coherence of the heard"}
    ),
    "coherence_trained": Recipe(patches.coherence, UNITS, {"arm": "trained"}),
    "digit_share_trained": Recipe(patches.digit_share, UNITS, {"arm": "trained"}),
    "digit_share_untrained": Recipe(patches.digit_share, UNITS, {"arm": "untrained"}),
    "silent_units": Recipe(patches.silent, UNITS),
    # filters from photographs
    "photo_components": Recipe(photo_filters.number_of, PHOTOGRAPHS, {"part": "components"}),
    "photo_count": Recipe(photo_filters.number_of, PHOTOGRAPHS, {"part": "photographs"}),
    "photo_patches": Recipe(photo_filters.number_of, PHOTOGRAPHS, {"part": "patches"}),
    "photo_blobs": Recipe(
        photo_filters.range_of, PHOTOGRAPHS, {"arm": "photographs", "quantity": "blobs"}
    ),
    "photo_colour_edges": Recipe(
        photo_filters.range_of, PHOTOGRAPHS, {"arm": "photographs", "quantity": "colour edges"}
    ),
    "photo_sparseness": Recipe(
        photo_filters.mean_of, PHOTOGRAPHS, {"arm": "photographs", "quantity": "sparseness"}
    ),
    "twin_blobs": Recipe(
        photo_filters.range_of, PHOTOGRAPHS, {"arm": "Gaussian twin", "quantity": "blobs"}
    ),
    "twin_sparseness": Recipe(
        photo_filters.mean_of,
        PHOTOGRAPHS,
        {"arm": "Gaussian twin", "quantity": "sparseness", "digits": 2},
    ),
    "single_coloured": Recipe(
        photo_filters.range_of, PHOTOGRAPHS, {"arm": "one photograph", "quantity": "coloured"}
    ),
    "single_found_again": Recipe(
        photo_filters.mean_of,
        PHOTOGRAPHS,
        {"arm": "one photograph", "quantity": "found again", "digits": 2},
    ),
    "single_found_elsewhere": Recipe(
        photo_filters.mean_of,
        PHOTOGRAPHS,
        {"arm": "one photograph", "quantity": "found elsewhere", "digits": 2},
    ),
    # what can be read off stages and units
    **{name: Recipe(hierarchy.mean, HIERARCHY, {"of": of}) for name, of in READ_OFF.items()},
    "probe_learned": Recipe(hierarchy.count, HIERARCHY, {"of": "learned"}),
    # where the numbers come from
    "accuracy_data": Recipe(origin.data, DEFAULT, {"part": "held_out_words"}),
    "checksum": Recipe(origin.data, DEFAULT, {"part": "checksum"}),
    "data_source": Recipe(origin.source, DEFAULT),
    "device": Recipe(origin.machine, DEFAULT, {"part": "device"}),
    "threads": Recipe(origin.machine, DEFAULT, {"part": "threads"}),
    "train_data": Recipe(origin.data, DEFAULT, {"part": "train_words"}),
    "matplotlib_version": Recipe(origin.library, options={"name": "matplotlib"}),
    "numpy_version": Recipe(origin.machine, DEFAULT, {"part": "numpy"}),
    "python_version": Recipe(origin.machine, DEFAULT, {"part": "python"}),
    "torch_version": Recipe(origin.machine, DEFAULT, {"part": "torch"}),
}
"""Every fact, by the name that a sentence asks for: how it is made, and from what."""
