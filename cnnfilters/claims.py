"""The ledger: every sentence about networks that the site holds itself to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from cnnfilters import experiments
from cnnfilters.evidence import Claim
from cnnfilters.experiments import EXPERIMENTS, Experiment, Study
from cnnfilters.results import Recipe

EXPLORATORY = {
    "permuted-moves-far": "written with the chapter, after a first measurement",
    "shuffled-labels-move-less": "written with the chapter, after a first measurement",
    "cnn-tolerates-more-than-a-perceptron": "written after a first look, with an earlier limit",
    "untrained-convolution-beats-width": "turned round in words after a first measurement",
    **dict.fromkeys(
        (
            "bright-maps-are-needed",
            "bright-on-average-is-needed",
            "class-images-look-like-digits",
            "class-images-transfer",
            "edges-fade",
            "edges-where-nothing-is-learned",
            "few-labels-are-memorised",
            "fewer-edges-where-nothing-is-learned",
            "memorised-labels-make-edges",
            "memorised-labels-move-further",
            "memorised-labels-teach-nothing",
            "memorised-more-than-smooth",
            "more-than-smooth",
            "mostly-smooth",
            "penalty-removes-the-start",
            "permuted-beyond-covariance",
            "permuted-beyond-noise",
            "plain-class-images-transfer",
            "same-kernels-twice",
            "shuffled-labels-teach-nothing",
            "small-start-edges-fade",
            "small-start-is-amplified",
            "some-kernel-is-needed",
            "sparing-images-look-more-like-digits",
            "start-hides-edges",
            "start-hides-edges-early",
            "start-is-amplified",
            "start-is-chance",
            "training-matters-more-with-depth",
            "true-labels-go-beyond-smooth",
            "true-labels-make-more-edges",
            "untrained-depth-fades",
            "untrained-depth-helps-at-equal-width",
            "untrained-second-layer-helps-at-equal-width",
            "untrained-second-stage-beats-width",
        ),
        "written, or given another measure, after a first look at such numbers",
    ),
}
"""Claims whose rule is not older than the first look at what it judges, by id, and why."""


def completed(study: Study, *, make: Callable[[Any], Claim], name: str, source: str) -> Claim:
    """A claim with what its experiment knows of it: steps, held-out digits, file.

    Args:
        study: What was measured.
        make: The claim as its experiment has it.
        name: Its id.
        source: The file with its sentence and its rule.

    Example:
        >>> from cnnfilters.experiments.arms import ACCURACY, DEFAULT, claim
        >>> from cnnfilters.evidence import Rule
        >>> make = claim(ACCURACY.of(DEFAULT), sentence="A.", quantity="a", rule=Rule(above=50))
        >>> arms = {"default": {"accuracy": [97.0, 98.0]}}
        >>> study = Study(arms=arms, steps=190, held_out_words="1,000 held-out digits")
        >>> done = completed(study, make=make, name="a", source="a.py")
        >>> done.steps, done.digits, done.exploratory
        (190, 1000, '')
    """
    claim = make(study)
    trained = bool(claim.networks and study.steps)  # else no network was asked about digits
    return replace(
        claim,
        steps=study.steps if trained else 0,
        digits=held_out(study) if trained else 0,
        exploratory=EXPLORATORY.get(name, ""),
        source=source,
    )


def held_out(study: Study) -> int:
    """How many held-out digits a study had, as its words say.

    Raises:
        ValueError: They say no number.

    Example:
        >>> held_out(Study(arms={}, steps=190, held_out_words="the 10,000 test digits"))
        10000
    """
    found = re.search(r"\d[\d,]*", study.held_out_words)
    if found is None:
        raise ValueError(f"`held_out_words` (={study.held_out_words!r}) must say how many digits")
    return int(found[0].replace(",", ""))


def source_of(experiment: Experiment[Any]) -> str:
    """The file with an experiment's rules, from the top of the repository.

    Example:
        >>> source_of(EXPERIMENTS["hierarchy"])
        'cnnfilters/experiments/hierarchy_claims.py'
    """
    (name,) = (
        name
        for name, module in vars(experiments).items()
        if getattr(module, "EXPERIMENT", None) is experiment
    )
    return f"cnnfilters/experiments/{name}.py"


CLAIMS: dict[str, Recipe] = {
    name: Recipe(
        partial(completed, make=claim, name=name, source=source_of(experiment)), (f"study:{study}",)
    )
    for study, experiment in EXPERIMENTS.items()
    for name, claim in experiment.claims.items()
}
"""Every claim, by its id: how it is made, and from what."""
