"""The numbers of the stepper: PyTorch's, for random settings."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from playwright.sync_api import Page
from torch.nn import functional

from checks.widget_page import Opener, ask, query, widget

pytestmark = pytest.mark.browser
CASES = 200
STEPPER = widget("convolution-stepper")


def settings_case(rng: np.random.Generator) -> dict[str, str]:
    """What an address may hold, as text; some of it fits no window."""
    matrix = lambda rows, columns: ";".join(  # noqa: E731
        " ".join(str(number) for number in row)
        for row in rng.integers(-20, 21, size=(rows, columns)) / 4
    )
    side = int(rng.integers(1, 6))
    return {
        "image": matrix(*rng.integers(1, 11, size=2)),
        "kernel": matrix(side, side),
        "padding": str(rng.integers(0, 4)),
        "stride": str(rng.integers(1, 5)),
        "dilation": str(rng.integers(1, 4)),
        "level": str(rng.integers(0, 10)),
        "flip": str(rng.integers(0, 2)),
        "step": str(rng.integers(1, 40)),
    }


def pytorch_map(state: dict) -> torch.Tensor:
    image = torch.tensor(state["image"], dtype=torch.float64) + state["level"]
    kernel = torch.tensor(state["kernel"], dtype=torch.float64)
    kernel = kernel.flip(0, 1) if state["flip"] else kernel
    options = {name: state[name] for name in ("stride", "padding", "dilation")}
    return functional.conv2d(image[None, None], kernel[None, None], **options)[0, 0]


def test_it_works_out_what_pytorch_does(bare: Page) -> None:
    rng = np.random.default_rng(7)
    call = """settings => {
      const bank = {digits: Array(8).fill([[0]]), kernels: new Map([["prewitt-x", [[1]]]])};
      const given = new Map(Object.entries(settings));
      const {state, refused} = module.withSettings(module.firstState(bank), given, bank);
      const {map, ...rest} = module.workOut(state);
      return {...rest, state, refused, data: [...map.data], shape: [map.height, map.width]};
    }"""
    cases = [settings_case(rng) for _ in range(CASES)]
    followed = 0
    for case, answer in zip(cases, ask(bare, "stepper/state.js", call, cases), strict=True):
        state, wanted = answer["state"], pytorch_map(answer["state"])
        assert answer["shape"] == list(wanted.shape)
        np.testing.assert_allclose(answer["data"], wanted.ravel(), atol=1e-9)
        assert answer["sum"] == pytest.approx(float(wanted[answer["row"], answer["column"]]))
        assert np.cumsum([t["pixel"] * t["weight"] for t in answer["terms"]]) == pytest.approx(
            [term["sum"] for term in answer["terms"]]
        )
        followed += not answer["refused"]
        if not answer["refused"]:
            assert [str(state[name]) for name in ("stride", "padding", "dilation")] == [
                case[name] for name in ("stride", "padding", "dilation")
            ]
    assert followed > CASES / 2


def test_the_pytorch_code_gives_the_map_that_is_shown(open_widgets: Opener) -> None:
    chosen = query(stride=2, padding=1, level=3, flip=1, kernel="gaussian", step=99)
    with open_widgets(STEPPER, query=chosen) as page:
        page.get_by_text("The same in PyTorch").click()
        code = page.locator(".cf-sharing code").inner_text()
        *lines, last = code.splitlines()
        names: dict = {}
        exec("\n".join(lines), names)
        wanted = eval(last, names)
        shown = [
            button.split(": ")[1]
            for button in page.eval_on_selector_all(
                ".cf-map button", "all => all.map(e => e.getAttribute('aria-label'))"
            )
        ]
        np.testing.assert_allclose(
            [float(text.replace("−", "-")) for text in shown], wanted.ravel(), atol=5e-4
        )
