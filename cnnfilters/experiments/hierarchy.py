"""Does a network build its answer up with depth, and does a single unit ever know a digit?

LeNet-5 as it is read today, and the networks of the default start, each asked after every stage
how well the digits can be read off by weighted sums, before and after training. The rules of the
claims, in `hierarchy_claims`, were fixed before anything was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.linear_probe import probe_accuracy
from cnnfilters.analysis.selectivity import best_units, purity
from cnnfilters.digits import Digits
from cnnfilters.experiments.arms import ACCURACY, ENDS, accuracy, steps
from cnnfilters.experiments.study import Arm, Numbers, Quantity, Runs, Study, by_arm
from cnnfilters.run import Run

LENET, SMALL = Arm("LeNet5", {"model": "LeNet5", **ENDS}), Arm("SmallCNN")
ARMS = (LENET, SMALL)
# what each read-out reaches, in %
PIXELS = Quantity("pixels", "%")
S2, S4, C5, F6 = (Quantity(stage, "%") for stage in ("S2", "S4", "C5", "F6"))
CONV1, CONV2 = Quantity("conv1", "%"), Quantity("conv2", "%")
BEST_UNIT, OUTPUT_UNIT = Quantity("best unit", "%"), Quantity("output unit", "%")
DENSE_UNTRAINED = Quantity("dense untrained", "%")
LEAST_STEP, MORE_GAINED = Quantity("least step", "points"), Quantity("more gained", "points")
STAGES = {  # the layer that each stage reaches
    LENET: {S2: "conv2", S4: "conv3", C5: "hidden", F6: "fc"},
    SMALL: {CONV1: "conv2", CONV2: "fc"},
}
UNITS = {LENET: (C5, 120), SMALL: (CONV2, 32)}  # the last convolution, its channels
LEARNED, HELD_OUT = 4_000, 2_000  # digits at most: all of MNIST would take minutes
SHOWN = 12  # digits of each unit's strongest, spread over all that are counted


class BestUnits(TypedDict):
    """The best unit for each of ten digits, in one network.

    Attributes:
        units: Which channel of the last convolution.
        purity: Share of the digit among those that excite it most, in %.
        output: The same of the output unit.
        counted: How many digits that is.
        shown: For each digit some of the held-out ones, from the strongest answer downwards.
    """

    units: list[int]
    purity: list[float]
    output: list[float]
    counted: list[int]
    shown: list[list[int]]


@dataclass(frozen=True, kw_only=True)
class HierarchyStudy(Study):
    """What can be read off every stage, what and what single units know.

    Attributes:
        features: By arm and stage: how many numbers the read-out is given.
        best: By arm.
        learned: How many digits read-outs learned from.
    """

    features: Mapping[str, Mapping[str, int]]
    best: Mapping[str, BestUnits]
    learned: int


def untrained(quantity: Quantity) -> Quantity:
    """The same before the first step.

    Example:
        >>> untrained(F6).name
        'F6 untrained'
    """
    return quantity._replace(name=f"{quantity.name} untrained")


def measure(runs: Runs, digits: Digits) -> HierarchyStudy:
    """Accuracy of read-outs after every stage, what and what single units know."""
    some = _Some(digits)
    pixels = some.read_out(some.images, some.held_out_images)
    numbers = {
        arm: [{PIXELS: pixels, ACCURACY: accuracy(run)} | _network(arm, run, some) for run in every]
        for arm, every in runs.items()
    }
    for arm, networks in numbers.items():
        for mine in networks:
            mine.update(_differences(list(STAGES[arm]), mine))
    for mine, run in zip(numbers[LENET], runs[LENET], strict=True):
        mine[DENSE_UNTRAINED] = _dense(run, some)
    return HierarchyStudy(
        arms=by_arm(numbers),
        features={arm.name: _widths(arm, runs[arm][0], some) for arm in ARMS},
        best={arm.name: _shown(arm, runs[arm][0], some) for arm in ARMS},
        learned=len(some.images),
        steps=steps(runs),
        held_out_words=digits.held_out_words,
    )


class _Some:
    """The digits that read-outs learn from, and those that they are asked about."""

    def __init__(self, digits: Digits) -> None:
        self.images, self.labels = digits.train_images[:LEARNED], digits.train_labels[:LEARNED]
        self.held_out_images = digits.held_out_images[:HELD_OUT]
        self.held_out_labels = digits.held_out_labels[:HELD_OUT]

    def read_out(self, learned: np.ndarray, held_out: np.ndarray) -> float:
        """Accuracy in % of a linear read-out of these features."""
        flat = [each.reshape(len(each), -1) for each in (learned, held_out)]
        return 100 * probe_accuracy(flat[0], self.labels, flat[1], self.held_out_labels)


def _stages(
    arm: Arm, run: Run, images: np.ndarray, snapshot: int
) -> dict[Quantity, Float[np.ndarray, "n features"]]:
    """What each stage of a network makes of images."""
    from cnnfilters.analysis.stages import what_reaches  # torch, which figures lack
    from cnnfilters.trained import trained_network

    found = what_reaches(trained_network(run, snapshot), list(STAGES[arm].values()), images)
    return {stage: found[layer] for stage, layer in STAGES[arm].items()}


def _network(arm: Arm, run: Run, some: _Some) -> dict[Quantity, float]:
    """What can be read off each stage, and off the best units, before and after training."""
    before = _read_offs(arm, run, some, 0)
    return _read_offs(arm, run, some, -1) | {untrained(name): v for name, v in before.items()}


def _read_offs(arm: Arm, run: Run, some: _Some, snapshot: int) -> dict[Quantity, float]:
    learned = _stages(arm, run, some.images, snapshot)
    held_out = _stages(arm, run, some.held_out_images, snapshot)
    last, channels = UNITS[arm]
    best = best_units(_strongest(learned[last], channels), some.labels)
    units = _strongest(held_out[last], channels)[:, best]
    outputs = _logits(run, held_out, arm, snapshot)
    return {
        **{stage: some.read_out(learned[stage], held_out[stage]) for stage in STAGES[arm]},
        BEST_UNIT: float(np.mean(_pure(units, some))),
        OUTPUT_UNIT: float(np.mean(_pure(outputs, some))),
    }


def _strongest(
    features: Float[np.ndarray, "n features"], channels: int
) -> Float[np.ndarray, "n channels"]:
    """One number for each channel: its strongest response, wherever it is."""
    return np.asarray(features.reshape(len(features), channels, -1).max(axis=2))


def _pure(units: Float[np.ndarray, "n classes"], some: _Some) -> list[float]:
    """How pure each of ten units is for its own digit, in %."""
    return [100 * float(share) for share in np.diag(purity(units, some.held_out_labels))]


def _logits(
    run: Run, stages: Mapping[Quantity, np.ndarray], arm: Arm, snapshot: int = -1
) -> Float[np.ndarray, "n classes"]:
    features = stages[list(STAGES[arm])[-1]]
    weight, bias = (run.weights[f"fc.{kind}"][snapshot] for kind in ("weight", "bias"))
    return np.asarray(features @ weight.T + bias)


def _dense(run: Run, some: _Some) -> float:
    """A read-out of as many random features as S2 has, each of all pixels: width alone."""
    rng = np.random.default_rng(run.config["seed"])
    images = [each.reshape(len(each), -1) for each in (some.images, some.held_out_images)]
    pixels = images[0].shape[1]
    weights = rng.normal(0, pixels**-0.5, (pixels, 6 * 14 * 14)).astype(np.float32)
    mean, spread = images[0].mean(), images[0].std()
    learned, held_out = (np.maximum((each - mean) / spread @ weights, 0) for each in images)
    return some.read_out(learned, held_out)


def _widths(arm: Arm, run: Run, some: _Some) -> dict[str, int]:
    """How many numbers each read-out is given."""
    stages = _stages(arm, run, some.images[:1], -1)
    widths = {stage.name: features.shape[1] for stage, features in stages.items()}
    return {"pixels": some.images[0].size, **widths}


def _shown(arm: Arm, run: Run, some: _Some) -> BestUnits:
    """Each digit's best unit in one network, and held-out digits from its strongest downwards."""
    last, channels = UNITS[arm]
    learned = _strongest(_stages(arm, run, some.images, -1)[last], channels)
    held_out = _stages(arm, run, some.held_out_images, -1)
    best = best_units(learned, some.labels)
    units = _strongest(held_out[last], channels)[:, best]
    counts = np.bincount(some.held_out_labels, minlength=len(best))
    order = np.argsort(-units, axis=0, kind="stable")
    ranks = [np.linspace(0, count - 1, SHOWN).round().astype(int) for count in counts]
    return {
        "units": best.tolist(),
        "purity": _pure(units, some),
        "output": _pure(_logits(run, held_out, arm), some),
        "counted": counts.tolist(),
        "shown": [order[rank, digit].tolist() for digit, rank in enumerate(ranks)],
    }


def _differences(stages: Sequence[Quantity], numbers: Numbers) -> dict[Quantity, float]:
    """What follows from the accuracies of one network."""
    path = [numbers[stage] for stage in (PIXELS, *stages)]
    gains = [numbers[stage] - numbers[untrained(stage)] for stage in stages]
    return {LEAST_STEP: float(np.diff(path).min()), MORE_GAINED: gains[-1] - gains[0]}
