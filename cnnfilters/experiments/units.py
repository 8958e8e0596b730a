"""What do the units of the second layer look for, and how much of it was there untrained?

The networks are those of the default start, each beside itself before its first step; nothing more
is trained. A unit is a channel of conv2 at the place where it answers most. The rules were fixed
before these networks were measured; a pilot with other recipes suggested them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnfilters.analysis.forward import Network
from cnnfilters.analysis.receptive_patches import (
    Strongest,
    anywhere,
    coherence,
    commonest_share,
    cut,
    elsewhere,
    responses,
    strongest,
)
from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Claim, Interval, Rule
from cnnfilters.experiments.arms import Study, arm_configs, by_arm, claim, differences
from cnnfilters.experiments.experiment import Size
from cnnfilters.results import Recipe
from cnnfilters.run import Run

ARMS: dict[str, dict[str, Any]] = {"default": {}}
SNAPSHOTS = {"trained": -1, "untrained": 0}
SHOWN = 9  # patches whose likeness is measured, as many as a figure shows
COUNTED = 50  # patches whose digits are counted
DETECTOR = 0.75  # the share of one digit from which a unit would be its detector
MOST = 1_000  # held-out digits
PAGE = "learning/15-what-a-unit-looks-for/"


def configs(source: Source, size: Size) -> dict[str, TrainConfig]:
    """The default start with each seed.

    Example:
        >>> list(configs("sample", Size(seeds=1, steps=10)))
        ['default 0']
    """
    return arm_configs(ARMS, source, size)


def measure(runs: Mapping[str, Run], digits: Digits) -> dict[str, Any]:
    """How alike the strongest patches of a unit are, and how many show its commonest digit."""
    numbers: dict[str, dict[str, float]] = {}
    for seed, run in enumerate(runs.values()):
        for arm, snapshot in SNAPSHOTS.items():
            network = Network.of(run, snapshot)
            found = strongest(network, digits.held_out_images[:MOST], top=_most(digits))
            numbers[f"{arm} {seed}"] = {
                **_coherence(network, digits, found),
                **_digit_shares(digits.held_out_labels[found.image]),
            }
            if arm == "trained":
                numbers |= _controls(network, digits, found, seed)
    return {"arms": by_arm(numbers), "held_out_words": digits.held_out_words}


def _most(digits: Digits) -> int:
    return min(COUNTED, len(digits.held_out_images))


def _coherence(network: Network, digits: Digits, found: Strongest) -> dict[str, float]:
    """Of all units, as the rules say; how many of them are silent, and without those."""
    shown = Strongest(*(part[:, :SHOWN] for part in found))
    alike = coherence(cut(network, digits.held_out_images, shown))
    heard = found.response[:, 0] > 0  # by the next layer: ReLU lets nothing through of the others
    return {
        "coherence": float(alike.mean()),
        "silent": int((~heard).sum()),
        "coherence of the heard": float(alike[heard].mean()) if heard.any() else 0.0,
    }


def _digit_shares(labels: np.ndarray) -> dict[str, float]:
    share = commonest_share(labels)
    return {"digit share": float(share.mean()), "detectors": int((share >= DETECTOR).sum())}


def _controls(
    network: Network, digits: Digits, found: Strongest, seed: int
) -> dict[str, dict[str, float]]:
    """Patches that no unit chose: from the same places of other digits, and from anywhere."""
    images = digits.held_out_images[:MOST]
    side = responses(network, images[:1], "conv2").shape[-1]
    same = elsewhere(found, images=len(images), seed=seed)
    random = anywhere(found, images=len(images), side=side, seed=seed)
    return {
        f"same places {seed}": {"coherence": _coherence(network, digits, same)["coherence"]},
        f"random {seed}": {"coherence": _coherence(network, digits, random)["coherence"]},
    }


def before_training(study: Study, *, sentence: str) -> Claim:
    """How much of the coherence beyond random patches' an untrained network has already.

    Example:
        >>> study = {"arms": {
        ...     "trained": {"coherence": [0.9, 0.9]}, "untrained": {"coherence": [0.5, 0.5]},
        ...     "random": {"coherence": [0.1, 0.1]},
        ... }}
        >>> before_training(study, sentence="Half of it was there before.").interval.mean
        0.5
    """
    untrained = differences(study, "untrained: coherence", "random: coherence")
    trained = differences(study, "trained: coherence", "random: coherence")
    parts = [one / other for one, other in zip(untrained, trained, strict=True)]
    quantity = "coherence beyond that of random patches, untrained over trained"
    return Claim(sentence, quantity, "", Interval.of(parts), Rule(above=0.5), PAGE)


def _recipe(**options: Any) -> Recipe:
    return Recipe(claim, ("study:units",), {**options, "page": PAGE})


CLAIMS: dict[str, Recipe] = {
    "training-makes-units-coherent": _recipe(
        sentence="The strongest patches of a unit are more alike after training than before.",
        quantity="coherence of the nine strongest patches, mean of the units, trained less "
        "untrained",
        of="trained: coherence",
        less="untrained: coherence",
        rule=Rule(above=0),
    ),
    "untrained-units-are-coherent": _recipe(
        sentence="An untrained unit, too, chooses patches that are far more alike than random "
        "ones.",
        quantity="coherence of the nine strongest patches, untrained, less that of random patches",
        of="untrained: coherence",
        less="random: coherence",
        rule=Rule(above=0.1),
    ),
    "half-of-coherence-is-untrained": Recipe(
        before_training,
        ("study:units",),
        {"sentence": "More than half of a unit's coherence is there before any training."},
    ),
    "units-choose-more-than-a-place": _recipe(
        sentence="A trained unit's patches are more alike than patches from the same places of "
        "other digits.",
        quantity="coherence of the nine strongest patches less that of patches from their places",
        of="trained: coherence",
        less="same places: coherence",
        rule=Rule(above=0.1),
    ),
    "units-answer-to-several-digits": _recipe(
        sentence="Of a unit's 50 strongest patches, fewer than half show its commonest digit.",
        quantity="share of the commonest digit, mean of the units",
        of="trained: digit share",
        rule=Rule(below=0.5),
    ),
    "few-units-detect-a-digit": _recipe(
        sentence="Few units detect a digit: few have one that three quarters of their strongest "
        "patches show.",
        quantity="units of 32 whose commonest digit has three quarters of the 50 strongest patches",
        of="trained: detectors",
        rule=Rule(below=4),
    ),
    "training-favours-a-digit": _recipe(
        sentence="Training makes a unit's strongest patches come from fewer digits.",
        quantity="share of the commonest digit, mean of the units, trained less untrained",
        of="trained: digit share",
        less="untrained: digit share",
        rule=Rule(above=0),
    ),
}
