"""The numbers of the kernel playground: PyTorch's, for random pictures and kernels."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from playwright.sync_api import Page
from torch.nn import functional

from checks.widget_page import ask

pytestmark = pytest.mark.browser
CASES = 200


def answers(picture: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    image, weights = torch.from_numpy(picture), torch.as_tensor(kernel, dtype=torch.float64)
    return functional.conv2d(image[None, None], weights[None, None])[0, 0].numpy()


def test_it_works_out_what_pytorch_does(bare: Page) -> None:
    rng = np.random.default_rng(5)
    cases = []
    for _ in range(CASES):
        height, width = (int(size) for size in rng.integers(7, 20, size=2))
        side = int(rng.integers(3, 8))
        cases.append({
            "height": height,
            "width": width,
            "data": rng.random(height * width).tolist(),
            "kernel": rng.normal(size=(side, side)).tolist(),
            "centred": bool(rng.integers(2)),
            "normalised": bool(rng.integers(2)),
            "row": int(rng.integers(0, 30)),
            "column": int(rng.integers(0, 30)),
            "keptScale": 0,
        })  # fmt: skip
    call = """c => {
      const {height, width} = c;
      const image = {channels: 1, height, width, data: Float64Array.from(c.data)};
      const {map, answer, row, column, top, left, range} = module.workOut(c, image);
      return {data: [...map.data], answer, row, column, top, left, range}; }"""
    for case, got in zip(cases, ask(bare, "playground/state.js", call, cases), strict=True):
        kernel = np.array(case["kernel"])
        kernel = kernel - kernel.mean() * case["centred"]
        kernel = kernel / np.abs(kernel).sum() if case["normalised"] else kernel
        picture = np.array(case["data"]).reshape(case["height"], case["width"])
        wanted = answers(picture, kernel)
        np.testing.assert_allclose(got["data"], wanted.ravel(), atol=1e-12)
        place = got["row"] - got["top"], got["column"] - got["left"]
        assert got["answer"] == pytest.approx(wanted[place])
        assert got["range"]["least"] == pytest.approx(wanted.min())
