"""Which of PyTorch's operations mean what the digit lab can do, by their arguments."""

from __future__ import annotations

import numpy as np

from cnnfilters.export.batch_norm import BatchNorm
from cnnfilters.export.format import POOL
from cnnfilters.export.limits import ExportError
from cnnfilters.export.steps import Step

SAME_NUMBERS = {  # another shape or a copy, the numbers in the same order
    *("view", "_unsafe_view", "reshape", "_reshape_alias", "flatten", "unsqueeze", "squeeze"),
    *("alias", "detach", "clone", "contiguous", "_to_copy", "lift_fresh", "view_as"),
}
NORMS = {"native_batch_norm", "_native_batch_norm_legit_no_training", "_native_batch_norm_legit"}
CONVOLVE = {"convolution", "_convolution"}  # the second in what torch.jit has traced
ENDS = {"_log_softmax", "_softmax"}


def keeps_numbers(step: Step) -> bool:
    """Whether every digit keeps its numbers, and their order."""
    return step.operation in SAME_NUMBERS


def is_relu(step: Step) -> bool:
    """ReLU, by any of its names."""
    given = step.arguments
    match step.operation:
        case "relu":
            return True
        case "clamp" | "clamp_min":
            return _is(given["min"], 0) and given.get("max") is None
        case "leaky_relu":
            return _is(given["negative_slope"], 0)
        case "threshold":
            return _is(given["threshold"], 0) and _is(given["value"], 0)
        case "maximum":
            return any(_is(given[name], 0) for name in ("self", "other"))
    return False


def is_pool(step: Step) -> bool:
    """The largest of each block, of whatever size."""
    return step.operation == "max_pool2d_with_indices"


def why_no_pool(step: Step) -> str:
    """What about a max-pooling the digit lab has not; empty for 2×2 with whole blocks alone."""
    given = step.arguments
    rules = {
        f"pools {_said(given['kernel_size'])}, not 2×2": not _all(given["kernel_size"], POOL),
        f"has stride {_said(given['stride'])}, not 2": not _all(given["stride"], POOL),
        f"has padding {_said(given['padding'])}": not _all(given["padding"], 0),
        f"has dilation {_said(given['dilation'])}": not _all(given["dilation"], 1),
        "has ceil_mode=True": given["ceil_mode"],
    }
    return next((reason for reason, holds in rules.items() if holds), "")


def affine(step: Step) -> tuple[float, float] | None:
    """The `a` and `b` of an operation that makes a·x + b of every number; None for another."""
    if step.operation not in ("add", "sub", "mul", "div"):
        return None
    value, alpha = step.arguments["other"], step.arguments.get("alpha", 1)
    if value is None or np.size(value) != 1 or step.arguments.get("rounding_mode"):
        return None
    number = float(np.reshape(value, ()))
    known = {"add": (1, number * alpha), "sub": (1, -number * alpha), "mul": (number, 0)}
    known |= {"div": (1 / number, 0)} if number else {}
    return known.get(step.operation)


def why_no_convolution(step: Step) -> str:
    """What about a convolution the digit lab has not; empty if it has all of it."""
    given = step.arguments
    padding = given["padding"]
    rules = {
        "is transposed": given["transposed"],
        f"has stride {_said(given['stride'])}": not _all(given["stride"], 1),
        f"has dilation {_said(given['dilation'])}": not _all(given["dilation"], 1),
        f"has groups={given['groups']}": given["groups"] != 1,
        f"has another padding above than on the left, {_said(padding)}": len(set(padding)) > 1,
        f"has {len(padding)} axes": step.output.ndim != 4,
        "makes its weight from the digits": given["weight"] is None,
    }
    return next((reason for reason, holds in rules.items() if holds), "")


def batch_norm(step: Step) -> BatchNorm:
    """Batch normalisation at rest.

    Raises:
        ExportError: It reckons with the mean and variance of each batch.
    """
    given = step.arguments
    if given.get("training", False) or given.get("running_mean") is None:
        raise ExportError(
            f"{step.words} normalises with what it measures on each batch of digits, or on each "
            "digit; only batch normalisation with running statistics can be folded"
        )
    return BatchNorm(
        step.layer or step.operation,
        given["running_mean"],
        given["running_var"],
        given["weight"],
        given["bias"],
        float(given["eps"]),
    )


def linear_parts(step: Step) -> tuple[np.ndarray, np.ndarray] | None:
    """The weight (outputs, inputs) and bias of a linear layer; None for anything else."""
    given = step.arguments
    if step.operation == "mm" and given["mat2"] is not None:
        return given["mat2"].T, np.zeros(given["mat2"].shape[1])
    plain = step.operation == "addmm" and given["mat2"] is not None and given["self"] is not None
    if plain and _is(given["beta"], 1) and _is(given["alpha"], 1):
        outputs = given["mat2"].shape[1]
        return given["mat2"].T, np.broadcast_to(given["self"], (outputs,)).copy()
    return None


def _is(value: object, number: float) -> bool:
    return value is not None and bool(np.all(np.asarray(value) == number))


def _all(values: object, number: int) -> bool:
    return bool(np.all(np.asarray(values) == number))


def _said(sizes: list[int]) -> str:
    sizes = [*sizes] * (2 if len(sizes) == 1 else 1)
    return "×".join(str(size) for size in sizes)
