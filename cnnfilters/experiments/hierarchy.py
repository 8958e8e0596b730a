"""Does a network build its answer up with depth, and does a single unit ever know a digit?

LeNet-5 as it is read today, and the networks of the default start, each asked after every stage
how well the digits can be read off by weighted sums, before and after training. The rules of the
claims, in `hierarchy_claims`, were fixed before anything was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.linear_probe import probe_accuracy
from cnnfilters.analysis.selectivity import best_units, purity
from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.experiments.arms import ENDS, arm_configs, by_arm
from cnnfilters.experiments.experiment import Size
from cnnfilters.lenet import lenet_1998, lenet_today
from cnnfilters.run import Run

ARMS: dict[str, dict[str, Any]] = {"LeNet5": {"model": "LeNet5", **ENDS}, "SmallCNN": {}}
STAGES = {  # what a stage is called: the layer that it reaches
    "LeNet5": {"S2": "conv2", "S4": "conv3", "C5": "hidden", "F6": "fc"},
    "SmallCNN": {"conv1": "conv2", "conv2": "fc"},
}
UNITS = {"LeNet5": ("C5", 120), "SmallCNN": ("conv2", 32)}  # the last convolution, its channels
SNAPSHOTS = {"": -1, " untrained": 0}  # ending of a quantity's name: snapshot
LEARNED, HELD_OUT = 4_000, 2_000  # digits at most: all of MNIST would take minutes
SHOWN = 12  # digits of each unit's strongest, spread over all that are counted
PRINTED = {  # parameters and connections: LeCun et al. 1998, section II.B
    "C1": (156, 122_304),
    "S2": (12, 5_880),
    "C3": (1_516, 151_600),
    "S4": (32, 2_000),
    "C5": (48_120, 48_120),
    "F6": (10_164, 10_164),
}
PRINTED_IN_ALL = {"parameters": 60_000, "connections": 340_908}


def configs(source: Source, size: Size) -> dict[str, TrainConfig]:
    """LeNet-5 and the default start, with each seed.

    Example:
        >>> list(configs("sample", Size(seeds=1, steps=10)))
        ['LeNet5 0', 'SmallCNN 0']
    """
    return arm_configs(ARMS, source, size)


def measure(runs: Mapping[str, Run], digits: Digits) -> dict[str, Any]:
    """Accuracy of read-outs after every stage, what single units know, and the counts."""
    some = _Some(digits)
    pixels = some.read_out(some.images, some.held_out_images)
    numbers = {name: _network(_arm(name), run, some) for name, run in runs.items()}
    for name, run in runs.items():
        mine = numbers[name] | {"pixels": pixels, "accuracy": 100 * float(run.accuracy[-1])}
        numbers[name] = mine | _differences(list(STAGES[_arm(name)]), mine)
        if _arm(name) == "LeNet5":
            numbers[name]["dense untrained"] = _dense(run, some)
    return {
        "arms": by_arm(numbers),
        "features": {arm: _widths(arm, runs[f"{arm} 0"], some) for arm in ARMS},
        "best": {arm: _shown(arm, runs[f"{arm} 0"], some) for arm in ARMS},
        "counts": _counts(),
        "learned": len(some.images),
        "held_out": len(some.held_out_images),
        "steps": int(next(iter(runs.values())).steps[-1]),
    }


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


def _arm(name: str) -> str:
    return name.rsplit(" ", 1)[0]


def _stages(
    arm: str, run: Run, images: np.ndarray, snapshot: int
) -> dict[str, Float[np.ndarray, "n features"]]:
    """What each stage of a network makes of images."""
    from cnnfilters.analysis.stages import network_of, what_reaches  # torch, which figures lack

    found = what_reaches(network_of(run, snapshot), list(STAGES[arm].values()), images)
    return {stage: found[layer] for stage, layer in STAGES[arm].items()}


def _network(arm: str, run: Run, some: _Some) -> dict[str, float]:
    """What can be read off each stage, and off the best units, before and after training."""
    numbers = {}
    for ending, snapshot in SNAPSHOTS.items():
        learned = _stages(arm, run, some.images, snapshot)
        held_out = _stages(arm, run, some.held_out_images, snapshot)
        for stage, features in learned.items():
            numbers[stage + ending] = some.read_out(features, held_out[stage])
        last, channels = UNITS[arm]
        learned_units, units = (_strongest(each[last], channels) for each in (learned, held_out))
        best = best_units(learned_units, some.labels)
        numbers[f"best unit{ending}"] = float(np.mean(_pure(units[:, best], some)))
        if snapshot == -1:
            outputs = _logits(run, held_out, arm)
            numbers["output unit"] = float(np.mean(_pure(outputs, some)))
    return numbers


def _strongest(
    features: Float[np.ndarray, "n features"], channels: int
) -> Float[np.ndarray, "n channels"]:
    """One number for each channel: its strongest response, wherever it is."""
    return np.asarray(features.reshape(len(features), channels, -1).max(axis=2))


def _pure(units: Float[np.ndarray, "n classes"], some: _Some) -> list[float]:
    """How pure each of ten units is for its own digit, in %."""
    return [100 * float(share) for share in np.diag(purity(units, some.held_out_labels))]


def _logits(run: Run, stages: Mapping[str, np.ndarray], arm: str) -> Float[np.ndarray, "n classes"]:
    features = stages[list(STAGES[arm])[-1]]
    return np.asarray(features @ run.weights["fc.weight"][-1].T + run.weights["fc.bias"][-1])


def _dense(run: Run, some: _Some) -> float:
    """A read-out of as many random features as S2 has, each of all pixels: width alone."""
    rng = np.random.default_rng(run.config["seed"])
    images = [each.reshape(len(each), -1) for each in (some.images, some.held_out_images)]
    pixels = images[0].shape[1]
    weights = rng.normal(0, pixels**-0.5, (pixels, 6 * 14 * 14)).astype(np.float32)
    mean, spread = images[0].mean(), images[0].std()
    learned, held_out = (np.maximum((each - mean) / spread @ weights, 0) for each in images)
    return some.read_out(learned, held_out)


def _widths(arm: str, run: Run, some: _Some) -> dict[str, int]:
    """How many numbers each read-out is given."""
    stages = _stages(arm, run, some.images[:1], -1)
    widths = {stage: features.shape[1] for stage, features in stages.items()}
    return {"pixels": some.images[0].size, **widths}


def _shown(arm: str, run: Run, some: _Some) -> dict[str, list[Any]]:
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


def _differences(stages: Sequence[str], numbers: Mapping[str, float]) -> dict[str, float]:
    """What follows from the accuracies of one network."""
    path = [numbers[stage] for stage in ("pixels", *stages)]
    gains = [numbers[stage] - numbers[f"{stage} untrained"] for stage in stages]
    return {"least step": float(np.diff(path).min()), "more gained": gains[-1] - gains[0]}


def _counts() -> dict[str, int]:
    """LeNet-5's counts, and how many layers' differ from those that the paper prints."""
    counted = {layer.name: (layer.parameters, layer.connections) for layer in lenet_1998()}
    parameters, connections = (sum(column) for column in zip(*counted.values(), strict=True))
    return {
        "parameters": parameters,
        "connections": connections,
        "parameters today": sum(layer.parameters for layer in lenet_today()),
        "layers that differ": sum(counted[name] != pair for name, pair in PRINTED.items()),
    }
