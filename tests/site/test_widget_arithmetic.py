"""The widgets' arithmetic, run in a browser, gives what PyTorch, Pillow and matplotlib give."""

from __future__ import annotations

import json

import matplotlib as mpl
import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import Page
from torch.nn import functional

from checks.built_site import BuiltSite
from checks.widget_page import ask
from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import normalized_response

pytestmark = pytest.mark.browser
CASES = 200
TO_STACK = """const stack = ([channels, height, width], data) =>
  ({channels, height, width, data: Float64Array.from(data)});"""


def random_case(rng: np.random.Generator) -> dict:
    """An image and a filter of unequal sides that fit, with a geometry."""
    stride, padding, dilation = (int(rng.integers(*span)) for span in ((1, 5), (0, 4), (1, 4)))
    kernel = rng.integers(1, 6, size=2)
    least = np.maximum(dilation * (kernel - 1) + 1 - 2 * padding, 1)
    size = least + rng.integers(0, 9, size=2)
    channels = int(rng.integers(1, 4))
    return {
        "shape": [channels, *map(int, size)],
        "filter_shape": [channels, *map(int, kernel)],
        "image": rng.normal(size=(channels, *size)).ravel().tolist(),
        "filter": rng.normal(size=(channels, *kernel)).ravel().tolist(),
        "geometry": {"stride": stride, "padding": padding, "dilation": dilation},
    }


def cases(*, channels: int | None = None) -> list[dict]:
    rng = np.random.default_rng(3)
    drawn = (random_case(rng) for _ in range(20 * CASES))
    kept = [case for case in drawn if channels in (None, case["shape"][0])]
    return kept[:CASES]


def tensors(case: dict) -> tuple[torch.Tensor, torch.Tensor]:
    image = torch.tensor(case["image"], dtype=torch.float64).reshape(case["shape"])
    kernel = torch.tensor(case["filter"], dtype=torch.float64).reshape(case["filter_shape"])
    return image, kernel


def test_cross_correlation_is_that_of_pytorch(bare: Page) -> None:
    call = f"""c => {{ {TO_STACK}
      const map = module.crossCorrelate(
        stack(c.shape, c.image), stack(c.filter_shape, c.filter), c.geometry, 0.5);
      return {{shape: [map.height, map.width], data: [...map.data]}}; }}"""
    drawn = cases()
    for case, answer in zip(drawn, ask(bare, "convolution.js", call, drawn), strict=True):
        image, kernel = tensors(case)
        wanted = functional.conv2d(image[None], kernel[None], **case["geometry"])[0, 0] + 0.5
        assert answer["shape"] == list(wanted.shape)
        np.testing.assert_allclose(answer["data"], wanted.ravel(), atol=1e-12)


def test_every_output_is_the_last_of_its_running_sums(bare: Page) -> None:
    call = f"""c => {{ {TO_STACK}
      const [image, kernel] = [stack(c.shape, c.image), stack(c.filter_shape, c.filter)];
      const map = module.crossCorrelate(image, kernel, c.geometry);
      return [...map.data.keys()].map(i => module.termsOf(
        image, kernel, c.geometry, Math.floor(i / map.width), i % map.width)); }}"""
    drawn = cases(channels=1)
    for case, answer in zip(drawn, ask(bare, "convolution.js", call, drawn), strict=True):
        image, kernel = tensors(case)
        wanted = functional.conv2d(image[None], kernel[None], **case["geometry"]).ravel()
        np.testing.assert_allclose([terms[-1]["sum"] for terms in answer], wanted, atol=1e-12)
        first = answer[0]
        np.testing.assert_allclose(
            np.cumsum([term["product"] for term in first]), [t["sum"] for t in first]
        )


def test_the_turned_kernel_makes_it_convolution(bare: Page) -> None:
    call = f"""c => {{ {TO_STACK}
      return [...module.turned(stack(c.filter_shape, c.filter)).data]; }}"""
    drawn = cases()
    for case, answer in zip(drawn, ask(bare, "convolution.js", call, drawn), strict=True):
        assert answer == tensors(case)[1].flip(-1, -2).ravel().tolist()


def test_the_match_is_the_normalized_response(bare: Page) -> None:
    call = f"""c => {{ {TO_STACK} return module.matchOf(module.termsOf(
      stack(c.shape, c.image), stack(c.filter_shape, c.filter), c.geometry, 0, 0)); }}"""
    drawn = [case for case in cases(channels=1) if len(case["filter"]) > 1]
    for case, answer in zip(drawn, ask(bare, "convolution.js", call, drawn), strict=True):
        image, kernel = (tensor[0].numpy() for tensor in tensors(case))
        geometry = ConvGeometry(kernel.shape, **case["geometry"])
        wanted = normalized_response(image, kernel, geometry=geometry)
        assert answer == pytest.approx(wanted[0, 0], abs=1e-9)


def test_the_signed_colours_are_those_of_the_figures(bare: Page) -> None:
    values = np.linspace(-1.2, 1.2, 301).tolist()
    answer = ask(bare, "colours.js", "x => module.signedColour(x, 1).background", values)
    wanted = mpl.colormaps["RdBu_r"]((np.array(values) + 1) / 2, bytes=True)[:, :3].astype(int)
    drawn = np.array([[int(part) for part in text[4:-1].split()] for text in answer])
    assert np.abs(drawn - wanted).max() <= 1  # rounding


def test_text_on_a_colour_can_be_read(bare: Page) -> None:
    call = "x => [module.signedColour(x, 1), module.inkColour(x)]"
    values = np.linspace(-1, 1, 201).tolist()
    for pair in ask(bare, "colours.js", call, values):
        for colour in pair:
            assert contrast(colour["background"], colour["text"]) >= 4.5


def contrast(background: str, text: str) -> float:
    """Contrast by WCAG 2 of `rgb(r g b)` with `#000` or `#fff`."""
    parts = np.array([int(part) for part in background[4:-1].split()]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    light = float(linear @ [0.2126, 0.7152, 0.0722])
    other = {"#000": 0.0, "#fff": 1.0}[text]
    return (max(light, other) + 0.05) / (min(light, other) + 0.05)


def test_colours_become_the_greys_of_pillow(bare: Page) -> None:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, size=(6, 7, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    call = "p => [...module.greyOf(Uint8ClampedArray.from(p), 7, 6).data]"
    (answer,) = ask(bare, "greys.js", call, [pixels.ravel().tolist()])
    wanted = np.asarray(Image.fromarray(pixels[..., :3]).convert("L")) / 255
    np.testing.assert_allclose(answer, wanted.ravel(), atol=1e-7)


def test_the_colour_scale_covers_the_share_that_it_says(bare: Page) -> None:
    rng = np.random.default_rng(1)
    drawn = [rng.standard_cauchy(size=500).tolist() for _ in range(20)]
    for values, scale in zip(
        drawn, ask(bare, "greys.js", "v => module.mostOf(v, 0.99)", drawn), strict=True
    ):
        sizes = np.sort(np.abs(values))
        assert np.mean(sizes <= scale) >= 0.99
        assert scale <= sizes[int(0.99 * 500) - 1] + sizes[-1] / 1000


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("normalised", [False, True])
def test_adjusted_kernels(bare: Page, centred: bool, normalised: bool) -> None:
    rng = np.random.default_rng(2)
    kernels = [rng.normal(size=(side, side)).round(3) for side in (3, 4, 7)]
    call = f"k => module.adjusted(k, {{centred: {centred:d}, normalised: {normalised:d}}})"
    answers = ask(bare, "kernels.js", call, [kernel.tolist() for kernel in kernels])
    for kernel, answer in zip(kernels, answers, strict=True):
        wanted = kernel - kernel.mean() * centred
        wanted = wanted / np.abs(wanted).sum() if normalised else wanted
        np.testing.assert_allclose(answer, wanted, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3), (" -2.5 ", -2.5), ("−2", -2), (".5", 0.5), ("2e-3", 0.002), ("1/4", 0.25),
        ("-0", 0), ("+7", 7),
    ],
)  # fmt: skip
def test_numbers_are_read(bare: Page, text: str, value: float) -> None:
    call = (
        "t => { const v = module.parseNumber(t, {label: 'Weight'}); return [v, Object.is(v, -0)] }"
    )
    assert ask(bare, "numbers.js", call, [text]) == [[value, False]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Weight is empty. Type a number."),
        ("   ", "Weight is empty. Type a number."),
        ("abc", "Weight (“abc”) is not a number."),
        ("3,5", "Weight (“3,5”) must use a decimal point, not a comma."),
        ("٣", "Weight (“٣”) must use the digits 0 to 9."),
        ("1e309", "Weight (“1e309”) must be at most 1000000."),
        ("-1e309", "Weight (“-1e309”) must be at least −1000000."),
        ("NaN", "Weight (“NaN”) is not a number."),
        ("Infinity", "Weight (“Infinity”) is not a number."),
        ("0x10", "Weight (“0x10”) is not a number."),
        ("1/0", "Weight (“1/0”) is not a number."),
        ("<script>", "Weight (“<script>”) is not a number."),
        ("7" * 10**6, "Weight has 1,000,000 characters. A number has at most 24."),
    ],
)
def test_nonsense_is_refused_in_words(bare: Page, text: str, words: str) -> None:
    call = """t => { try { return module.parseNumber(t, {label: 'Weight'}) }
      catch (error) { return [error instanceof module.Refusal, error.message] } }"""
    assert ask(bare, "numbers.js", call, [text]) == [[True, words]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1 2\n3 4", [[1, 2], [3, 4]]),
        ("1 2;3 4;", [[1, 2], [3, 4]]),
        ("[[1, 2],\n [3, 4.5]]", [[1, 2], [3, 4.5]]),
        ("\n  5\t6  \n", [[5, 6]]),
    ],
)
def test_rows_are_read(bare: Page, text: str, rows: list[list[float]]) -> None:
    call = "t => module.parseMatrix(t, {label: 'The image', mostRows: 3, mostColumns: 3})"
    assert ask(bare, "numbers.js", call, [text]) == [rows]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n", "The image is empty."),
        ("1 2;3", "Row 1 has 1 numbers and row 0 has 2."),
        ("1;2;3;4", "The image has 4 rows. It can have at most 3."),
        ("1 2 3 4", "The image, row 0, has 4 numbers. It can have at most 3."),
        ("1 x", "Row 0, column 1 (“x”) is not a number."),
        ("1,5 2", "Row 0, column 0 (“1,5”) must use a decimal point, not a comma."),
        ("9 " * 10**6, "The image has 2,000,000 characters."),
    ],
)
def test_rows_of_nonsense_are_refused(bare: Page, text: str, words: str) -> None:
    call = """t => {
      try { return module.parseMatrix(t, {label: 'The image', mostRows: 3, mostColumns: 3}) }
      catch (error) { return error.message } }"""
    assert ask(bare, "numbers.js", call, [text])[0].startswith(words)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.0001, "0"), (-2, "−2"), (1 / 3, "0.333"), (100, "100"), (1.50, "1.5")],
)
def test_numbers_are_written_for_people(bare: Page, value: float, text: str) -> None:
    assert ask(bare, "numbers.js", "x => module.formatNumber(x)", [value]) == [text]


def test_the_small_digit_is_a_block_average(bare: Page, site: BuiltSite) -> None:
    data = json.loads((site.folder / "widgets/data/digits.json").read_text())
    for ink, answer in zip(
        data["images"],
        ask(bare, "digits.js", "ink => module.smallDigit(ink)", data["images"]),
        strict=True,
    ):
        image = np.array(ink).reshape(28, 28)
        fits = [
            (
                image[top : top + 20, left : left + 20].reshape(10, 2, 10, 2).mean((1, 3)),
                image[top : top + 20, left : left + 20].sum(),
            )
            for top in range(9)
            for left in range(9)
        ]
        wanted = [blocks / 255 * 9 for blocks, total in fits if total == image.sum()]
        assert any(np.abs(np.array(answer) - one).max() <= 0.5 + 1e-9 for one in wanted)
