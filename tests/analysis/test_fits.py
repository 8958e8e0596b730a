"""The best fit of each family: laws that it must keep, and that memory stays bounded."""

import numpy as np
import pytest

from cnnfilters.analysis import fits
from cnnfilters.analysis.fits import best_fits
from cnnfilters.kernel_bank import FAMILIES, family_templates


def stacked(kernels):
    return np.stack(list(best_fits(kernels).values()))


def noise(side, count=40):
    return np.random.default_rng(side).normal(size=(count, side, side))


@pytest.mark.parametrize("side", [3, 4, 5, 6, 7])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_template_fits_itself_whole_whatever_its_sign_size_and_mean(family, side):
    templates = family_templates(side)[family]
    shown = -7 * templates[:: max(1, len(templates) // 50)] + 3
    np.testing.assert_allclose(best_fits(shown)[family], 1, atol=1e-5)


@pytest.mark.parametrize("side", [3, 5, 8])
def test_a_fit_is_the_largest_squared_cosine_written_out(side):
    kernels = noise(side, count=6)
    for family, found in best_fits(kernels).items():
        for kernel, fit in zip(kernels, found, strict=True):
            flat = (kernel - kernel.mean()).ravel()
            cosines = family_templates(side)[family].reshape(-1, side**2) @ flat
            assert fit == pytest.approx((cosines**2).max() / (flat @ flat), abs=1e-5)


@pytest.mark.parametrize("turn", [lambda k: np.rot90(k, axes=(1, 2)), lambda k: k[:, ::-1]])
@pytest.mark.parametrize("side", [3, 4, 5, 7])
def test_quarter_turns_and_mirrors_change_no_fit(side, turn):
    np.testing.assert_allclose(stacked(turn(noise(side))), stacked(noise(side)), atol=1e-5)


@pytest.mark.parametrize("scale", [1e-300, 1e-3, -1, 1e300])
def test_size_and_sign_change_no_fit(scale):
    np.testing.assert_allclose(stacked(scale * noise(5)), stacked(noise(5)), atol=1e-5)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e300])
def test_a_constant_kernel_fits_nothing(value):
    assert stacked(np.full((5, 5), value)).tolist() == [0, 0, 0]


def test_the_axes_before_the_last_two_stay():
    kernels = noise(5, count=6).reshape(2, 3, 5, 5)
    assert best_fits(kernels)["line"].shape == (2, 3)
    assert best_fits(kernels[0, 0])["line"] == pytest.approx(best_fits(kernels)["line"][0, 0])
    assert best_fits(np.empty((0, 5, 5)))["edge"].shape == (0,)


def test_kernels_are_compared_a_few_at_a_time_with_the_same_result(monkeypatch):
    whole = stacked(noise(5))
    monkeypatch.setattr(fits, "AT_ONCE", 1)
    np.testing.assert_allclose(stacked(noise(5)), whole, atol=1e-6)


@pytest.mark.parametrize(
    ("kernels", "rule"),
    [
        (np.ones((2, 2)), "must be square, of side 3 or more"),
        (np.ones((5, 4)), "must be square"),
        (np.full((3, 3), np.nan), "must be finite"),
    ],
)
def test_what_is_no_square_of_numbers_is_refused(kernels, rule, no_type_checker):
    with pytest.raises(ValueError, match=f"`kernels`.* {rule}"):
        best_fits(kernels)
