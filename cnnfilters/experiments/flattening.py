"""What a perceptron throws away: digits as they are, with shuffled pixels, and moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.forward import Network, forward
from cnnfilters.analysis.moving import Logits, accuracy_when_moved, ink_kept
from cnnfilters.analysis.perceptron import Perceptron
from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Claim, Interval, Rule, Verdict
from cnnfilters.experiments.arms import ENDS
from cnnfilters.experiments.experiment import Size
from cnnfilters.run import Run

MODELS = {"perceptron": "MLP", "cnn": "SmallCNN"}
PIXELS: tuple[Literal["true"], Literal["permuted"]] = ("true", "permuted")
FARTHEST = 4  # pixels: the margin that MNIST leaves round its digits
MOST_MOVED = 1_000  # digits: each network sees them at seventeen places
PAGE = "operation/01-why-not-flatten/"

# The limits of the claims, in points of accuracy, set before anything was measured; that a CNN is
# spared more than a perceptron was claimed after a first look, with the same limit.
LITTLE, MUCH = 2.0, 10.0


def configs(source: Source, size: Size) -> dict[str, TrainConfig]:
    """Two networks, with pixels in order and out of order; no digit moves while they learn.

    Example:
        >>> list(configs("sample", Size(seeds=1, steps=10)))
        ['perceptron-true-0', 'perceptron-permuted-0', 'cnn-true-0', 'cnn-permuted-0']
    """
    return {
        f"{name}-{pixels}-{seed}": TrainConfig(
            source=source,
            seed=seed,
            steps=size.steps,
            model=model,
            shift=0,
            pixels=pixels,
            **ENDS,
        )
        for name, model in MODELS.items()
        for pixels in PIXELS
        for seed in range(size.seeds)
    }


def measure(runs: Mapping[str, Run], digits: Digits) -> dict[str, Any]:
    """Accuracy of every network on held-out digits, as they are and moved.

    Returns:
        For each network a list over seeds; for moved digits a list over distances of such lists.
    """
    chosen = slice(MOST_MOVED)  # the sample has no more; the test digits of MNIST come in no order
    images, labels = digits.held_out_images[chosen], digits.held_out_labels[chosen]
    found: dict[str, Any] = {
        "steps": int(next(iter(runs.values())).steps[-1]),
        "moved_digits": len(images),
        "distances": list(range(FARTHEST + 1)),
        "ink_kept": [ink_kept(images, pixels=pixels) for pixels in range(FARTHEST + 1)],
    }
    for name in MODELS:
        for pixels in PIXELS:
            found[f"{name}-{pixels}"] = [
                float(run.accuracy[-1]) for run in _arm(runs, name, pixels)
            ]
        networks = [_logits(run) for run in _arm(runs, name, "true")]
        found[f"{name}-moved"] = [
            [accuracy_when_moved(network, images, labels, pixels=pixels) for network in networks]
            for pixels in range(FARTHEST + 1)
        ]
    return found


def _arm(runs: Mapping[str, Run], name: str, pixels: str) -> list[Run]:
    """The networks that differ only in their seed, in its order."""
    prefix = f"{name}-{pixels}-"
    seeds = sorted(int(key.removeprefix(prefix)) for key in runs if key.startswith(prefix))
    return [runs[f"{prefix}{seed}"] for seed in seeds]


def _logits(run: Run) -> Logits:
    if run.config["model"] == "MLP":
        return Perceptron.of(run).logits
    network = Network.of(run)
    return lambda images: forward(network, images).logits


def lost_by_permutation(study: Mapping[str, Any], name: str) -> Float[np.ndarray, " seeds"]:
    """Points of accuracy that shuffled pixels cost, pair by pair of networks of one seed.

    Example:
        >>> lost_by_permutation({"cnn-true": [0.75], "cnn-permuted": [0.5]}, "cnn")
        array([25.])
    """
    in_order, shuffled = (np.array(study[f"{name}-{pixels}"]) for pixels in PIXELS)
    return np.asarray(100 * (in_order - shuffled))


def lost_by_moving(
    study: Mapping[str, Any], name: str, *, pixels: int
) -> Float[np.ndarray, " seeds"]:
    """Points of accuracy that a network loses when digits are moved.

    Example:
        >>> lost_by_moving({"cnn-moved": [[0.75], [0.5]]}, "cnn", pixels=1)
        array([25.])
    """
    accuracy = 100 * np.array(study[f"{name}-moved"])
    return np.asarray(accuracy[0] - accuracy[pixels])


def permutation(study: Mapping[str, Any], *, name: str, sentence: str, rule: Rule) -> Claim:
    """A claim about what one fixed shuffling of the pixels costs.

    Example:
        >>> study = {"cnn-true": [0.75, 0.75], "cnn-permuted": [0.5, 0.25]}
        >>> permutation(study, name="cnn", sentence="Much.", rule=Rule(above=1)).interval.mean
        37.5
    """
    return Claim(
        sentence=sentence,
        quantity="accuracy with the pixels in order, less accuracy with the pixels shuffled",
        unit="points",
        interval=Interval.of(lost_by_permutation(study, name).tolist()),
        rule=rule,
        page=PAGE,
    )


def moving(
    study: Mapping[str, Any],
    *,
    pixels: int,
    sentence: str,
    rule: Rule,
    expected: Verdict = "supported",
) -> Claim:
    """A claim about what a move by some pixels costs a convolutional network.

    Example:
        >>> study = {"cnn-moved": [[0.75, 0.75], [0.5, 0.25]]}
        >>> moving(study, pixels=1, sentence="Much.", rule=Rule(above=1)).interval.mean
        37.5
    """
    return Claim(
        sentence=sentence,
        quantity=f"accuracy in place, less accuracy {pixels} px away",
        unit="points",
        interval=Interval.of(lost_by_moving(study, "cnn", pixels=pixels).tolist()),
        rule=rule,
        page=PAGE,
        expected=expected,
    )


def spared(study: Mapping[str, Any], *, pixels: int, sentence: str, rule: Rule) -> Claim:
    """A claim about how much less a move costs a convolutional network than a perceptron.

    Example:
        >>> study = {
        ...     "perceptron-moved": [[0.75, 0.75], [0.0, 0.25]],
        ...     "cnn-moved": [[0.75, 0.75], [0.5, 0.5]],
        ... }
        >>> spared(study, pixels=1, sentence="Less.", rule=Rule(above=0)).interval.mean
        37.5
    """
    perceptron, cnn = (lost_by_moving(study, name, pixels=pixels) for name in MODELS)
    return Claim(
        sentence=sentence,
        quantity=f"points that a perceptron loses at {pixels} px, less those that a CNN loses",
        unit="points",
        interval=Interval.of((perceptron - cnn).tolist()),
        rule=rule,
        page=PAGE,
    )
