"""Does a projection show what the network has learned, or only the digit?

The answer of a network to a digit is projected back to the pixels, by each of three methods. Then
its layers are given new random weights, from the last one down, and the projection is made again.
A picture that stays as it was can't tell what was learned (Adebayo et al. 2018). Pictures are
compared by the rank correlation of their absolute values. The networks are those of the default
start; nothing more is trained. The rules were fixed before anything was measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.forward import Network, forward
from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Rule
from cnnfilters.experiments.arms import arm_configs, by_arm, claim
from cnnfilters.experiments.experiment import Size
from cnnfilters.results import Recipe
from cnnfilters.run import Run

Images = Float[np.ndarray, "n height width"]

ARMS: dict[str, dict[str, Any]] = {"default": {}}
METHODS: tuple[Literal["gradient", "guided", "deconvnet"], ...] = (
    "gradient",
    "guided",
    "deconvnet",
)
RANDOM = {"fc": ("fc",), "conv2": ("fc", "conv2"), "conv1": ("fc", "conv2", "conv1")}  # down to
EACH = 5  # held-out digits of each class
DRAWS = 3  # of random weights, averaged
SEED = 1_000  # of the first draw: no training has it
SEVEN = 7
SEARCHED = 500  # held-out digits in which each unit's strongest place is looked for
SHOWN = 6  # units of conv2 whose projections are drawn
FIELD, JUMP = 14, 2  # px: what a unit of conv2 sees, and from one unit to the next
LARGEST = 127  # pictures are kept as whole numbers from -127 to 127
PAGE = "learning/15-what-a-unit-looks-for/"


def configs(source: Source, size: Size) -> dict[str, TrainConfig]:
    """The default start with each seed.

    Example:
        >>> list(configs("sample", Size(seeds=1, steps=10)))
        ['default 0']
    """
    return arm_configs(ARMS, source, size)


def measure(runs: Mapping[str, Run], digits: Digits) -> dict[str, Any]:
    """How alike projections are before and after, with pictures of the first network."""
    first = next(iter(runs.values()))
    chosen = np.concatenate(
        [np.flatnonzero(digits.held_out_labels == digit)[:EACH] for digit in range(10)]
    )
    seven = digits.held_out_images[digits.held_out_labels == SEVEN][:1]
    images = digits.held_out_images[chosen]
    before = [_answers_projected(run, images, seed=None)["trained"] for run in runs.values()]
    numbers = {
        name: _when_random(run, images, mine) | _as_trained_anew(mine, next_one)
        for (name, run), mine, next_one in zip(
            runs.items(), before, [*before[1:], before[0]], strict=True
        )
    }
    return {
        "arms": by_arm(numbers),
        "pictures": _pictures(first, list(runs.values())[1], seven),
        "units": _units(first, digits.held_out_images[:SEARCHED]),
        "digits": len(images),
        "steps": int(first.steps[-1]),
        "held_out_words": digits.held_out_words,
    }


def _when_random(run: Run, images: Images, before: Mapping[str, Images]) -> dict[str, float]:
    """The mean rank correlation of each method at each depth, over digits and draws."""
    from cnnfilters.analysis.randomisation import rank_similarity

    found: dict[str, list[float]] = {}
    for draw in range(DRAWS):
        for depth, after in _answers_projected(run, images, seed=SEED + draw).items():
            for method in METHODS:
                alike = rank_similarity(before[method], after[method]).mean()
                found.setdefault(f"{method} {depth}", []).append(float(alike))
    return {name: float(np.mean(values)) for name, values in found.items()}


def _as_trained_anew(one: Mapping[str, Images], two: Mapping[str, Images]) -> dict[str, float]:
    """The same between two trained networks: what to hold the numbers of random ones against."""
    from cnnfilters.analysis.randomisation import rank_similarity

    return {f"{m} anew": float(rank_similarity(one[m], two[m]).mean()) for m in METHODS}


def _answers_projected(
    run: Run, images: Images, *, seed: int | None
) -> dict[str, dict[str, Images]]:
    """The network's answers as pictures, by depth and method; without a seed, as it was trained."""
    from cnnfilters.analysis.projection import project
    from cnnfilters.analysis.randomisation import with_random_layers
    from cnnfilters.trained import trained_network

    model = trained_network(run)
    answers = forward(Network.of(run), images).logits.argmax(axis=1)  # whatever random ones say
    networks = (
        {"trained": model}
        if seed is None
        else {
            depth: with_random_layers(model, layers, seed=seed) for depth, layers in RANDOM.items()
        }
    )
    return {
        depth: {method: project(method, network, "fc", images, answers) for method in METHODS}
        for depth, network in networks.items()
    }


def _pictures(run: Run, other: Run, image: Images) -> dict[str, Any]:
    """One digit, and its projections before and after, each scaled by its own largest value."""
    stages = _answers_projected(run, image, seed=None) | _answers_projected(run, image, seed=SEED)
    stages["anew"] = _answers_projected(other, image, seed=None)["trained"]
    return {
        "digit": image[0].round(3).tolist(),
        "answer": int(forward(Network.of(run), image).logits.argmax()),
        "projections": {
            method: {stage: _whole(found[method][0]) for stage, found in stages.items()}
            for method in METHODS
        },
    }


def _units(run: Run, images: Images) -> dict[str, Any]:
    """Each unit of conv2 at its strongest place: how alike the methods are, and some pictures."""
    from cnnfilters.analysis.projection import project
    from cnnfilters.analysis.randomisation import rank_similarity
    from cnnfilters.trained import trained_network

    maps = forward(Network.of(run), images).conv2
    strongest = maps.max(axis=(2, 3))  # (images, units)
    units, best = np.arange(strongest.shape[1]), strongest.argmax(axis=0)
    responses = strongest[best, units]
    places = [
        np.unravel_index(maps[i, u].argmax(), maps.shape[2:])
        for i, u in zip(best, units, strict=True)
    ]
    model, found = trained_network(run), {"patch": images[best]}
    for method in METHODS:
        found[method] = project(method, model, "conv2", images[best], units, place=np.array(places))
    pictures = {
        name: np.stack([_field(each, *place) for each, place in zip(every, places, strict=True)])
        for name, every in found.items()
    }
    shown = np.argsort(-responses)[:SHOWN]
    agreement = {
        method: rank_similarity(pictures["gradient"], pictures[method]).round(4).tolist()
        for method in METHODS[1:]
    }
    return {
        "agreement": agreement,
        "shown": shown.tolist(),
        "responses": responses[shown].round(4).tolist(),
        "pictures": {name: every[shown].round(4).tolist() for name, every in pictures.items()},
    }


def _field(picture: np.ndarray, row: Any, column: Any) -> np.ndarray:
    """The part that a unit of conv2 at this place sees; its places are 2 px apart."""
    top, left = JUMP * int(row), JUMP * int(column)
    return picture[top : top + FIELD, left : left + FIELD]


def _whole(picture: np.ndarray) -> Any:
    """Scaled to its largest value and rounded, so that a study stays small."""
    largest = np.abs(picture).max() or 1
    return np.rint(LARGEST * picture / largest).astype(int).tolist()


def _recipe(**options: Any) -> Recipe:
    return Recipe(claim, ("study:randomised_weights",), {**options, "page": PAGE})


CLAIMS: dict[str, Recipe] = {
    "guided-changes-less": _recipe(
        sentence="When the last layer is random, guided backpropagation changes less than the "
        "gradient.",
        quantity="rank correlation before and after, guided backpropagation less the gradient",
        of="default: guided fc",
        less="default: gradient fc",
        rule=Rule(above=0),
    ),
    "deconvnet-changes-less": _recipe(
        sentence="When the last layer is random, the deconvnet changes less than the gradient.",
        quantity="rank correlation before and after, deconvnet less the gradient",
        of="default: deconvnet fc",
        less="default: gradient fc",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "guided-outlives-what-is-above": _recipe(
        sentence="Guided backpropagation keeps more than half of its order of pixels when all "
        "weights above the first layer are random.",
        quantity="rank correlation of the guided picture before and after",
        of="default: guided conv2",
        rule=Rule(above=0.5),
    ),
    "gradient-needs-the-weights": _recipe(
        sentence="The gradient keeps less than half of its order of pixels when all weights are "
        "random.",
        quantity="rank correlation of the gradient before and after",
        of="default: gradient conv1",
        rule=Rule(below=0.5),
        expected="undecided",
    ),
    "guided-needs-them-less": _recipe(
        sentence="Even when all weights are random, guided backpropagation changes less than the "
        "gradient.",
        quantity="rank correlation before and after, guided backpropagation less the gradient",
        of="default: guided conv1",
        less="default: gradient conv1",
        rule=Rule(above=0),
    ),
}
