"""What makes edges: the images, the labels, or both?

Three arms from a small start: true digits; the same digits with their labels shuffled; the same
with one fixed permutation of their pixels. Beside them stands a reference without any training:
random kernels that are as smooth as patches of the digits are. The rules were fixed before the
networks were trained; how long they train was chosen on another seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnnfilters.analysis.kernels import kernel_shares, moran_i
from cnnfilters.analysis.nulls import patch_covariance, random_kernels
from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Claim, Interval, Rule, Verdict
from cnnfilters.experiments.arms import ENDS, Study, arm_configs, by_arm, claim, looks, values
from cnnfilters.experiments.experiment import Size
from cnnfilters.results import Recipe
from cnnfilters.run import Run

SMALL_START = {"conv1_scale": 0.1}  # else the start hides what the arms differ in
ARMS: dict[str, dict[str, Any]] = {
    "true": SMALL_START,
    "permuted pixels": {**SMALL_START, "pixels": "permuted", **ENDS},
    "shuffled labels": {**SMALL_START, "labels": "shuffled", **ENDS},
}
PATCHED = 2_000  # digits whose patches are looked at
PAGE = "learning/13-what-makes-edges/"
CHANCE = 2 / 24  # mean edge share of independent weights


def configs(source: Source, size: Size) -> dict[str, TrainConfig]:
    """Each arm with each seed.

    Example:
        >>> list(configs("sample", Size(seeds=1, steps=10)))
        ['true 0', 'permuted pixels 0', 'shuffled labels 0']
    """
    return arm_configs(ARMS, source, size)


def measure(runs: Mapping[str, Run], digits: Digits) -> dict[str, Any]:
    """What each network's kernels look like, the kernels of the first seed, and the reference."""
    kernels = random_kernels(patch_covariance(digits.train_images[:PATCHED]))
    reference = {
        "edge": float(kernel_shares(kernels).edge.mean()),
        "smoothness": float(moran_i(kernels).mean()),
        "kernels": kernels[:16].round(4).tolist(),
    }
    return {
        "arms": by_arm({name: looks(run) for name, run in runs.items()}),
        "kernels": {arm: runs[f"{arm} 0"].kernels().round(4).tolist() for arm in ARMS},
        "reference": reference,
        "held_out_words": digits.held_out_words,
    }


def beyond_reference(study: Study, *, sentence: str, expected: Verdict = "supported") -> Claim:
    """What trained kernels have more of the edge than random ones of the images' smoothness."""
    reference = study["reference"]["edge"]
    more = [edge - reference for edge in values(study, "true: edge")]
    quantity = "mean edge share of the trained kernels less that of the reference"
    return Claim(sentence, quantity, "", Interval.of(more), Rule(above=0), PAGE, expected)


def explained(study: Study, *, sentence: str) -> Claim:
    """How much of the edge share beyond chance the reference has already."""
    reference = study["reference"]["edge"]
    parts = [(reference - CHANCE) / (edge - CHANCE) for edge in values(study, "true: edge")]
    quantity = "edge share of the reference beyond chance, over that of the trained kernels"
    return Claim(sentence, quantity, "", Interval.of(parts), Rule(above=0.5), PAGE)


def _recipe(**options: Any) -> Recipe:
    return Recipe(claim, ("study:labels_and_pixels",), {**options, "page": PAGE})


CLAIMS: dict[str, Recipe] = {
    "edges-need-image-statistics": _recipe(
        sentence="Edges need images whose neighbouring pixels belong together: with one fixed "
        "permutation of the pixels, kernels are less edge-like.",
        quantity="mean edge share on true digits less on permuted ones",
        of="true: edge",
        less="permuted pixels: edge",
        rule=Rule(above=0),
    ),
    "permuted-still-learns": _recipe(
        sentence="A network reads permuted digits well all the same.",
        quantity="accuracy on permuted digits",
        unit="%",
        of="permuted pixels: accuracy",
        rule=Rule(above=75),
    ),
    "permuted-moves-far": _recipe(
        sentence="Its kernels move far from their start, too.",
        quantity="length of what was added over that of the start, with permuted pixels",
        of="permuted pixels: change",
        rule=Rule(above=3),
    ),
    "permuted-reads-worse": _recipe(
        sentence="It reads them worse than true ones.",
        quantity="accuracy on true digits less on permuted ones",
        unit="points",
        of="true: accuracy",
        less="permuted pixels: accuracy",
        rule=Rule(above=0),
    ),
    "permuted-kernels-are-rough": _recipe(
        sentence="What it learns from permuted digits is less smooth.",
        quantity="mean Moran's I of trained − start, on true digits less on permuted ones",
        of="true: learned smoothness",
        less="permuted pixels: learned smoothness",
        rule=Rule(above=0),
    ),
    "edges-need-labels": _recipe(
        sentence="Edges need labels that mean something: with shuffled labels, what training "
        "adds is less edge-like.",
        quantity="mean edge share of trained − start, with true labels less with shuffled ones",
        of="true: learned edge",
        less="shuffled labels: learned edge",
        rule=Rule(above=0),
    ),
    "shuffled-labels-move-less": _recipe(
        sentence="With shuffled labels, kernels move less.",
        quantity="length of what was added over that of the start, with true labels less with "
        "shuffled ones",
        of="true: change",
        less="shuffled labels: change",
        rule=Rule(above=0),
    ),
    "shuffled-labels-still-smooth": _recipe(
        sentence="Even with shuffled labels, what training adds is smoother than chance.",
        quantity="mean Moran's I of trained − start with shuffled labels",
        of="shuffled labels: learned smoothness",
        rule=Rule(above=0.1),
    ),
    "shuffled-labels-teach-nothing": _recipe(
        sentence="With shuffled labels a network reads no better than by guessing.",
        quantity="accuracy after shuffled labels",
        unit="%",
        of="shuffled labels: accuracy",
        rule=Rule(below=25),
    ),
    "more-than-smooth": Recipe(
        beyond_reference,
        ("study:labels_and_pixels",),
        {
            "sentence": "Trained kernels are more edge-like than random ones that are as smooth "
            "as the digits.",
            "expected": "undecided",  # so after a short training; after a long one they are less
        },
    ),
    "mostly-smooth": Recipe(
        explained,
        ("study:labels_and_pixels",),
        {
            "sentence": "Random kernels that are as smooth as the digits already have more than "
            "half of the trained kernels' edge share beyond chance."
        },
    ),
}
