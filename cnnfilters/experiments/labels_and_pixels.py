"""What makes edges: the images, the labels, or both?

Arms from a small start: true digits; the same digits with one fixed permutation of their pixels;
the same with their labels shuffled, which is more than a network can memorise; and few digits that
do not move, once with true labels and once with shuffled ones, which it does memorise. Beside them
stand kernels without any training: random ones that vary as patches of the digits do, and of these
the ones that are as smooth as the trained kernels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.kernels import moran_i
from cnnfilters.analysis.nulls import patch_covariance, random_kernels
from cnnfilters.digits import Digits
from cnnfilters.experiments.arms import EDGE, ENDS, edge_likeness, kernel_numbers, steps
from cnnfilters.experiments.study import Arm, Quantity, Runs, Study, by_arm
from cnnfilters.run import Run

FEW_DIGITS = 300  # their labels can be memorised within the 190 steps of a short study
SMALL_START: dict[str, Any] = {"conv1_scale": 0.1}  # else the start hides what the arms differ in
STILL: dict[str, Any] = {**SMALL_START, "train_size": FEW_DIGITS, "shift": 0, **ENDS}
TRUE = Arm("true", SMALL_START)
PERMUTED = Arm("permuted pixels", {**SMALL_START, "pixels": "permuted", **ENDS})
SHUFFLED = Arm("shuffled labels", {**SMALL_START, "labels": "shuffled", **ENDS})
FEW = Arm("few digits", STILL)
MEMORISED = Arm("memorised labels", {**STILL, "labels": "shuffled"})
ARMS = (TRUE, PERMUTED, SHUFFLED, FEW, MEMORISED)
PATCHED = 2_000  # digits whose patches are looked at
DRAWN = 4_000  # random kernels: the mean of their edge fit is then good to 0.003
ALIKE = 200  # random kernels that are about as smooth as one trained kernel

FITTED = Quantity("fitted", "%", things=FEW_DIGITS)  # of those learned from
COVARIANCE_EDGE = Quantity("covariance edge fit")  # of random kernels that vary as what was seen
AS_SMOOTH_EDGE = Quantity("as smooth edge fit")  # of random kernels as smooth as the trained ones
BEYOND_SMOOTH = Quantity("edge fit beyond smooth")  # what the trained ones have more than these

Kernels = list[list[list[float]]]


@dataclass(frozen=True, kw_only=True)
class LabelsAndPixelsStudy(Study):
    """What each network's kernels look like, with kernels to draw.

    Attributes:
        kernels: By arm, those of the first network.
        reference: Random kernels that vary as patches of the digits do.
        reference_edge: How edge-like they are in the mean; of many more than are drawn.
    """

    kernels: Mapping[str, Kernels]
    reference: Kernels
    reference_edge: float


def measure(runs: Runs, digits: Digits) -> LabelsAndPixelsStudy:
    """What each network's kernels look like, the kernels of the first seed, and the reference."""
    reference = random_kernels(patch_covariance(digits.train_images[:PATCHED]))
    numbers = {arm: [kernel_numbers(run) for run in runs[arm]] for arm in ARMS}
    for arm in (TRUE, FEW, MEMORISED):
        for mine, run in zip(numbers[arm], runs[arm], strict=True):
            mine[AS_SMOOTH_EDGE] = edge_likeness(as_smooth(run.kernels(), reference))
            mine[BEYOND_SMOOTH] = mine[EDGE] - mine[AS_SMOOTH_EDGE]
    for mine, run in zip(numbers[PERMUTED], runs[PERMUTED], strict=True):
        seen = random_kernels(patch_covariance(seen_images(run, digits)), count=DRAWN)
        mine[COVARIANCE_EDGE] = edge_likeness(seen)
    for arm in (FEW, MEMORISED):
        for mine, run in zip(numbers[arm], runs[arm], strict=True):
            mine[FITTED] = fitted(run, digits)
    return LabelsAndPixelsStudy(
        arms=by_arm(numbers),
        kernels={arm.name: runs[arm][0].kernels().round(4).tolist() for arm in ARMS},
        reference=reference[:16].round(4).tolist(),
        reference_edge=edge_likeness(reference[:DRAWN]),
        steps=steps(runs),
        held_out_words=digits.held_out_words,
    )


def as_smooth(
    kernels: Float[np.ndarray, "kernels side side"],
    reference: Float[np.ndarray, "many side side"],
    *,
    count: int = ALIKE,
) -> Float[np.ndarray, "kernels count side side"]:
    """For each kernel the random ones that come nearest to it in Moran's I.

    Args:
        kernels: Of a network.
        reference: Random ones to choose from, at least `count`.
        count: How many for each.

    Example:
        >>> smooth, rough = [[1, 1, 1], [0, 0, 0], [-1, -1, -1]], [[1, -1, 1], [-1, 1, -1]] * 2
        >>> both = np.array([smooth, rough[:3]], float)
        >>> as_smooth(2 * both[1:], both, count=1)[0, 0, 0].tolist()
        [1.0, -1.0, 1.0]
    """
    smoothness = moran_i(reference)
    nearest = [
        np.argsort(np.abs(smoothness - mine), kind="stable")[:count] for mine in moran_i(kernels)
    ]
    return np.asarray(reference[np.stack(nearest)])


def seen_images(run: Run, digits: Digits) -> Float[np.ndarray, "n height width"]:
    """The first digits as a network saw them: moved, and in its own order of pixels.

    Example:
        >>> from cnnfilters.config import TrainConfig
        >>> from cnnfilters.training import train
        >>> image = np.linspace(0, 1, 784, dtype=np.float32).reshape(28, 28)
        >>> digits = Digits("sample", *[np.stack([image] * 10), np.arange(10)] * 2, checksum="")
        >>> config = TrainConfig(steps=1, pixels="permuted", shift=0)
        >>> seen = seen_images(train(config, digits=digits, device="cpu"), digits)[0]
        >>> bool((seen == image).all()), bool((np.sort(seen.ravel()) == image.ravel()).all())
        (False, True)
    """
    images, _ = _task(run, digits).at(np.arange(min(PATCHED, run.data["train"])))
    return np.asarray(images[:, 0].numpy())


def fitted(run: Run, digits: Digits) -> float:
    """How many of a hundred digits a network names as they were labelled when it learned them.

    Example:
        >>> from cnnfilters.config import TrainConfig
        >>> from cnnfilters.training import train
        >>> blank = np.zeros((10, 28, 28), np.float32)
        >>> digits = Digits("sample", *[blank, np.arange(10)] * 2, checksum="")
        >>> run = train(TrainConfig(steps=1, labels="shuffled"), digits=digits, device="cpu")
        >>> fitted(run, digits)  # one image with ten labels: one of them is named
        10.0
    """
    from cnnfilters.trained import logits_of

    images, labels = _task(run, digits).at(np.arange(run.data["train"]))
    answers = logits_of(run)(images[:, 0].numpy()).argmax(axis=1)
    return 100 * float((answers == labels.numpy()).mean())


def _task(run: Run, digits: Digits) -> Any:
    """What a training was shown: its random choices come from its seed, in the same order."""
    from cnnfilters.task import Task  # torch, which figures lack

    config = run.train_config
    return Task(config, digits, np.random.default_rng(config.seed), "cpu")
