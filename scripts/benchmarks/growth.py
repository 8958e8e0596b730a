"""How time grows with the work: images, channels, figures and tutorials."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.timing import side_by_side, spread
from cnnfilters.arithmetic import count_macs
from cnnfilters.config import TrainConfig
from cnnfilters.digits import Digits, load_digits
from cnnfilters.figures import FIGURES
from cnnfilters.results import Results
from cnnfilters.training import train
from pipeline.places import ROOT, Places
from pipeline.sheet import Sheet
from steps.tutorials import executed

BATCH = 64
TUTORIAL = "# %% [markdown]\n# # Look\n\n# %%\nsum(range(1_000_000))\n"
NAMES = ("one-window", "four-rows", "three-arms", "kernel-zoo")  # drawn again and again


class Growth(NamedTuple):
    """The same work in several sizes.

    Attributes:
        work: What grows, with its unit.
        arms: What to call, by the amount of work.
    """

    work: str
    arms: Mapping[float, Callable[[int], object]]


def images(digits: Digits) -> Growth:
    """Train one epoch of ever more digits."""

    def epoch(count: int) -> Callable[[int], object]:
        few = replace(
            digits,
            train_images=digits.train_images[:count],
            train_labels=digits.train_labels[:count],
            held_out_images=digits.held_out_images[:1],
            held_out_labels=digits.held_out_labels[:1],
        )
        config = TrainConfig(steps=count // BATCH, batch_size=BATCH)
        return lambda _: train(config, digits=few, device="cpu")

    return Growth("training digits", {count: epoch(count) for count in (1_000, 2_000, 4_000)})


def channels(steps: int = 20) -> Growth:
    """Train `SmallCNN` with ever more channels; the work is counted in multiply–adds."""

    def layers(width: int) -> nn.Sequential:
        return nn.Sequential(
            nn.Conv2d(1, width, 5),
            nn.MaxPool2d(2),
            nn.ReLU(),
            nn.Conv2d(width, 2 * width, 5),
            nn.MaxPool2d(2),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(32 * width, 10),
        )

    batch, labels = torch.rand(BATCH, 1, 28, 28), torch.arange(BATCH) % 10
    models = [layers(width).to(memory_format=torch.channels_last) for width in (8, 16, 32, 64)]
    return Growth(
        "million multiply–adds forward, channels 8 to 64",
        {
            count_macs(model, (1, 28, 28)) / 1e6: partial(_steps, model, batch, labels, steps)
            for model in models
        },
    )


def _steps(model: nn.Module, batch: Tensor, labels: Tensor, steps: int, _: int) -> None:
    for _ in range(steps):
        functional.cross_entropy(model(batch), labels).backward()  # type: ignore[no-untyped-call]


def figures() -> Growth:
    """Draw ever more figures, four ways each."""
    from cnnfilters.figures.drawing.figure import LAYOUTS, SCHEMES

    results = Results(Places.of(ROOT).manifest)

    def draw(count: int, _: int) -> None:
        for index in range(count):
            figure = results.make(FIGURES[NAMES[index % len(NAMES)]])
            for layout in LAYOUTS:
                for scheme in SCHEMES:
                    figure.svg(layout, scheme)

    return Growth("figures", {count: partial(draw, count) for count in (4, 8, 16)})


def tutorials(folder: Path) -> Growth:
    """Execute ever more tutorials of one small cell."""
    path = folder / "01-look.py"
    path.write_text(TUTORIAL, encoding="utf-8")

    def execute(count: int, _: int) -> None:
        for _ in range(count):
            executed(path, ROOT)

    return Growth("tutorials", {count: partial(execute, count) for count in (1, 2, 4)})


def growth(rounds: int) -> Sheet:
    """Seconds by the amount of work; near-linear if the last column stays near 1 or falls."""
    rows, measured = [], {}
    with TemporaryDirectory() as folder:
        for work, arms in (
            images(load_digits()),
            channels(),
            figures(),
            tutorials(Path(folder)),
        ):
            next(iter(arms.values()))(0)  # imports and caches
            taken = side_by_side({str(amount): arm for amount, arm in arms.items()}, rounds)
            measured[work] = taken
            rows += list(_rows(work, taken))
    return Sheet(
        "Seconds of more and more work; where it is linear, those per amount stay at 1, the first.",
        ("work", "amount", "seconds", "per amount"),
        rows,
        measured,
    )


def _rows(work: str, taken: Mapping[str, list[float]]) -> list[tuple[str, ...]]:
    per = {amount: statistics.median(v) / float(amount) for amount, v in taken.items()}
    first = next(iter(per.values()))
    return [
        (work, f"{float(amount):,.4g}", spread(values), f"{per[amount] / first:.2f}")
        for amount, values in taken.items()
    ]
