"""The numbers of the arithmetic playground: what PyTorch says of the same settings."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Page

from checks.arithmetic_settings import (
    Case,
    as_text,
    from_text,
    geometry,
    ones,
    pytorch,
    random_case,
)

pytestmark = [
    pytest.mark.browser,
    # PyTorch copies an image that "same" pads unevenly, and says so
    pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths"),
]
CASES = 1000
WORK = """async settings => {
  const [state, problems, picture, words, arithmetic, relationships] = await Promise.all([
    "arithmetic/state.js", "arithmetic/problems.js", "arithmetic/picture.js", "arithmetic/words.js",
    "lib/arithmetic.js", "lib/relationships.js",
  ].map(name => import(new URL(`widgets/${name}`, document.baseURI))));
  const read = state.withSettings(state.FIRST, new Map(Object.entries(settings)));
  const found = problems.problemsOf(read.state);
  let [mended, left] = [read.state, found];
  for (let turn = 0; turn < 6 && left.length; turn++) {
    mended = {...mended, ...left[0].fixes[0].change};
    left = problems.problemsOf(mended);
  }
  const axes = state.axesFor(read.state);
  const along = of => axes.map((axis, at) => of(axis, read.state.input[at]));
  return {
    refused: read.refused, settings: state.settingsOf(read.state),
    problems: found.map(p => p.words),
    fixes: found.map(p => p.fixes.length), mended: state.settingsOf(mended), left: left.length,
    ...(found.length ? {} : {
      output: along(arithmetic.outputLength), unused: along(arithmetic.unusedLength),
      visits: along(arithmetic.visits), contributions: along(arithmetic.contributions),
      relationship: relationships.relationshipOf(axes), code: words.pytorchCode(read.state),
      formulas: along(words.formulaSteps), picture: picture.pictureOf(read.state),
      inputs: along((axis, size) =>
        arithmetic.inputLengths(axis, arithmetic.outputLength(axis, size))),
    }),
  };
}"""


@pytest.fixture(scope="module")
def worked(bare: Page) -> list[tuple[Case, Case]]:
    """Random settings, and what the playground makes of them."""
    rng = np.random.default_rng(5)
    cases = [random_case(rng) for _ in range(CASES)]
    work = f"async cases => JSON.stringify(await Promise.all(cases.map({WORK})))"
    answers = json.loads(bare.evaluate(work, [as_text(case) for case in cases]))
    return list(zip(cases, answers, strict=True))


def valid(worked: list[tuple[Case, Case]]) -> list[tuple[Case, Case]]:
    return [(case, answer) for case, answer in worked if not answer["problems"]]


def test_settings_come_back_as_they_were_written(worked: list[tuple[Case, Case]]) -> None:
    for _, answer in worked:
        assert answer["refused"] == []
    assert len(valid(worked)) >= 500


def test_it_refuses_exactly_what_pytorch_refuses(worked: list[tuple[Case, Case]]) -> None:
    refused = 0
    for case, answer in worked:
        try:
            output = pytorch(case, *ones(case))
        except (RuntimeError, ValueError):
            assert answer["problems"], case
            refused += 1
        else:
            assert not answer["problems"], (case, answer["problems"])
            assert answer["output"] == list(output.shape[2:])
    assert refused > 50


def test_what_it_offers_instead_works_in_pytorch(worked: list[tuple[Case, Case]]) -> None:
    for case, answer in worked:
        if not answer["problems"]:
            continue
        assert min(answer["fixes"]) >= 1, (case, answer["problems"])
        assert answer["left"] == 0, (case, answer["mended"])
        pytorch(from_text(answer["mended"]), *ones(from_text(answer["mended"])))


def test_counts_are_those_of_pytorchs_sums_and_gradients(worked: list[tuple[Case, Case]]) -> None:
    for case, answer in valid(worked):
        single = case | {"in": 1, "out": 1, "groups": 1}
        image, weight = ones(single)
        output = pytorch(single, image, weight)
        output.sum().backward()
        assert image.grad is not None
        np.testing.assert_array_equal(np.outer(*answer["visits"]), image.grad[0, 0])
        np.testing.assert_array_equal(np.outer(*answer["contributions"]), output.detach()[0, 0])


def test_numbers_are_those_of_the_package(worked: list[tuple[Case, Case]]) -> None:
    seen = set()
    for case, answer in valid(worked):
        shape = geometry(case)
        assert answer["relationship"] == shape.relationship, case
        assert answer["unused"] == list(shape.unused(case["input"]))
        wanted = [[r.start, r.stop - 1] for r in shape.input_sizes(tuple(answer["output"]))]
        assert answer["inputs"] == wanted
        assert [int(steps[-1]) for steps in answer["formulas"]] == answer["output"]
        seen.add(shape.relationship)
    assert {6, 9, 13, 14, 15, None} <= seen


def test_the_code_to_copy_runs_and_gives_the_shape(worked: list[tuple[Case, Case]]) -> None:
    for _, answer in valid(worked)[:150]:
        lines = answer["code"].splitlines()
        names: dict[str, Any] = {}
        exec("\n".join(lines[:-1]), names)
        shown, comment = lines[-1].split("  # ")
        assert tuple(eval(shown, names)) == eval(comment)


def test_the_picture_computes_pytorchs_numbers(worked: list[tuple[Case, Case]]) -> None:
    rng = np.random.default_rng(8)
    for case, answer in valid(worked):
        single = case | {"in": 1, "out": 1, "groups": 1}
        image = torch.from_numpy(rng.normal(size=(1, 1, *case["input"])))
        weight = torch.from_numpy(rng.normal(size=(1, 1, *case["kernel"])))
        picture = answer["picture"]
        if picture["painted"]:
            check_painted(single, picture)
            continue
        kernel = weight[0, 0].flip(0, 1) if case["transposed"] else weight[0, 0]
        board = filled(picture["near"], image[0, 0].numpy())
        step = np.unravel_index(
            min(case["step"] - 1, np.prod(picture["steps"]) - 1), picture["steps"]
        )
        window = board[np.ix_(picture["near"]["rows"]["taps"], picture["near"]["columns"]["taps"])]
        wanted = pytorch(single, image, weight)[0, 0][step]
        np.testing.assert_allclose((window * kernel.numpy()).sum(), wanted, atol=1e-12)
        assert [picture["far"][axis]["taps"][0] for axis in ("rows", "columns")] == list(step)


def filled(board: Case, image: np.ndarray) -> np.ndarray:
    """The board's cells as numbers: pixels where it says so, zeros elsewhere."""
    places = [
        [at for at, kind in enumerate(board[axis]["kinds"]) if kind == "pixel"]
        for axis in ("rows", "columns")
    ]
    numbers = np.zeros([len(board[axis]["kinds"]) for axis in ("rows", "columns")])
    numbers[np.ix_(*places)] = image
    return numbers


def check_painted(case: Case, picture: Case) -> None:
    """One input alone lights up exactly the patch, and what is cut off is cut off."""
    near, far = picture["near"], picture["far"]
    place = tuple(near[axis]["taps"][0] for axis in ("rows", "columns"))
    image, weight = ones(case)
    image = torch.zeros_like(image)
    image[0, 0][place] = 1
    whole = pytorch(case | {"padding": ((0, 0), (0, 0))}, image, weight)[0, 0]
    lit = np.zeros(whole.shape)
    lit[np.ix_(far["rows"]["taps"], far["columns"]["taps"])] = 1
    np.testing.assert_array_equal(lit, whole)
    kept = [sum(kind == "pixel" for kind in far[axis]["kinds"]) for axis in ("rows", "columns")]
    assert kept == list(pytorch(case, *ones(case)).shape[2:])
