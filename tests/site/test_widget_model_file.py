"""A network's file that anyone may have written is refused in words, or is what it says."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from checks.built_site import BuiltSite
from checks.widget_files import Model, written
from checks.widget_page import ask
from cnnfilters.export.limits import LIMITS

pytestmark = pytest.mark.browser
READ = """text => { try { module.readModel(text); return null } catch (error) {
  return [error.constructor.name, error.message] } }"""


def changed(model: Model, *path: Any, to: Any) -> Model:
    """A copy in which one part is another."""
    copy = deepcopy(model)
    part: Any = copy
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = to
    return copy


def floats(count: int, value: float) -> str:
    return base64.b64encode(np.full(count, value, "<f4").tobytes()).decode()


BAD_TEXTS = {
    "empty": ("", "is not JSON"),
    "html": ("<script>alert(1)</script>", "is not JSON"),
    "script": ("alert(1)", "is not JSON"),
    "deep": ("[" * 500_000, "is not JSON"),
    "number": ("7", "The file must be an object"),
    "null": ("null", "The file must be an object"),
    "large": (" " * (LIMITS["bytes"] + 1), "At most 20,000,000 are read"),
    "nothing": ("{}", "`format` (=undefined)"),
}
BAD: dict[str, tuple[Callable[[Model], Any], str]] = {
    "NaN in JSON": (
        lambda m: changed(m, "input", "mean", to=float("nan")),
        "is not JSON",
    ),
    "list": (lambda m: [m], "The file must be an object"),
    "prototype": (lambda m: {"__proto__": m}, "`format` (=undefined)"),
    "inherited": (lambda m: changed(m, "layers", 0, "type", to="constructor"), "must be conv"),
    "format": (lambda m: m | {"format": "onnx"}, "`format` (=“onnx”)"),
    "version": (lambda m: m | {"version": 2}, "`version` (=2) must be 1"),
    "version text": (lambda m: m | {"version": "1"}, "`version` (=“1”)"),
    "name": (lambda m: m | {"name": "x" * 10**6}, "`name` must be a text"),
    "accuracy": (lambda m: m | {"accuracy": 98.3}, "`accuracy` (=98.3)"),
    "std 0": (lambda m: changed(m, "input", "std", to=0), "`input.std` (=0)"),
    "mean text": (lambda m: changed(m, "input", "mean", to="0"), "`input.mean` (=“0”)"),
    "size": (lambda m: changed(m, "input", "size", to=[32, 32]), "`input.size` must be 28 and 28"),
    "no layers": (lambda m: m | {"layers": []}, "Layer 1 (=undefined) must be conv"),
    "a million layers": (lambda m: m | {"layers": [0] * 10**6}, "are too many"),
    "no layer": (lambda m: changed(m, "layers", 2, to=None), "Layer 3 must be an object"),
    "order": (lambda m: m | {"layers": m["layers"][1:]}, "Layer 1 (=“max-pool”) must be conv"),
    "pool": (lambda m: changed(m, "layers", 1, "size", to=3), "Layer 2: `size` (=3) must be 2"),
    "padding": (lambda m: changed(m, "layers", 0, "padding", to=-1), "`padding` (=-1)"),
    "padding 10000": (lambda m: changed(m, "layers", 0, "padding", to=10000), "`padding` (=10000)"),
    "padding 0.5": (lambda m: changed(m, "layers", 0, "padding", to=0.5), "must be a whole number"),
    "shape": (
        lambda m: changed(m, "layers", 0, "weight", "shape", to=[16, 1, 5, 4]),
        "base64 of the 320 numbers",
    ),
    "huge shape": (
        lambda m: changed(m, "layers", 0, "weight", "shape", to=[10**9, 1, 5, 5]),
        "must be a whole number from 1 to 20,000",
    ),
    "axes": (lambda m: changed(m, "layers", 0, "weight", "shape", to=[400]), "It must have 4"),
    "a million axes": (
        lambda m: changed(m, "layers", 0, "weight", "shape", to=[1] * 10**6),
        "are too many",
    ),
    "not base64": (
        lambda m: changed(m, "layers", 0, "weight", "float32", to="!" * 2136),
        "must be base64",
    ),
    "numbers as a list": (
        lambda m: changed(m, "layers", 0, "weight", "float32", to=[0.5] * 400),
        "must be base64",
    ),
    "NaN": (
        lambda m: changed(m, "layers", 0, "weight", "float32", to=floats(400, float("nan"))),
        "not finite",
    ),
    "infinity": (
        lambda m: changed(m, "layers", 0, "bias", "float32", to=floats(16, float("inf"))),
        "not finite",
    ),
    "bias": (
        lambda m: changed(m, "layers", 0, "bias", to={"shape": [3], "float32": floats(3, 0)}),
        "`bias` has 3 numbers. It must have 16",
    ),
    "linear": (
        lambda m: changed(
            m, "layers", 6, "weight", to={"shape": [10, 511], "float32": floats(5110, 0)}
        ),
        "takes 511 numbers and would get 512",
    ),
    "classes": (
        lambda m: changed(
            changed(m, "layers", 6, "weight", to={"shape": [9, 512], "float32": floats(4608, 0)}),
            "layers",
            6,
            "bias",
            to={"shape": [9], "float32": floats(9, 0)},
        ),
        "It must give 10",
    ),
    "relu at the end": (
        lambda m: m | {"layers": [*m["layers"], {"type": "relu"}]},
        "must end with a linear layer",
    ),
}


def refusal(bare: Page, text: str) -> str:
    """Why a file is refused."""
    (refused,) = ask(bare, "model_file.js", READ, [text])
    assert refused, "it was accepted"
    kind, words = refused
    assert kind == "Refusal"
    assert len(words) < 300
    return str(words)


@pytest.mark.parametrize("case", BAD_TEXTS)
def test_what_is_no_network_is_refused_in_words(bare: Page, case: str) -> None:
    text, words = BAD_TEXTS[case]
    assert words in refusal(bare, text)


@pytest.mark.parametrize("case", BAD)
def test_a_spoiled_network_is_refused_in_words(bare: Page, site: BuiltSite, case: str) -> None:
    spoil, words = BAD[case]
    assert words in refusal(bare, json.dumps(spoil(written(site, "model-default"))))


def test_the_same_network_unspoiled_is_accepted(bare: Page, site: BuiltSite) -> None:
    good = json.dumps(written(site, "model-default"))
    assert ask(bare, "model_file.js", READ, [good]) == [None]
