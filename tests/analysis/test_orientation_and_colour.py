"""Direction and colour of filters whose answer is known."""

import numpy as np
import pytest

from cnnfilters.analysis.orientation_and_colour import (
    Limits,
    chance_limits,
    chroma,
    direction_deg,
    kinds,
    orientation,
)
from cnnfilters.kernel_bank import named_kernel

COLOURS = {"red–green": [1.0, -1.0, 0.0], "blue–yellow": [-0.5, -0.5, 1.0], "grey": [1.0, 1.0, 1.0]}


def grating(angle_deg: float, *, side: int = 8, period: float = 4.0) -> np.ndarray:
    """Stripes that run along an angle, counter-clockwise from level."""
    down, across = np.indices((side, side)) - (side - 1) / 2
    angle = np.radians(angle_deg)
    return np.cos(2 * np.pi * (across * np.sin(angle) + down * np.cos(angle)) / period)


def in_colour(pattern: np.ndarray, colour: list[float]) -> np.ndarray:
    return np.einsum("c,hw->chw", colour, pattern)[None]


@pytest.mark.parametrize("colour", COLOURS.values(), ids=COLOURS)
@pytest.mark.parametrize("angle", [0, 30, 45, 90, 135, 170])
def test_stripes_have_a_direction_in_any_colour(angle: int, colour: list[float]) -> None:
    filters = in_colour(grating(angle), colour)
    assert orientation(filters).item() > 0.75
    off = (direction_deg(filters).item() - angle + 90) % 180 - 90
    assert abs(off) < 5


@pytest.mark.parametrize(
    "pattern",
    [
        np.indices((8, 8)).sum(axis=0) % 2 - 0.5,
        grating(0) + grating(90),
        named_kernel("laplacian").weights,
        np.ones((8, 8)),
        np.zeros((8, 8)),
    ],
    ids=["checkerboard", "plaid", "blob", "flat", "zero"],
)
def test_what_has_no_direction_has_none(pattern: np.ndarray) -> None:
    assert orientation(in_colour(pattern, COLOURS["red–green"])).item() == pytest.approx(
        0, abs=1e-6
    )


def test_a_flat_colour_with_a_trace_of_stripes_stays_flat() -> None:
    filters = in_colour(1 + 0.1 * grating(30), COLOURS["blue–yellow"])
    assert orientation(filters).item() < 0.05


def test_sign_and_length_do_not_matter() -> None:
    filters = np.random.default_rng(0).normal(size=(5, 3, 8, 8))
    for measure in (orientation, chroma, direction_deg):
        np.testing.assert_allclose(measure(-4 * filters), measure(filters), atol=1e-6)


def test_turning_a_filter_by_a_quarter_turns_its_direction() -> None:
    upright = in_colour(grating(20), [1.0, 1.0, 1.0])
    turned = np.rot90(upright, axes=(2, 3))
    np.testing.assert_allclose(orientation(turned), orientation(upright))
    assert (direction_deg(turned) - direction_deg(upright)).item() % 180 == pytest.approx(90)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [([1, 1, 1], 0), ([1, 0, 0], 2 / 3), ([1, -1, 0], 1), ([-0.5, -0.5, 1], 1), ([0, 0, 0], 0)],
    ids=["grey", "red", "red–green", "blue–yellow", "zero"],
)
def test_chroma_of_plain_colours(colour: list[float], expected: float) -> None:
    assert chroma(in_colour(grating(10), colour)).item() == pytest.approx(expected, abs=1e-12)


def test_one_channel_has_no_chroma() -> None:
    filters = np.random.default_rng(0).normal(size=(20, 1, 8, 8))
    np.testing.assert_allclose(chroma(filters), 0, atol=1e-12)


def test_chroma_is_the_energy_off_the_grey_axis() -> None:
    filters = np.random.default_rng(1).normal(size=(6, 3, 5, 5))
    off = filters - filters.mean(axis=1, keepdims=True)
    share = (off**2).sum(axis=(1, 2, 3)) / (filters**2).sum(axis=(1, 2, 3))
    np.testing.assert_allclose(chroma(filters), share)


def test_one_mixture_in_a_hundred_passes_the_limits() -> None:
    """Filters of white noise are mixtures themselves, so another draw passes as often."""
    rng = np.random.default_rng(2)
    filters = np.linalg.qr(rng.normal(size=(75, 75)))[0].reshape(75, 3, 5, 5)
    limits = chance_limits(filters)
    others = rng.normal(size=(4_000, 3, 5, 5))
    assert (orientation(others) > limits.orientation).mean() == pytest.approx(0.01, abs=0.008)
    assert (chroma(others) > limits.chroma).mean() == pytest.approx(0.01, abs=0.008)
    assert (chroma(others) < limits.grey).mean() == pytest.approx(0.01, abs=0.008)


@pytest.mark.parametrize(
    ("pattern", "colour", "expected"),
    [
        (grating(60), "grey", "edge"),
        (grating(0) + grating(90), "grey", "other"),
        (grating(60), "red–green", "colour edge"),
        (np.ones((8, 8)), "blue–yellow", "colour blob"),
    ],
    ids=["edge", "other", "colour edge", "colour blob"],
)
def test_each_kind_is_told(pattern: np.ndarray, colour: str, expected: str) -> None:
    (kind,) = kinds(in_colour(pattern, COLOURS[colour]), Limits(0.4, 0.4, 0.05))
    assert kind == expected
