"""Does a network build its answer up with depth, and does a single unit ever know a digit?

LeNet-5 as it is read today, and the networks of the default start, each asked after every stage
how well the digits can be read off by weighted sums, before and after training, and beside as many
random sums of the pixels. The claims are in `hierarchy_claims`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cnnfilters.digits import Digits
from cnnfilters.experiments.arms import ACCURACY, ENDS, accuracy, steps
from cnnfilters.experiments.hierarchy_probes import (
    Features,
    Sample,
    at_equal_width,
    errors_removed,
    read_at_equal_width,
    read_random_sums,
    read_stages,
    removed,
    untrained,
)
from cnnfilters.experiments.hierarchy_units import BestUnits, best_of, unit_numbers
from cnnfilters.experiments.study import Arm, Numbers, Quantity, Runs, Study, by_arm
from cnnfilters.run import Run

LENET, SMALL = Arm("LeNet5", {"model": "LeNet5", **ENDS}), Arm("SmallCNN")
ARMS = (LENET, SMALL)
# what each read-out reaches, in %
PIXELS = Quantity("pixels", "%")
S2, S4, C5, F6 = (Quantity(stage, "%") for stage in ("S2", "S4", "C5", "F6"))
CONV1, CONV2 = Quantity("conv1", "%"), Quantity("conv2", "%")
LEAST_STEP = Quantity("least step", "points")  # from one stage to the next, trained
STAGES = {  # the layer that each stage reaches
    LENET: {S2: "conv2", S4: "conv3", C5: "hidden", F6: "fc"},
    SMALL: {CONV1: "conv2", CONV2: "fc"},
}
UNITS = {LENET: (C5, 120), SMALL: (CONV2, 32)}  # the last convolution, its channels


@dataclass(frozen=True, kw_only=True)
class HierarchyStudy(Study):
    """What can be read off every stage, and what single units know.

    Attributes:
        features: By arm and stage: how many numbers the read-out is given.
        best: By arm, in the first network.
        learned: How many digits read-outs learned from.
    """

    features: Mapping[str, Mapping[str, int]]
    best: Mapping[str, BestUnits]
    learned: int


def measure(runs: Runs, digits: Digits) -> HierarchyStudy:
    """Accuracy of read-outs after every stage and of their controls, and what single units know."""
    sample = Sample.of(digits)
    pixels = sample.images.map(lambda images: images.reshape(len(images), -1))
    of_pixels = sample.read(PIXELS, pixels)
    numbers = {
        arm: [of_pixels | _network(arm, run, sample, pixels) for run in every]
        for arm, every in runs.items()
    }
    for arm, networks in numbers.items():
        for network in networks:
            network.update(_differences(list(STAGES[arm]), network))
    first = {arm: _stages(arm, runs[arm][0], -1, sample) for arm in ARMS}
    return HierarchyStudy(
        arms=by_arm(numbers),
        features={arm.name: _named(_widths({PIXELS: pixels, **first[arm]})) for arm in ARMS},
        best={arm.name: _best(arm, runs[arm][0], -1, first[arm], sample) for arm in ARMS},
        learned=len(sample.labels),
        steps=steps(runs),
        held_out_words=digits.held_out_words,
    )


def _network(arm: Arm, run: Run, sample: Sample, pixels: Features) -> dict[Quantity, float]:
    """All that is measured of one network, and of random sums by its seed."""
    seed = run.config["seed"]
    stages = _stages(arm, run, -1, sample)
    found = _read_offs(arm, run, -1, stages, sample)
    before = _read_offs(arm, run, 0, _stages(arm, run, 0, sample), sample)
    found |= {untrained(quantity): value for quantity, value in before.items()}
    found |= read_at_equal_width(PIXELS, pixels, sample, seed)
    if arm == LENET:  # the other's 2,304 sums would take as long as all of these
        found |= read_random_sums(_widths(stages), pixels, sample, seed)
    return {ACCURACY: accuracy(run), **found}


def _read_offs(
    arm: Arm, run: Run, snapshot: int, stages: Mapping[Quantity, Features], sample: Sample
) -> dict[Quantity, float]:
    """What can be read off each stage, and off the best units, at one moment of the training."""
    found = read_stages(stages, sample, run.config["seed"])
    return found | unit_numbers(_best(arm, run, snapshot, stages, sample))


def _stages(arm: Arm, run: Run, snapshot: int, sample: Sample) -> dict[Quantity, Features]:
    """What each stage of a network makes of the digits."""
    from cnnfilters.analysis.stages import what_reaches  # torch, which figures lack
    from cnnfilters.trained import trained_network

    network, layers = trained_network(run, snapshot), STAGES[arm]
    parts = [what_reaches(network, list(layers.values()), images) for images in sample.images]
    return {stage: Features(*(part[layer] for part in parts)) for stage, layer in layers.items()}


def _best(
    arm: Arm, run: Run, snapshot: int, stages: Mapping[Quantity, Features], sample: Sample
) -> BestUnits:
    """Each digit's best unit of the last convolution, beside the output units."""
    last, channels = UNITS[arm]
    before_output = list(stages.values())[-1]
    weight, bias = (run.weights[f"fc.{kind}"][snapshot] for kind in ("weight", "bias"))
    logits = np.asarray(before_output.held_out @ weight.T + bias)
    return best_of(stages[last], channels, logits, sample)


def _widths(stages: Mapping[Quantity, Features]) -> dict[Quantity, int]:
    return {stage: features.learned.shape[1] for stage, features in stages.items()}


def _named(widths: Mapping[Quantity, int]) -> dict[str, int]:
    return {stage.name: width for stage, width in widths.items()}


def _differences(stages: Sequence[Quantity], numbers: Numbers) -> dict[Quantity, float]:
    """What follows from the accuracies of one network."""
    path = [numbers[stage] for stage in (PIXELS, *stages)]
    both = [*stages, *map(at_equal_width, stages)]
    return {
        LEAST_STEP: float(np.diff(path).min()),
        **{errors_removed(stage): removed(stage, numbers) for stage in both},
    }
