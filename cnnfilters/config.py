"""What a training is asked to do. No torch here: an unchanged build must be able to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, get_args

from cnnfilters.provenance import digest, logic_digest, versions

Source = Literal["sample", "mnist"]
STEPS_PER_MNIST_EPOCH = 938  # 60,000 digits in batches of 64, the last one shorter
THREADS = 1  # of one training; two differ in the last digits, so trainings run side by side instead


DECIDES_WEIGHTS = tuple(
    f"cnnfilters.{name}" for name in ("config", "digits", "model", "task", "training")
)  # not the modules that only keep the result: a test walks the imports of training


@dataclass(frozen=True)
class TrainConfig:
    """One training, completely described; two equal configs on equal data give equal weights.

    The defaults are the recipe that did best on held-out *training* digits, never on test digits.

    Raises:
        ValueError: A field is out of range; the message names field, value and rule.

    Example:
        >>> TrainConfig(steps=0)
        Traceback (most recent call last):
        ValueError: `steps` (=0) must be at least 1
    """

    source: Source = "sample"  # the 5,000 digits in a wheel, or all 70,000
    train_size: int | None = None  # None: every training digit; a number: the first of each class
    seed: int = 0

    model: str = "SmallCNN"  # a class of cnnfilters.model
    padding: int = 0  # 0 draws no false frame; 2 reproduces the source tutorial
    conv1_scale: float = 1.0  # start: PyTorch's weights times this; below 1 the bias starts at 0
    conv1: Literal["learned", "frozen"] = "learned"  # what becomes of the first layer

    steps: int = 1_250  # 20 passes over 4,000 digits in batches of 64
    batch_size: int = 64
    optimizer: Literal["adam", "adamw"] = "adamw"
    learning_rate: float = 6e-3
    schedule: Literal["one-cycle", "constant"] = "one-cycle"
    conv1_l2: float = 0.0  # weight of the sum of squares of conv1's weights in the loss
    shift: int = 1  # each digit moves by up to this many pixels a step, so that place matters less

    labels: Literal["true", "shuffled"] = "true"  # shuffled: the same images, no consistent signal
    pixels: Literal["true", "permuted"] = "true"  # permuted: one fixed shuffling of the 784 places

    def __post_init__(self) -> None:
        for name, least in _LEAST.items():
            if not getattr(self, name) >= least:  # also refuses NaN
                raise ValueError(f"`{name}` (={getattr(self, name)}) must be at least {least}")
        for name in ("learning_rate", "conv1_scale"):
            if not getattr(self, name) > 0:
                raise ValueError(f"`{name}` (={getattr(self, name)}) must be above 0")
        if self.train_size is not None and self.train_size < 10:
            raise ValueError(f"`train_size` (={self.train_size}) must be at least 10, one a class")
        for name, allowed in _CHOICES.items():
            if (value := getattr(self, name)) not in allowed:
                raise ValueError(f"`{name}` (={value!r}) must be one of {', '.join(allowed)}")

    def digest(self) -> str:
        """Twenty hexadecimal digits that change when a field does."""
        return digest(asdict(self))

    def to_mapping(self) -> dict[str, Any]:
        """The fields as JSON can hold them."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> TrainConfig:
        """The config that `to_mapping` wrote.

        Raises:
            ValueError: A field is unknown, or its value out of range.
        """
        unknown = sorted(set(mapping) - {field.name for field in fields(cls)})
        if unknown:
            raise ValueError(f"unknown field of TrainConfig: {', '.join(unknown)}")
        return cls(**mapping)


_LEAST = {"steps": 1, "batch_size": 1, "seed": 0, "padding": 0, "shift": 0, "conv1_l2": 0}
_CHOICES = {
    "source": get_args(Source),
    "conv1": ("learned", "frozen"),
    "optimizer": ("adam", "adamw"),
    "schedule": ("one-cycle", "constant"),
    "labels": ("true", "shuffled"),
    "pixels": ("true", "permuted"),
}


def headline_configs(source: Source = "sample") -> dict[str, TrainConfig]:
    """The three trainings that the whole site looks at.

    Returns:
        `source`, the source tutorial's recipe with as many steps on either set of digits;
        `default`, our network from PyTorch's start; `small-start`, the same from a tenth of it.
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
    """
    return digest(
        config.to_mapping(),
        data_checksum,
        device,
        threads,
        logic_digest(*DECIDES_WEIGHTS),
        versions("torch", "numpy"),
    )
