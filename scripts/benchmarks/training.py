"""How long it takes to reach an accuracy on MNIST, beside the source tutorial's recipe."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import torch
from torch import nn

from benchmarks.peak import multiply_adds, peak_rate
from benchmarks.references import MEAN, STD, train_as_the_example, train_as_the_source
from benchmarks.timing import side_by_side, spread
from cnnfilters.config import TrainConfig
from cnnfilters.digits import Digits, load_digits
from cnnfilters.trained import trained_network
from cnnfilters.training import train
from pipeline.sheet import Sheet

EPOCHS = 3  # of the source's recipe
SOURCE = "the source's recipe, 3 epochs"
QUICK, LONG = "ours, quick", "ours, long"
# Rate and shift were chosen on 5,000 of the training digits, which had been held out: no test digit
# had a say. The number of steps leaves room below an eighth, and a half, of the source's time.
QUICK_CONFIG = TrainConfig(source="mnist", steps=900, learning_rate=1e-2)
LONG_CONFIG = TrainConfig(source="mnist", steps=3_300)
CONFIGS = {
    QUICK: QUICK_CONFIG,
    LONG: LONG_CONFIG,
    "ours, quick, padding 2": replace(QUICK_CONFIG, padding=2),
}
EXAMPLE = "PyTorch's example, 1 of its 14 epochs"

Answer = Callable[[torch.Tensor], torch.Tensor]  # from ink in [0, 1] to logits
Recipe = Callable[[str, int, int], nn.Module]  # takes a folder, a seed, a number of epochs


def train_ours(config: TrainConfig, root: str, seed: int) -> Answer:
    """Our recipe from the files on the disk; nothing is held out, so that nothing is evaluated."""
    digits = load_digits("mnist", root)
    first = slice(0, 1)  # a Run wants one at least
    digits = replace(
        digits,
        held_out_images=digits.held_out_images[first],
        held_out_labels=digits.held_out_labels[first],
    )
    return trained_network(train(replace(config, seed=seed), digits=digits, device="cpu"))


def reference(
    recipe: Callable[[str, int, int], nn.Module], root: str, epochs: int
) -> Callable[[int], Answer]:
    """A reference arm: from a seed to a network that takes ink."""

    def arm(seed: int) -> Answer:
        model = recipe(root, seed, epochs).eval()
        return lambda ink: model((ink - MEAN[0]) / STD[0])

    return arm


def arms(root: str) -> dict[str, Callable[[int], Answer]]:
    """Every way of training, by name."""
    ours = {name: partial(train_ours, config, root) for name, config in CONFIGS.items()}
    return {
        SOURCE: reference(train_as_the_source, root, EPOCHS),
        **ours,
        EXAMPLE: reference(train_as_the_example, root, 1),
    }


@torch.inference_mode()
def accuracy_on(answer: Answer, digits: Digits) -> float:
    """Share of the 10,000 test digits that are named right."""
    images = torch.from_numpy(digits.held_out_images)[:, None]
    labels = torch.from_numpy(digits.held_out_labels)
    guesses = torch.cat([answer(batch).argmax(1) for batch in torch.split(images, 1_000)])
    return (guesses == labels).float().mean().item()


def training(root: str, rounds: int) -> tuple[Sheet, Sheet]:
    """Seconds and accuracy of every arm, a seed for each round; and what limits them.

    PyTorch's example, which takes as long as all others together, is measured once.
    """
    answers: dict[str, list[Answer]] = {name: [] for name in arms(root)}

    def keep(name: str, arm: Callable[[int], Answer]) -> Callable[[int], None]:
        return lambda seed: answers[name].append(arm(seed))

    kept = {name: keep(name, arm) for name, arm in arms(root).items()}
    example = {EXAMPLE: kept.pop(EXAMPLE)}
    taken = side_by_side(kept, rounds) | side_by_side(example, 1)
    digits = load_digits("mnist", root)
    right = {name: [accuracy_on(a, digits) for a in found] for name, found in answers.items()}
    return _sheet(taken, right), _limit(taken)


def _sheet(taken: Mapping[str, list[float]], right: Mapping[str, list[float]]) -> Sheet:
    whole = statistics.median(taken[SOURCE])
    rows = [
        (
            name,
            spread(taken[name]),
            f"{100 * statistics.median(taken[name]) / whole:.1f} %",
            spread([100 * share for share in right[name]], digits=4, middle=statistics.fmean),
        )
        for name in taken
    ]
    seeds = len(right[SOURCE])
    return Sheet(
        f"From the files on the disk to a trained network; {seeds} seeds each, the example "
        "one; 10,000 test digits.",
        ("recipe", "seconds", "of the first", "mean accuracy, %"),
        rows,
        {name: {"seconds": taken[name], "accuracy": right[name]} for name in taken},
    )


def _limit(taken: Mapping[str, list[float]]) -> Sheet:
    """How near the recipes come to as many multiply–adds a second as the machine can do."""
    peak = peak_rate()
    rows, measured = [], {"peak": peak}
    for name, config in CONFIGS.items():
        count = config.steps * config.batch_size * multiply_adds(config)
        rate = count / statistics.median(taken[name])
        measured[name] = rate
        rows.append((name, f"{count / 1e9:.0f}", f"{rate / 1e9:.1f}", f"{100 * rate / peak:.0f} %"))
    return Sheet(
        f"Billions of multiply–adds; a product of large matrices does {peak / 1e9:.0f} a second.",
        ("recipe", "in all", "a second", "of the peak"),
        rows,
        measured,
    )
