"""Networks in the browser answer what PyTorch answers, and drawings survive an address."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import numpy as np
import pytest
import torch
from playwright.sync_api import Page

from checks.built_site import BuiltSite
from checks.widget_files import Model, logits, written
from checks.widget_page import ask
from cnnfilters.config import headline_configs
from cnnfilters.digits import load_digits
from cnnfilters.export import export_weights

pytestmark = pytest.mark.browser
DIGITS = 200


@pytest.fixture(scope="module")
def ink() -> np.ndarray:
    return load_digits("sample").held_out_images[:DIGITS].reshape(DIGITS, -1)


def answers(page: Page, model: Model, ink: np.ndarray, off: tuple = ((), ())) -> np.ndarray:
    """The logits in the browser."""
    call = """async text => {
      const [model, images, off] = JSON.parse(text);
      const at = name => new URL(`widgets/lib/${name}`, document.baseURI);
      const { modelOf } = await import(at("model_file.js"));
      const { forward } = await import(at("network.js"));
      const network = modelOf(model);
      return images.map(ink => [...forward(network, ink, off.map(each => new Set(each))).logits]);
    }"""
    return np.array(page.evaluate(call, json.dumps([model, ink.tolist(), off])))


@pytest.mark.parametrize("run", headline_configs())
def test_its_logits_are_pytorchs(bare: Page, site: BuiltSite, ink: np.ndarray, run: str) -> None:
    model = written(site, f"model-{run}")
    np.testing.assert_allclose(answers(bare, model, ink), logits(model, ink), atol=1e-4, rtol=0)


@pytest.mark.parametrize("off", [((2, 9), ()), ((), (0, 31)), ((0,), (7,))], ids=str)
def test_switched_off_kernels_send_zeros(
    bare: Page, site: BuiltSite, ink: np.ndarray, off: tuple
) -> None:
    model = written(site, "model-default")
    found = answers(bare, model, ink[:20], off)
    np.testing.assert_allclose(found, logits(model, ink[:20], off), atol=1e-4, rtol=0)
    assert np.abs(found - answers(bare, model, ink[:20])).max() > 1e-3


@pytest.mark.parametrize(
    ("side", "padding", "hidden"), [(3, 1, ()), (7, 0, (24,)), (4, 2, (9, 12))]
)
def test_networks_of_other_shapes_are_pytorchs_too(
    bare: Page, ink: np.ndarray, side: int, padding: int, hidden: tuple[int, ...]
) -> None:
    torch.manual_seed(side)
    features = 28
    for _ in range(2):
        features = (features + 2 * padding - side + 1) // 2
    widths = [5 * features**2, *hidden, 10]
    layers: list[torch.nn.Module] = []
    for channels in ((1, 3), (3, 5)):
        layers += [
            torch.nn.Conv2d(*channels, side, padding=padding),
            torch.nn.MaxPool2d(2),
            torch.nn.ReLU(),
        ]
    layers.append(torch.nn.Flatten())
    for takes, gives in pairwise(widths):
        layers += [torch.nn.Linear(takes, gives), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers[:-1])
    weights = {name: array.numpy() for name, array in network.state_dict().items()}
    model = export_weights(weights, name="odd", padding=padding, mean=0.2, std=0.5)
    images = torch.from_numpy((ink[:20].reshape(-1, 1, 28, 28) - 0.2) / 0.5).float()
    with torch.no_grad():
        np.testing.assert_allclose(
            answers(bare, model, ink[:20]), network(images), atol=1e-4, rtol=0
        )


def test_a_drawing_is_centred_as_mnist_is(bare: Page) -> None:
    call = """([row, column]) =>
      module.centred(module.touched(module.blank(), row, column, false)).indexOf(15)"""
    for at in ask(bare, "drawing.js", call, [[3, 3], [20, 9], [14, 26]]):
        assert divmod(at, 28) in {(13, 13), (14, 14), (13, 14), (14, 13)}


def test_a_drawing_survives_the_address(bare: Page) -> None:
    rng = np.random.default_rng(4)
    drawings = [
        rng.integers(0, 16, 784),
        np.zeros(784, int),
        np.where(rng.random(784) < 0.2, 15, 0),
    ]
    call = """levels => { const text = module.drawingText(levels);
      return [text, [...module.readDrawing(text)]]; }"""
    for drawing, (text, back) in zip(
        drawings, ask(bare, "drawing.js", call, [each.tolist() for each in drawings]), strict=True
    ):
        assert len(text) <= 523
        np.testing.assert_array_equal(back, drawing)


def test_strokes_survive_the_address(bare: Page) -> None:
    rng = np.random.default_rng(5)
    walks = [np.clip(np.cumsum(rng.normal(0, size, (60, 2)), 0) + 14, 0, 28) for size in (0.3, 3)]
    drawings = [[walk.tolist()] for walk in walks] + [[], [[[0, 0]]], [[[28, 28], [0, 0]]] * 3]
    call = """lines => { const strokes = lines.map(l => module.thinned(l.map(module.grainAt)));
      const text = module.strokesText(strokes);
      return [strokes, text, module.readStrokes(text)]; }"""
    for strokes, text, back in ask(bare, "strokes.js", call, drawings):
        assert back == strokes
        assert re.fullmatch(r"[\w.-]*", text)
        assert np.abs(np.array([at for stroke in strokes for at in stroke])).max(initial=0) <= 224


def test_thinned_strokes_miss_no_bend(bare: Page) -> None:
    turns = np.linspace(0, 3 * np.pi, 200)
    spiral = np.rint(112 + 8 * np.array([turns * np.cos(turns), turns * np.sin(turns)]).T)
    call = """stroke => { const thin = module.thinned(stroke);
      return [thin.length, Math.max(...stroke.map(point => Math.min(
        ...thin.slice(1).map((to, index) => module.distanceTo(thin[index], to, point)))))]; }"""
    ((kept, missed),) = ask(bare, "strokes.js", call, [spiral.tolist()])
    assert missed < 1.2  # grains: 0.6, and what rounding of a long step adds
    assert kept < 80
