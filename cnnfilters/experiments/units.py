"""What do the units of the second layer look for, and how much of it was there untrained?

The networks are those of the default start, each beside itself before its first step; nothing more
is trained. A unit is a channel of conv2 at the place where it answers most. The rules were fixed
before these networks were measured; a pilot with other recipes suggested them.
"""

from __future__ import annotations

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
from cnnfilters.digits import Digits
from cnnfilters.evidence import Claim, Interval, Rule
from cnnfilters.experiments.arms import DEFAULT, claim, steps
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.study import Arm, Numbers, Quantity, Runs, Study, by_arm

TRAINED, UNTRAINED = Arm("trained"), Arm("untrained")
SAME_PLACES, RANDOM = Arm("same places"), Arm("random")
COHERENCE, COHERENCE_OF_THE_HEARD = Quantity("coherence"), Quantity("coherence of the heard")
SILENT, DETECTORS = (Quantity(name, within=(0, 32), things=32) for name in ("silent", "detectors"))
DIGIT_SHARE = Quantity("digit share", within=(0, 1))
SHOWN = 9  # patches whose likeness is measured, as many as a figure shows
COUNTED = 50  # patches whose digits are counted
DETECTOR = 0.75  # the share of one digit from which a unit would be its detector
MOST = 1_000  # held-out digits


def measure(runs: Runs, digits: Digits) -> Study:
    """How alike the strongest patches of a unit are, and how many show its commonest digit."""
    numbers: dict[Arm, list[Numbers]] = {}
    for seed, run in enumerate(runs[DEFAULT]):
        for arm, snapshot in ((TRAINED, -1), (UNTRAINED, 0)):
            network = Network.of(run, snapshot)
            found = strongest(network, digits.held_out_images[:MOST], top=_most(digits))
            alike = _coherence(network, digits, found)
            shares = _digit_shares(digits.held_out_labels[found.image])
            numbers.setdefault(arm, []).append(alike | shares)
            if arm is TRAINED:
                for control, chosen in _controls(network, digits, found, seed).items():
                    alone = {COHERENCE: _coherence(network, digits, chosen)[COHERENCE]}
                    numbers.setdefault(control, []).append(alone)
    return Study(arms=by_arm(numbers), steps=steps(runs), held_out_words=digits.held_out_words)


def _most(digits: Digits) -> int:
    return min(COUNTED, len(digits.held_out_images))


def _coherence(network: Network, digits: Digits, found: Strongest) -> dict[Quantity, float]:
    """Of all units, as the rules say; how many of them are silent, and without those."""
    shown = Strongest(*(part[:, :SHOWN] for part in found))
    alike = coherence(cut(network, digits.held_out_images, shown))
    heard = found.response[:, 0] > 0  # by the next layer: ReLU lets nothing through of the others
    return {
        COHERENCE: float(alike.mean()),
        SILENT: int((~heard).sum()),
        COHERENCE_OF_THE_HEARD: float(alike[heard].mean()) if heard.any() else 0.0,
    }


def _digit_shares(labels: np.ndarray) -> dict[Quantity, float]:
    share = commonest_share(labels)
    return {DIGIT_SHARE: float(share.mean()), DETECTORS: int((share >= DETECTOR).sum())}


def _controls(
    network: Network, digits: Digits, found: Strongest, seed: int
) -> dict[Arm, Strongest]:
    """Patches that no unit chose: from the same places of other digits, and from anywhere."""
    images = digits.held_out_images[:MOST]
    side = responses(network, images[:1], "conv2").shape[-1]
    return {
        SAME_PLACES: elsewhere(found, images=len(images), seed=seed),
        RANDOM: anywhere(found, images=len(images), side=side, seed=seed),
    }


def before_training(study: Study) -> Claim:
    """How much of the coherence beyond random patches' an untrained network has already.

    Example:
        >>> values = {"trained": [0.9, 0.9], "untrained": [0.5, 0.5], "random": [0.1, 0.1]}
        >>> arms = {arm: {"coherence": every} for arm, every in values.items()}
        >>> study = Study(arms=arms, steps=190, held_out_words="1,000 digits")
        >>> before_training(study).interval.mean
        0.5
    """
    untrained, trained = (
        study.differences(COHERENCE.of(arm), COHERENCE.of(RANDOM)) for arm in (UNTRAINED, TRAINED)
    )
    return Claim(
        "More than half of the units' mean coherence beyond random patches' is there before any "
        "training.",
        "mean coherence beyond that of random patches, untrained over trained",
        "",
        Interval.of([one / other for one, other in zip(untrained, trained, strict=True)]),
        Rule(above=0.5),
    )


CLAIMS = {
    "training-makes-units-coherent": claim(
        COHERENCE.of(TRAINED),
        COHERENCE.of(UNTRAINED),
        sentence="On average over the units of the second layer, a unit's nine strongest patches "
        "are more alike after training than before.",
        quantity="coherence of the nine strongest patches, mean of the units, trained "
        "minus untrained",
        rule=Rule(above=0),
    ),
    "untrained-units-are-coherent": claim(
        COHERENCE.of(UNTRAINED),
        COHERENCE.of(RANDOM),
        sentence="On average, an untrained unit chooses patches that are far more alike than "
        "random ones.",
        quantity="coherence of the nine strongest patches, mean of the units, untrained, minus "
        "that of random patches",
        rule=Rule(above=0.1),
    ),
    "half-of-coherence-is-untrained": before_training,
    "units-choose-more-than-a-place": claim(
        COHERENCE.of(TRAINED),
        COHERENCE.of(SAME_PLACES),
        sentence="On average, a trained unit's strongest patches are more alike than patches from "
        "the same places of other digits.",
        quantity="coherence of the nine strongest patches, mean of the units, minus that of "
        "patches from their places",
        rule=Rule(above=0.1),
    ),
    "units-answer-to-several-digits": claim(
        DIGIT_SHARE.of(TRAINED),
        sentence="On average over the units, fewer than half of a unit's 50 strongest patches show "
        "that unit's commonest digit.",
        quantity="share of the commonest digit, mean of the units",
        rule=Rule(below=0.5),
    ),
    "few-units-detect-a-digit": claim(
        DETECTORS.of(TRAINED),
        sentence="Fewer than four of 32 units detect a digit, as one that three quarters of a "
        "unit's 50 strongest patches show.",
        quantity="units of 32 whose commonest digit has three quarters of the 50 strongest patches",
        rule=Rule(below=4),
    ),
    "training-favours-a-digit": claim(
        DIGIT_SHARE.of(TRAINED),
        DIGIT_SHARE.of(UNTRAINED),
        sentence="On average over the units, training raises the share of a unit's strongest "
        "patches that show that unit's commonest digit.",
        quantity="share of the commonest digit, mean of the units, trained minus untrained",
        rule=Rule(above=0),
    ),
}

EXPERIMENT = Experiment((DEFAULT,), Study, measure, CLAIMS)
