"""The numbers of the shape tracer: what PyTorch and the package say of the same stack."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Page
from torch import nn

from checks.random_stacks import as_code, outcome, random_stack
from cnnfilters.arithmetic import trace

pytestmark = [
    pytest.mark.browser,
    # PyTorch copies an image that "same" pads unevenly, and says so
    pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths"),
    pytest.mark.filterwarnings("ignore:Lazy modules are a new feature"),
    pytest.mark.filterwarnings("ignore:input's size at dim"),  # InstanceNorm without weights
]
CASES = 800
# What fails there is mostly a number that is known; of other layers often none is sure.
MENDED = ("Conv", "MaxPool", "AvgPool", "BatchNorm", "PReLU", "Linear")
TRACE = """async ([code, input]) => {
  const [stack, shapes] = await Promise.all(["tracer/stack.js", "lib/shapes.js"].map(
    name => import(new URL(`widgets/${name}`, document.baseURI))));
  const rows = trace => trace.rows.map(row => ({...row, layer: row.layer.path}));
  try {
    let layers = stack.readStack(code);
    const first = shapes.trace(layers, input);
    let [mended, now] = [code, first];
    for (let turn = 0; turn < 12 && now.problem?.fixes.length; turn++) {
      mended = stack.mendedCode(mended, layers, now.problem.layer, now.problem.fixes[0]);
      layers = stack.readStack(mended);
      now = shapes.trace(layers, input);
    }
    return {
      rows: rows(first), problem: first.problem?.message ?? null,
      fixes: first.problem?.fixes.length ?? 0, mended, works: now.problem === null,
      written: stack.stackCode(stack.writeStack(stack.readStack(code))),
    };
  } catch (error) { return {refused: error.message, rows: []}; }
}"""
Case = dict[str, Any]


@pytest.fixture(scope="module")
def traced(bare: Page) -> list[tuple[list[str], list[int], Case]]:
    """Random stacks, as lines of code, with their input and what the tracer makes of them."""
    rng = np.random.default_rng(11)
    cases = [random_stack(rng) for _ in range(CASES)]
    codes = [[as_code(layers, rng), shape] for layers, shape in cases]
    trace_all = f"async cases => JSON.stringify(await Promise.all(cases.map({TRACE})))"
    answers = json.loads(bare.evaluate(trace_all, codes))
    return [(layers, shape, answer) for (layers, shape), answer in zip(cases, answers, strict=True)]


def test_it_stops_where_pytorch_stops_with_pytorchs_shapes(traced: list) -> None:
    whole = 0
    for layers, shape, answer in traced:
        modules, shapes = outcome(layers, shape)
        assert "refused" not in answer, (layers, answer)
        assert [row["shape"] for row in answer["rows"]] == shapes, (
            layers,
            shape,
            answer["problem"],
        )
        assert (answer["problem"] is None) == (len(shapes) == len(layers)), (
            layers,
            answer["problem"],
        )
        counts = [sum(p.numel() for p in module.parameters()) for module in modules]
        assert [row["parameters"] for row in answer["rows"]] == counts
        whole += len(shapes) == len(layers)
    assert CASES * 0.4 < whole < CASES * 0.9


def test_costs_and_receptive_fields_are_those_of_the_package(traced: list) -> None:
    compared = 0
    for layers, shape, answer in traced:
        modules, _ = outcome(layers, shape)
        for row, wanted in zip(
            answer["rows"], trace(nn.Sequential(*modules), shape).rows, strict=True
        ):
            assert row["macs"] == wanted.macs, (layers, row)
            field = wanted.receptive_field
            expected = field and {
                "size": [*field.size],
                "jump": [*field.jump],
                "start": [*field.start],
            }
            assert row["field"] == expected, (layers, row)
            compared += 1
    assert compared > 1500


def test_its_repairs_work_in_pytorch(traced: list) -> None:
    repaired = 0
    for _, shape, answer in traced:
        if answer["problem"] is None or not answer["works"]:
            continue
        text = answer["mended"]
        layers = text if text.startswith(("nn.", "torch.")) else None
        if layers is None:
            continue  # PyTorch's own print is no code
        names = {"nn": nn, "torch": torch, "OrderedDict": __import__("collections").OrderedDict}
        eval(layers, names).eval()(torch.zeros(2, *shape))
        repaired += 1
    mendable = [
        answer["fixes"] > 0
        for layers, _, answer in traced
        if answer["problem"] and layers[len(answer["rows"])].startswith(MENDED)
    ]
    assert repaired > 30
    assert len(mendable) > 100
    assert sum(mendable) > 0.8 * len(mendable)


def test_it_writes_what_it_read(traced: list) -> None:
    for layers, shape, answer in traced:
        _, shapes = outcome(layers, shape)
        if len(shapes) == len(layers):
            again = eval(answer["written"], {"nn": nn}).eval()
            with torch.no_grad():
                assert list(again(torch.zeros(2, *shape)).shape[1:]) == shapes[-1]
