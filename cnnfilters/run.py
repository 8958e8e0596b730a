"""What a training left behind: weights at log-spaced steps, and where they came from."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from cnnfilters.config import TrainConfig
from cnnfilters.files import write_atomically

FORMAT = 1  # raised when the file's layout changes


class RunError(ValueError):
    """The file is no Run of this version; one line says what was found."""


@dataclass(frozen=True)
class Run:
    """A trained network as arrays, from its start to its end.

    Every array has a leading axis of snapshots; index 0 is the untrained start, -1 the end.

    Attributes:
        steps: Of each snapshot: 0, then log-spaced, as early steps move most.
        weights: By PyTorch's names, such as `conv1.weight`; snapshots first, then as in PyTorch.
        loss: Mean cross-entropy on the held-out digits, in nats.
        accuracy: Share of the held-out digits that are read rightly, in [0, 1].
        config: What `TrainConfig.to_mapping` gave.
        data: Source and checksum of the digits; how many, and how to say it in words.
        machine: Device, threads, and versions of the libraries.

    Example:
        >>> kernels = np.array([[-1.0, 0.0, 1.0]] * 3).reshape(1, 1, 1, 3, 3)  # one snapshot of one
        >>> run = Run(np.array([0]), {"conv1.weight": kernels}, np.ones(1), np.ones(1), {}, {}, {})
        >>> run.kernels()[0]
        array([[-1.,  0.,  1.],
               [-1.,  0.,  1.],
               [-1.,  0.,  1.]])
    """

    steps: Int[np.ndarray, " snapshots"]
    weights: Mapping[str, Float[np.ndarray, "snapshots ..."]]
    loss: Float[np.ndarray, " snapshots"]
    accuracy: Float[np.ndarray, " snapshots"]
    config: Mapping[str, Any]
    data: Mapping[str, Any]
    machine: Mapping[str, Any]

    def __post_init__(self) -> None:
        lengths = {len(self.steps), len(self.loss), len(self.accuracy)}
        lengths |= {len(array) for array in self.weights.values()}
        if len(lengths) != 1 or not self.weights:
            raise RunError(f"arrays of a Run need one length, found {sorted(lengths)}")
        for name, array in {"loss": self.loss, "accuracy": self.accuracy, **self.weights}.items():
            if not np.isfinite(array).all():
                raise RunError(f"`{name}` holds a value that is not finite")

    @property
    def train_config(self) -> TrainConfig:
        """The config as its own type."""
        return TrainConfig.from_mapping(self.config)

    def kernels(self, snapshot: int = -1) -> Float[np.ndarray, "filters height width"]:
        """The kernels of the first layer, which has one input channel.

        Args:
            snapshot: Index of the snapshot; -1 is the trained end.

        Returns:
            One 2-D kernel for each filter.
        """
        return np.asarray(self.weights["conv1.weight"][snapshot][:, 0])

    def save(self, path: Path) -> None:
        """Write one `.npz` in one step.

        Raises:
            OSError: The folder can't be written; an earlier file stays as it was.
        """
        buffer = io.BytesIO()
        about = {
            "format": FORMAT,
            "config": self.config,
            "data": self.data,
            "machine": self.machine,
        }
        arrays: dict[str, Any] = {f"weights/{name}": w for name, w in self.weights.items()}
        np.savez_compressed(
            buffer,
            about=np.array(json.dumps(about, sort_keys=True)),
            steps=self.steps,
            loss=self.loss,
            accuracy=self.accuracy,
            **arrays,
        )
        write_atomically(path, buffer.getvalue())

    @classmethod
    def load(cls, path: Path) -> Run:
        """Read what `save` wrote, running no code from the file.

        Raises:
            OSError: There is no such file, or it can't be read.
            RunError: The file is damaged, foreign or of another format.

        Example:
            >>> from tempfile import TemporaryDirectory
            >>> weights = {"fc.bias": np.array([[0.5, -0.5]])}
            >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), {"seed": 3}, {}, {})
            >>> with TemporaryDirectory() as folder:
            ...     run.save(Path(folder) / "mine.npz")
            ...     Run.load(Path(folder) / "mine.npz").config
            {'seed': 3}
        """
        file = io.BytesIO(path.read_bytes())
        try:
            if not zipfile.is_zipfile(file):  # numpy would advise to trust a pickle
                raise RunError("no .npz archive")
            with np.load(file, allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in archive.files}
            about = json.loads(str(arrays.pop("about")))
            if about["format"] != FORMAT:
                raise RunError(f"format {about['format']}, this version reads {FORMAT}")
            weights = {
                name.removeprefix("weights/"): array
                for name, array in arrays.items()
                if name.startswith("weights/")
            }
            return cls(
                steps=arrays["steps"],
                weights=weights,
                loss=arrays["loss"],
                accuracy=arrays["accuracy"],
                config=about["config"],
                data=about["data"],
                machine=about["machine"],
            )
        except Exception as error:  # a foreign file fails in any way: zipfile, zlib, numpy, json
            raise RunError(f"{path} is not a Run ({error}); delete it and build again") from error
