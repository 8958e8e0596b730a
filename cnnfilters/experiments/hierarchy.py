"""Does a network build its answer up with depth, and does a single unit ever know a digit?

LeNet-5 as it is read today, and the networks of the default start, each asked after every stage
how well the digits can be read off by weighted sums, before and after training. The rules of the
claims were fixed before anything was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float

from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Claim, Interval, Rule
from cnnfilters.experiments.arms import arm_configs, by_arm, claim
from cnnfilters.experiments.experiment import Size
from cnnfilters.lenet import lenet_1998, lenet_today
from cnnfilters.results import Recipe
from cnnfilters.run import Run

ARMS: dict[str, dict[str, Any]] = {"LeNet5": {"model": "LeNet5"}, "SmallCNN": {}}
STAGES = {  # what a stage is called: the layer that it reaches
    "LeNet5": {"S2": "conv2", "S4": "conv3", "C5": "hidden", "F6": "fc"},
    "SmallCNN": {"conv1": "conv2", "conv2": "fc"},
}
LAST_CONVOLUTION = {"LeNet5": "C5", "SmallCNN": "conv2"}
SNAPSHOTS = {"": -1, " untrained": 0}  # ending of a quantity's name: snapshot
LEARNED, HELD_OUT = 4_000, 2_000  # digits at most: all of MNIST would take minutes
SHOWN = 12  # digits of each unit's strongest, spread over all that are counted
PRINTED = {  # LeCun et al. 1998, section II.B
    "parameters": 60_000,
    "connections": 340_908,
    "layers": {
        "C1": (156, 122_304),
        "S2": (12, 5_880),
        "C3": (1_516, 151_600),
        "S4": (32, 2_000),
        "C5": (48_120, 48_120),
        "F6": (10_164, 10_164),
    },
}
PAGE = "learning/17-the-hierarchy/"


def configs(source: Source, size: Size) -> dict[str, TrainConfig]:
    """LeNet-5 and the default start, with each seed."""
    return arm_configs(ARMS, source, size)


def measure(runs: Mapping[str, Run], digits: Digits) -> dict[str, Any]:
    """Accuracy of read-outs after every stage, what single units know, and the counts."""
    some = _Some(digits)
    pixels = 100 * some.probe(some.images, some.held_out_images)
    numbers, features, best = {}, {}, {}
    for name, run in runs.items():
        arm = name.rsplit(" ", 1)[0]
        numbers[name], features[arm], best[name] = _network(arm, run, some)
        numbers[name] |= {"pixels": pixels, "accuracy": 100 * float(run.accuracy[-1])}
        numbers[name] |= _differences(list(STAGES[arm]), numbers[name])
    return {
        "arms": by_arm(numbers),
        "features": {arm: {"pixels": some.images[0].size, **features[arm]} for arm in ARMS},
        "best": {name: best[f"{name} 0"] for name in ARMS},
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

    def probe(self, features: np.ndarray, held_out: np.ndarray) -> float:
        from cnnfilters.analysis.linear_probe import probe_accuracy

        flat, held_out_flat = (each.reshape(len(each), -1) for each in (features, held_out))
        return probe_accuracy(flat, self.labels, held_out_flat, self.held_out_labels)


def _network(
    arm: str, run: Run, some: _Some
) -> tuple[dict[str, float], dict[str, int], dict[str, Any]]:
    """All numbers of one network, the widths of its stages, and what its best units look like."""
    from cnnfilters.analysis.stages import network_of, what_reaches

    numbers, features, best = {}, {}, {}
    for ending, snapshot in SNAPSHOTS.items():
        model, layers = network_of(run, snapshot), list(STAGES[arm].values())
        learned = what_reaches(model, layers, some.images)
        held_out = what_reaches(model, layers, some.held_out_images)
        for stage, layer in STAGES[arm].items():
            features[stage] = learned[layer].shape[1]
            numbers[stage + ending] = 100 * some.probe(learned[layer], held_out[layer])
        layer = STAGES[arm][LAST_CONVOLUTION[arm]]
        channels = len(run.weights["conv3.bias" if arm == "LeNet5" else "conv2.bias"][-1])
        pair = tuple(_strongest_place(each[layer], channels) for each in (learned, held_out))
        found = _best_units(*pair, some)
        numbers[f"best unit{ending}"] = float(np.mean(found["purity"]))
        if not ending:
            best = found
            logits = held_out["fc"] @ run.weights["fc.weight"][-1].T + run.weights["fc.bias"][-1]
            best["output"] = _diagonal(logits, some)
            numbers["output unit"] = float(np.mean(best["output"]))
    return numbers, features, best


def _strongest_place(
    features: Float[np.ndarray, "n features"], channels: int
) -> Float[np.ndarray, "n channels"]:
    """One number for each channel: its strongest response, wherever it is."""
    return np.asarray(features.reshape(len(features), channels, -1).max(axis=2))


def _best_units(learned: np.ndarray, held_out: np.ndarray, some: _Some) -> dict[str, list[Any]]:
    """For each digit the unit that is purest on the learned digits, and how it does on others."""
    from cnnfilters.analysis.selectivity import purity

    units = purity(learned, some.labels).argmax(axis=0)
    shares = purity(held_out, some.held_out_labels)
    counts = np.bincount(some.held_out_labels, minlength=len(units))
    ranks = [np.linspace(0, count - 1, SHOWN).round().astype(int) for count in counts]
    order = np.argsort(-held_out[:, units], axis=0, kind="stable")
    return {
        "units": units.tolist(),
        "purity": [100 * float(shares[unit, digit]) for digit, unit in enumerate(units)],
        "counted": counts.tolist(),
        "shown": [order[rank, digit].tolist() for digit, rank in enumerate(ranks)],
    }


def _diagonal(logits: np.ndarray, some: _Some) -> list[float]:
    """How pure each output unit is for its own digit, in %."""
    from cnnfilters.analysis.selectivity import purity

    return [100 * float(share) for share in np.diag(purity(logits, some.held_out_labels))]


def _differences(stages: Sequence[str], numbers: Mapping[str, float]) -> dict[str, float]:
    """What follows from the accuracies of one network."""
    path = [numbers[stage] for stage in ("pixels", *stages)]
    gains = [numbers[stage] - numbers[f"{stage} untrained"] for stage in stages]
    return {"least step": float(np.diff(path).min()), "more gained": gains[-1] - gains[0]}


def _counts() -> dict[str, Any]:
    """LeNet-5's counts beside those that the paper prints."""
    counted = {layer.name: (layer.parameters, layer.connections) for layer in lenet_1998()}
    parameters, connections = (sum(column) for column in zip(*counted.values(), strict=True))
    return {
        "parameters": parameters,
        "connections": connections,
        "parameters today": sum(layer.parameters for layer in lenet_today()),
        "layers that differ": sum(counted[n] != pair for n, pair in PRINTED["layers"].items()),
    }


def counted(study: Mapping[str, Any], *, of: str, sentence: str, quantity: str) -> Claim:
    """That a count of ours is the paper's."""
    excess = study["counts"][of] - PRINTED.get(of, 0)
    rule = Rule(above=-1, below=1)
    return Claim(sentence, quantity, "", Interval.exactly(excess), rule, PAGE)


def _counted(**options: Any) -> Recipe:
    return Recipe(counted, ("study:hierarchy",), options)


def _recipe(**options: Any) -> Recipe:
    return Recipe(claim, ("study:hierarchy",), {**options, "page": PAGE})


CLAIMS: dict[str, Recipe] = {
    "lenet-layers-as-printed": _counted(
        of="layers that differ",
        sentence="Every layer of LeNet-5 has as many parameters and connections as its paper says.",
        quantity="layers from C1 to F6 whose counts differ from the paper's",
    ),
    "lenet-parameters-as-printed": _counted(
        of="parameters",
        sentence="LeNet-5 has 60,000 parameters to train, as its paper says.",
        quantity="parameters counted, less the paper's 60,000",
    ),
    "lenet-connections-as-printed": _counted(
        of="connections",
        sentence="LeNet-5 has 340,908 connections, as its paper says, if the output's are counted.",
        quantity="connections counted, less the paper's 340,908",
    ),
    "readable-with-depth": _recipe(
        sentence="After LeNet-5's last hidden layer, weighted sums read digits more than five "
        "points better than from the pixels.",
        quantity="accuracy of a linear read-out of F6 less that of the pixels",
        unit="points",
        of="LeNet5: F6",
        less="LeNet5: pixels",
        rule=Rule(above=5),
    ),
    "small-readable-with-depth": _recipe(
        sentence="The same holds for the smaller network and its second layer.",
        quantity="accuracy of a linear read-out of conv2 less that of the pixels",
        unit="points",
        of="SmallCNN: conv2",
        less="SmallCNN: pixels",
        rule=Rule(above=5),
    ),
    "no-stage-reads-worse": _recipe(
        sentence="No stage of a trained LeNet-5 reads half a point worse than the one before it.",
        quantity="least change of accuracy from one stage to the next",
        unit="points",
        of="LeNet5: least step",
        rule=Rule(above=-0.5),
    ),
    "untrained-first-stage-helps": _recipe(
        sentence="Even an untrained first stage makes digits easier to read than the pixels do.",
        quantity="accuracy of a linear read-out of S2, untrained, less that of the pixels",
        unit="points",
        of="LeNet5: S2 untrained",
        less="LeNet5: pixels",
        rule=Rule(above=0),
    ),
    "untrained-depth-does-not-help": _recipe(
        sentence="Without training, the last hidden layer reads digits worse than the pixels do.",
        quantity="accuracy of a linear read-out of F6, untrained, less that of the pixels",
        unit="points",
        of="LeNet5: F6 untrained",
        less="LeNet5: pixels",
        rule=Rule(below=0),
    ),
    "untrained-second-layer-does-not-help": _recipe(
        sentence="In the smaller network, too, an untrained second layer reads no better than the "
        "untrained first.",
        quantity="accuracy of a linear read-out of conv2, untrained, less that of conv1",
        unit="points",
        of="SmallCNN: conv2 untrained",
        less="SmallCNN: conv1 untrained",
        rule=Rule(below=0),
    ),
    "training-matters-more-with-depth": _recipe(
        sentence="The deeper the stage, the more of what can be read there comes from training.",
        quantity="what training adds to a read-out of F6 less what it adds to one of S2",
        unit="points",
        of="LeNet5: more gained",
        rule=Rule(above=0),
    ),
    "units-are-selective": _recipe(
        sentence="The best single unit for a digit prefers that digit, three times over chance.",
        quantity="share of that digit among the digits that excite its best unit of C5 most; mean "
        "of ten digits",
        unit="%",
        of="LeNet5: best unit",
        rule=Rule(above=30),
    ),
    "training-makes-units-selective": _recipe(
        sentence="Training is what makes it prefer the digit so much.",
        quantity="that share, trained less untrained",
        unit="points",
        of="LeNet5: best unit",
        less="LeNet5: best unit untrained",
        rule=Rule(above=10),
    ),
    "no-unit-is-a-detector": _recipe(
        sentence="It is no detector of the digit.",
        quantity="that share, in the trained network",
        unit="%",
        of="LeNet5: best unit",
        rule=Rule(below=90),
    ),
    "outputs-are-detectors": _recipe(
        sentence="The output units, which add up all 84 units of F6, are detectors.",
        quantity="the same share for the ten output units",
        unit="%",
        of="LeNet5: output unit",
        rule=Rule(above=90),
    ),
}
