"""Random settings of the arithmetic playground, and PyTorch's answer to them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn import functional

from cnnfilters.arithmetic import ConvGeometry

Case = dict[str, Any]


def random_case(rng: np.random.Generator) -> Case:
    transposed = bool(rng.integers(2))
    pair = lambda low, high: tuple(map(int, rng.integers(low, high, size=2)))  # noqa: E731
    sides = [pair(0, 4), pair(0, 4)]
    if rng.random() < 0.7:
        sides = [(before, before) for before, _ in sides]
    groups = int(rng.integers(1, 4))
    return {
        "transposed": transposed,
        "input": pair(1, 12),
        "kernel": pair(1, 6),
        "stride": pair(1, 4) if rng.random() < 0.7 else (1, 1),
        "dilation": pair(1, 4) if rng.random() < 0.5 else (1, 1),
        "added": pair(0, 3) if transposed and rng.random() < 0.5 else (0, 0),
        "padding": "same" if rng.random() < 0.1 else tuple(sides),
        "in": groups * int(rng.integers(1, 3)) + int(rng.random() < 0.05),
        "out": groups * int(rng.integers(1, 3)),
        "groups": groups,
        "painted": bool(rng.integers(2)),
        "step": int(rng.integers(1, 150)),
    }


def as_text(case: Case) -> dict[str, str]:
    """The settings as an address or an attribute holds them."""
    join = lambda numbers: "x".join(map(str, numbers))  # noqa: E731
    padding = case["padding"]
    texts = {name: join(case[name]) for name in ("input", "kernel", "stride", "dilation", "added")}
    texts |= {
        name: str(int(case[name]))
        for name in ("transposed", "painted", "in", "out", "groups", "step")
    }
    return texts | {"padding": padding if padding == "same" else join(padding[0] + padding[1])}


def pytorch(case: Case, image: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """The operation in PyTorch, uneven sides by padding before or cropping after."""
    options = {"stride": case["stride"], "dilation": case["dilation"], "groups": case["groups"]}
    if case["padding"] == "same":
        if case["transposed"]:
            raise ValueError("same")
        return functional.conv2d(image, weight, padding="same", **options)
    (top, bottom), (left, right) = case["padding"]
    if not case["transposed"]:
        return functional.conv2d(
            functional.pad(image, (left, right, top, bottom)), weight, **options
        )
    whole = functional.conv_transpose2d(image, weight, output_padding=case["added"], **options)
    cut = whole[..., top : whole.shape[-2] - bottom, left : whole.shape[-1] - right]
    if min(whole.shape[-2] - top - bottom, whole.shape[-1] - left - right) < 1:
        raise ValueError("nothing is left")
    return cut


def ones(case: Case) -> tuple[torch.Tensor, torch.Tensor]:
    if case["in"] % case["groups"] or case["out"] % case["groups"]:
        raise ValueError("groups")
    first, second = (case["in"], case["out"]) if case["transposed"] else (case["out"], case["in"])
    image = torch.ones(1, case["in"], *case["input"], dtype=torch.float64, requires_grad=True)
    weight = torch.ones(first, second // case["groups"], *case["kernel"], dtype=torch.float64)
    return image, weight


def geometry(case: Case) -> ConvGeometry:
    return ConvGeometry(
        case["kernel"],
        stride=case["stride"],
        padding=case["padding"],
        dilation=case["dilation"],
        transposed=case["transposed"],
        output_padding=case["added"],
    )


def from_text(texts: dict[str, str]) -> Case:
    case: Case = {name: int(texts[name]) for name in ("in", "out", "groups")}
    case["transposed"] = texts["transposed"] == "1"
    for name in ("input", "kernel", "stride", "dilation", "added"):
        numbers = [int(part) for part in texts[name].split("x")]
        case[name] = (numbers[0], numbers[-1])
    parts = texts["padding"].split("x")
    if texts["padding"] == "same":
        case["padding"] = "same"
    elif len(parts) == 4:
        top, bottom, left, right = map(int, parts)
        case["padding"] = ((top, bottom), (left, right))
    else:
        case["padding"] = tuple((int(side), int(side)) for side in (parts[0], parts[-1]))
    return case
