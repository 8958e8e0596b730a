"""Does a projection show what the network has learned, or only the digit?

The answer of a network to a digit is projected back to the pixels, by each of three methods. Then
its layers are given new random weights, from the last one down, and the projection is made again.
A picture that stays as it was can't tell what was learned (Adebayo et al. 2018). Pictures are
compared by the rank correlation of their absolute values. The networks are those of the default
start; nothing more is trained. The rules were fixed before anything was measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.feature_maps import shown
from cnnfilters.analysis.forward import Network, forward
from cnnfilters.digits import Digits
from cnnfilters.evidence import Chance
from cnnfilters.experiments.arms import COSINES, DEFAULT, steps
from cnnfilters.experiments.study import Quantity, Runs, Study, by_arm
from cnnfilters.run import Run

Images = Float[np.ndarray, "n height width"]
Method = Literal["gradient", "guided", "deconvnet"]
Depth = Literal["fc", "conv2", "conv1"]  # the last layer that is random, from the end
Picture = list[list[float]]

METHODS: tuple[Method, ...] = ("gradient", "guided", "deconvnet")
RANDOM: dict[Depth, tuple[str, ...]] = {
    "fc": ("fc",),
    "conv2": ("fc", "conv2"),
    "conv1": ("fc", "conv2", "conv1"),
}
EACH = 5  # held-out digits of each class
DRAWS = 3  # of random weights, averaged
SEED = 1_000  # of the first draw: no training has it
SEARCHED = 500  # held-out digits in which each unit's strongest place is looked for
SHOWN = 6  # units of conv2 whose projections are drawn
FIELD, JUMP = 14, 2  # px: what a unit of conv2 sees, and from one unit to the next
UNRELATED = Chance(0.0, "pictures that have nothing to do with each other")
LARGEST = 127  # pictures are kept as whole numbers from -127 to 127


class Pictures(TypedDict):
    """One digit in the first network, and its projections by method and stage.

    Attributes:
        digit: Its ink.
        answer: What the network reads.
        projections: As whole numbers from -127 to 127.
    """

    digit: Picture
    answer: int
    projections: dict[str, dict[str, list[list[int]]]]


class Units(TypedDict):
    """Each unit of conv2 of the first network at its strongest place.

    Attributes:
        agreement: By method: rank correlation with the gradient, of each unit.
        shown: The units that are drawn.
        responses: Theirs.
        pictures: By method, and `patch`: what each of them saw and how it is explained.
    """

    agreement: dict[Method, list[float]]
    shown: list[int]
    responses: list[float]
    pictures: dict[str, list[Picture]]


@dataclass(frozen=True, kw_only=True)
class RandomisedWeightsStudy(Study):
    """How alike projections are before and after, with pictures of the first network.

    Attributes:
        pictures: Of one digit.
        units: Of conv2.
        digits: How many were projected for each network.
    """

    pictures: Pictures
    units: Units
    digits: int


def likeness(method: Method, depth: Depth | Literal["anew"]) -> Quantity:
    """Rank correlation of a picture before and after.

    Args:
        method: How the picture was made.
        depth: The last layer that is random, from the end; `anew`: of another training.

    Example:
        >>> likeness("guided", "fc").name
        'guided fc'
    """
    return Quantity(f"{method} {depth}", within=COSINES, chance=UNRELATED)


def measure(runs: Runs, digits: Digits) -> RandomisedWeightsStudy:
    """How alike projections are before and after, with pictures of the first network."""
    networks = runs[DEFAULT]
    chosen = np.concatenate(
        [np.flatnonzero(digits.held_out_labels == digit)[:EACH] for digit in range(10)]
    )
    images = digits.held_out_images[chosen]
    before = [_answers_projected(run, images, seed=None)["trained"] for run in networks]
    numbers = [
        _when_random(run, images, mine) | _as_trained_anew(mine, next_one)
        for run, mine, next_one in zip(networks, before, [*before[1:], before[0]], strict=True)
    ]
    return RandomisedWeightsStudy(
        arms=by_arm({DEFAULT: numbers}),
        pictures=_pictures(networks[0], networks[1], shown(digits)[None]),
        units=_units(networks[0], digits.held_out_images[:SEARCHED]),
        digits=len(images),
        steps=steps(runs),
        held_out_words=digits.held_out_words,
    )


def _when_random(run: Run, images: Images, before: Mapping[str, Images]) -> dict[Quantity, float]:
    """The mean rank correlation of each method at each depth, over digits and draws."""
    from cnnfilters.analysis.randomisation import rank_similarity

    draws = [_answers_projected(run, images, seed=SEED + draw) for draw in range(DRAWS)]
    return {
        likeness(method, depth): float(
            np.mean(
                [rank_similarity(before[method], after[depth][method]).mean() for after in draws]
            )
        )
        for method in METHODS
        for depth in RANDOM
    }


def _as_trained_anew(one: Mapping[str, Images], two: Mapping[str, Images]) -> dict[Quantity, float]:
    """The same between two trained networks: what to hold the numbers of random ones against."""
    from cnnfilters.analysis.randomisation import rank_similarity

    return {
        likeness(method, "anew"): float(rank_similarity(one[method], two[method]).mean())
        for method in METHODS
    }


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


def _pictures(run: Run, other: Run, image: Images) -> Pictures:
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


def _units(run: Run, images: Images) -> Units:
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
