"""Train a network on digits and keep what it left behind."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from cnnfilters.config import THREADS, TrainConfig
from cnnfilters.digits import Digits, load_digits
from cnnfilters.kernel_bank.families import edge_line_bank
from cnnfilters.model import build_model
from cnnfilters.provenance import versions
from cnnfilters.run import Run
from cnnfilters.task import Task

__all__ = ["TrainConfig", "pick_device", "snapshot_steps", "train"]

EVALUATION_BATCH = 1_000
LARGEST_LOSS = 1e6  # nats, where guessing costs 2.3: what comes after is no training


class TrainingError(RuntimeError):
    """A training went wrong at a step that the message names."""


def pick_device(wanted: str = "auto") -> str:
    """The device to train on.

    Args:
        wanted: `auto` (CUDA where it is), `cpu` or `cuda`.

    Returns:
        `cpu` or `cuda`.

    Raises:
        ValueError: `cuda` was asked for and is not there, or the name is unknown.

    Example:
        >>> pick_device("cpu")
        'cpu'
    """
    if wanted not in ("auto", "cpu", "cuda"):
        raise ValueError(f"`device` (={wanted!r}) must be one of auto, cpu, cuda")
    if wanted == "cpu":
        return "cpu"
    if torch.cuda.is_available():
        return "cuda"
    if wanted == "cuda":
        raise ValueError("`device` (='cuda') needs a CUDA GPU and a CUDA build of torch; use cpu")
    return "cpu"


def train(
    config: TrainConfig,
    *,
    digits: Digits | None = None,
    root: str | Path | None = None,
    device: str = "auto",
    label: str | None = None,
) -> Run:
    """Train one network from its start to its end.

    On the CPU the result is the same to the bit for one config, one set of digits and one version
    of torch. On CUDA it is seeded, and close.

    Args:
        config: What to do.
        digits: What to learn from; None loads what `config.source` names.
        root: Folder of full MNIST, for `load_digits`.
        device: `auto`, `cpu` or `cuda`.
        label: Name on the progress bar, which a terminal alone shows; None hides it.

    Returns:
        Snapshots at log-spaced steps with loss and accuracy on the held-out digits.

    Raises:
        ValueError: The device or the digits are not to be had.
        TrainingError: The loss is no number, or beyond all bounds; or the GPU's memory is full.

    Example:
        >>> images, labels = np.zeros((10, 28, 28), np.float32), np.arange(10)
        >>> digits = Digits("sample", images, labels, images, labels, checksum="")
        >>> run = train(TrainConfig(steps=2), digits=digits, device="cpu")
        >>> run.steps.tolist(), run.weights["conv1.weight"].shape  # snapshots first
        ([0, 1, 2], (3, 16, 1, 5, 5))
        >>> train(TrainConfig(), device="tpu")
        Traceback (most recent call last):
        ValueError: `device` (='tpu') must be one of auto, cpu, cuda
    """
    place = pick_device(device)
    digits = digits or load_digits(config.source, root)
    try:
        with _repeatable(config.seed, place):
            return _train(config, digits, place, label)
    except torch.OutOfMemoryError as error:
        raise TrainingError(
            f"`device` (={place!r}) has too little free memory for batch_size={config.batch_size}; "
            "use cpu, or a smaller batch"
        ) from error


def _train(config: TrainConfig, digits: Digits, device: str, label: str | None) -> Run:
    rng = np.random.default_rng(config.seed)
    task = Task(config, digits, rng, device)
    model = _start(config).to(device).to(memory_format=torch.channels_last)  # faster pooling
    optimizer, schedule = _optimizer(config, model)
    wanted = set(snapshot_steps(config.steps, config.snapshots))
    history = [_Snapshot.take(0, model, task)]
    bar = tqdm(total=config.steps, desc=label, disable=None if label else True)
    for step, batch in zip(range(1, config.steps + 1), task.batches(), strict=False):
        _check(_step(config, model, optimizer, *task.at(batch)), step, config)
        schedule.step()
        if step in wanted:
            history.append(_Snapshot.take(step, model, task))
            _check(history[-1].loss, step, config)
        bar.update()
    bar.close()
    return _run(config, digits, device, history, len(task.labels))


def _check(loss: float, step: int, config: TrainConfig) -> None:
    if not loss < LARGEST_LOSS:  # also NaN
        raise TrainingError(
            f"loss is {loss:.3g} at step {step} of {config.steps} with "
            f"learning_rate={config.learning_rate}; use a smaller one"
        )


def _step(
    config: TrainConfig,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    images: Tensor,
    labels: Tensor,
) -> float:
    optimizer.zero_grad(set_to_none=True)
    loss = functional.cross_entropy(model(images), labels)
    if config.conv1_l2:
        loss = loss + config.conv1_l2 * model.get_parameter("conv1.weight").square().sum()
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
    optimizer.step()
    return float(loss.detach())


def _start(config: TrainConfig) -> nn.Module:
    """The network before its first step, by the config's seed alone."""
    model = build_model(config)
    first = getattr(model, "conv1", None)
    if first is None:
        return model
    with torch.no_grad():
        if config.conv1 == "bank":
            kernels = torch.from_numpy(edge_line_bank(first.kernel_size[0]))[:, None]
            length = first.weight.norm() / len(kernels) ** 0.5  # of a random kernel, on average
            first.weight.copy_(length * kernels)
        first.weight *= config.conv1_scale
        if config.conv1_scale < 1:
            first.bias.zero_()  # else the bias, ten times the weights, decides what fires
    first.requires_grad_(config.conv1 == "learned")
    return model


def _optimizer(
    config: TrainConfig, model: nn.Module
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    learned = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer: torch.optim.Optimizer
    if config.optimizer == "adam":
        optimizer = torch.optim.Adam(learned, lr=config.learning_rate)
    else:  # a shorter memory of squared gradients (.99) suits so short a training
        optimizer = torch.optim.AdamW(
            learned, lr=config.learning_rate, betas=(0.9, 0.99), weight_decay=0, fused=True
        )
    if config.schedule == "constant":
        return optimizer, torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1, total_iters=0)
    return optimizer, torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=config.learning_rate,
        total_steps=config.steps + 1,
        pct_start=0.15,
        div_factor=10,
        final_div_factor=10,
        cycle_momentum=False,
    )


def snapshot_steps(total: int, count: int = TrainConfig.snapshots) -> list[int]:
    """Steps at which weights are kept: 0, then about evenly spaced in the logarithm.

    Args:
        total: Steps of the training, at least 1.
        count: Snapshots after the start, at least 1; where two would fall on one step, fewer.

    Example:
        >>> snapshot_steps(100)
        [0, 1, 2, 3, 4, 6, 8, 12, 17, 24, 35, 49, 70, 100]
        >>> snapshot_steps(2)
        [0, 1, 2]
        >>> snapshot_steps(100, count=1)
        [0, 100]
    """
    spaced = np.geomspace(total, 1, count).round().astype(int)  # the last one whatever the count
    return sorted({0, *map(int, spaced)})


class _Snapshot:
    """Weights, loss and accuracy at one step."""

    def __init__(
        self, step: int, weights: dict[str, np.ndarray], loss: float, accuracy: float
    ) -> None:
        self.step, self.weights, self.loss, self.accuracy = step, weights, loss, accuracy

    @classmethod
    @torch.inference_mode()
    def take(cls, step: int, model: nn.Module, task: Task) -> _Snapshot:
        batches = torch.split(task.held_out, EVALUATION_BATCH)
        logits = torch.cat([model(images) for images in batches])
        weights = {
            name: value.detach().cpu().contiguous().numpy().copy()
            for name, value in model.state_dict().items()
        }
        loss = functional.cross_entropy(logits, task.held_out_labels).item()
        hits = (logits.argmax(1) == task.held_out_labels).float().mean().item()
        return cls(step, weights, loss, hits)


def _run(
    config: TrainConfig, digits: Digits, device: str, history: list[_Snapshot], learned_from: int
) -> Run:
    names = history[0].weights
    return Run(
        steps=np.array([snapshot.step for snapshot in history]),
        weights={name: np.stack([each.weights[name] for each in history]) for name in names},
        loss=np.array([snapshot.loss for snapshot in history]),
        accuracy=np.array([snapshot.accuracy for snapshot in history]),
        config=config.to_mapping(),
        data={
            "source": digits.source,
            "checksum": digits.checksum,
            "train": learned_from,
            "held_out": len(digits.held_out_images),
            "train_words": f"{learned_from:,} digits",
            "held_out_words": digits.held_out_words,
        },
        machine={
            "device": device,
            "threads": THREADS,
            "versions": {"python": platform.python_version(), **versions("torch", "numpy")},
        },
    )


@contextmanager
def _repeatable(seed: int, device: str) -> Iterator[None]:
    """One seed, one thread, deterministic algorithms; all put back at the end.

    A training on the CPU asks nothing of a GPU, whose memory may be full.
    """
    threads, strict = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    lenient = torch.is_deterministic_algorithms_warn_only_enabled()
    memory: Any = torch.utils.deterministic  # its types are unknown
    filling = memory.fill_uninitialized_memory
    gpus = [] if device == "cpu" else [torch.cuda.current_device()]
    with torch.random.fork_rng(devices=gpus):
        try:
            torch.set_num_threads(THREADS)
            torch.use_deterministic_algorithms(mode=True, warn_only=True)
            memory.fill_uninitialized_memory = False  # with NaN, which nobody would read
            torch.default_generator.manual_seed(seed)
            for _ in gpus:
                torch.cuda.manual_seed(seed)  # of the current one
            yield
        finally:
            torch.set_num_threads(threads)
            torch.use_deterministic_algorithms(mode=strict, warn_only=lenient)
            memory.fill_uninitialized_memory = filling
