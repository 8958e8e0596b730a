"""One table of cases for three: PyTorch, the package and the page take and refuse the same."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from arithmetic.modules_at_work import (
    REFUSALS,
    REFUSED,
    STACKS,
    WALK,
    Outcome,
    after_weights,
    build,
    in_pytorch,
)
from checks.traced_pages import Answer, Row, numbers, rows_of, traced_in
from checks.widget_page import ask

# PyTorch warns of what may not have been meant, and does it
pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings(
        "ignore:Using padding='same' with even kernel lengths",
        "ignore:Lazy modules are a new feature",
        "ignore:Implicit dimension choice",
        "ignore:dropout.d. Received a .-D input",
        "ignore:input's size at dim",
        "ignore:.*align_corners",
        "ignore:Initializing zero-element tensors",
        "ignore:nn.init.*zero",
        "ignore:keyword argument .* is deprecated and renamed",
        "ignore:Anomaly",
    ),
]
Case = tuple[str, list[int]]
TRACED = {name: entry["cases"] for name, entry in WALK.items() if "cases" in entry}
LEFT_OUT = {name: entry for name, entry in WALK.items() if "refused" in entry}
LAYERS = sorted(set(TRACED) - {"Sequential"})


def outcome(answer: Answer, shape: list[int]) -> Outcome:
    """The sums of a page's answer, as PyTorch's are compared."""
    if answer["refused"] is not None:
        return REFUSED
    rows = answer["rows"]
    return Outcome(
        tuple(rows[-1]["shape"] if rows else shape),
        sum(row["parameters"] for row in rows),
        sum(row["macs"] for row in rows),
        sum(row["memory"]["training"] for row in rows),
    )


def in_package(code: str, shape: list[int]) -> list[Row] | None:
    """Its rows; None where it refuses."""
    try:
        return rows_of(build(code), shape)
    except REFUSALS:
        return None


def differing(cases: list[Case], answers: list[Answer]) -> list[tuple[Any, ...]]:
    """The cases that the page answers otherwise than PyTorch or the package."""
    found = []
    for (code, shape), answer in zip(cases, answers, strict=True):
        rows = None if answer["refused"] is not None else numbers(answer)
        torch_says, package_says = in_pytorch(code, tuple(shape)), in_package(code, shape)
        if outcome(answer, shape) != torch_says or rows != package_says:
            found.append((code, shape, torch_says, package_says, answer))
    return found


@pytest.mark.parametrize("name", LAYERS)
def test_each_layer_is_traced_as_pytorch_runs_it(bare: Page, name: str) -> None:
    assert differing(TRACED[name], traced_in(bare, TRACED[name])) == []


@pytest.mark.parametrize("name", LAYERS)
def test_each_layer_behind_weights_is_traced_as_pytorch_runs_it(bare: Page, name: str) -> None:
    cases = [(after_weights(code, shape), shape) for code, shape in TRACED[name]]
    assert differing(cases, traced_in(bare, cases)) == []


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: str(stack["name"]))
def test_everyday_stacks_are_traced_as_pytorch_runs_them(bare: Page, stack: Any) -> None:
    case = (stack["code"], stack["input"])
    assert differing([case], traced_in(bare, [case])) == []


def test_a_wrong_answer_would_be_found(bare: Page) -> None:
    case = ("Conv2d(4, 2, 3)", [4, 9, 10])
    [answer] = traced_in(bare, [case])
    assert differing([case], [answer]) == []
    for number in ("parameters", "macs"):
        [row] = answer["rows"]
        assert differing([case], [{**answer, "rows": [{**row, number: row[number] + 1}]}])
    assert differing([case], [{**answer, "refused": "no"}])
    assert differing([("Conv2d(4, 2, 30)", [4, 9, 10])], [answer])


def test_what_is_no_layer_of_a_stack_is_refused_with_the_packages_reason(bare: Page) -> None:
    [reasons] = ask(bare, "lib/torch/refused.js", "() => Object.fromEntries(module.REFUSED)", [0])
    assert reasons == {name: entry["refused"] for name, entry in LEFT_OUT.items()}
    cases = [(f"nn.Sequential(nn.{entry['code']})", [4, 9, 10]) for entry in LEFT_OUT.values()]
    for name, answer in zip(LEFT_OUT, traced_in(bare, cases), strict=True):
        assert answer["refused"], name


def test_the_page_knows_the_layers_that_the_table_walks(bare: Page) -> None:
    [kinds] = ask(bare, "lib/torch/kinds.js", "() => [...module.KINDS.keys()]", [0])
    [signatures] = ask(bare, "lib/torch/signatures.js", "() => [...module.SIGNATURES.keys()]", [0])
    assert sorted(kinds) == sorted(signatures) == LAYERS
