"""Gabor kernels against scikit-image, Gaussian derivatives against SciPy."""

import numpy as np
import pytest
from scipy import ndimage
from skimage.filters import gabor_kernel

from cnnfilters.convolution import convolve, cross_correlate
from cnnfilters.kernel_bank import gabor, gaussian_derivative


def centre(array, size):
    """The middle of an array of odd sides."""
    return array[tuple(slice((n - size) // 2, (n + size) // 2) for n in array.shape)]


@pytest.mark.parametrize("angle", [0, 30, 90, 200], ids=str)
@pytest.mark.parametrize("phase", [0, 50, 90], ids=str)
@pytest.mark.parametrize(("sigma", "aspect"), [(None, 1), (2.5, 0.5)], ids=["default", "long"])
def test_gabor_is_scikit_images(angle, phase, sigma, aspect):
    ours = gabor(9, wavelength=5, angle_deg=angle, phase_deg=phase, sigma=sigma, aspect=aspect)
    theirs = gabor_kernel(
        1 / 5,
        theta=np.deg2rad(angle),
        sigma_x=sigma,
        sigma_y=None if sigma is None else sigma / aspect,
        offset=np.deg2rad(phase),
        n_stds=6,
    ).real
    height = gabor_kernel(1 / 5, sigma_x=sigma, sigma_y=sigma and sigma / aspect, n_stds=6)
    np.testing.assert_allclose(ours, centre(theirs, 9) / height.real.max(), atol=1e-12)


def test_phase_zero_is_symmetric_and_phase_ninety_antisymmetric():
    even, odd = (gabor(7, wavelength=4, phase_deg=phase, angle_deg=30) for phase in (0, 90))
    np.testing.assert_allclose(even, even[::-1, ::-1], atol=1e-15)
    np.testing.assert_allclose(odd, -odd[::-1, ::-1], atol=1e-15)
    assert even[3, 3] == 1


@pytest.mark.parametrize("order", [0, 1, 2, 3])
@pytest.mark.parametrize(("angle", "axis"), [(0, 1), (90, 0)], ids=["right", "down"])
def test_a_gaussian_derivative_is_scipys_impulse_response(order, angle, axis):
    impulse = np.zeros((21, 21))
    impulse[10, 10] = 1
    orders = [0, 0]
    orders[axis] = order
    theirs = ndimage.gaussian_filter(impulse, 1.5, order=orders, radius=4)
    ours = gaussian_derivative(9, order=order, angle_deg=angle, sigma=1.5)
    np.testing.assert_allclose(ours, centre(theirs, 9), atol=1e-12)


@pytest.mark.parametrize("angle", [20, 135, 260], ids=str)
def test_a_first_derivative_is_steered_by_mixing_two(angle):
    right, down = (gaussian_derivative(7, order=1, angle_deg=a) for a in (0, 90))
    turn = np.deg2rad(angle)
    mixed = np.cos(turn) * right + np.sin(turn) * down
    np.testing.assert_allclose(gaussian_derivative(7, order=1, angle_deg=angle), mixed, atol=1e-14)


def test_it_differentiates_when_convolved_and_turns_the_sign_when_cross_correlated():
    ramp = np.tile(np.arange(9.0), (9, 1))
    kernel = gaussian_derivative(9, order=1, sigma=1.0)
    assert convolve(ramp, kernel)[0, 0] == pytest.approx(1, abs=0.01)
    assert cross_correlate(ramp, kernel)[0, 0] == pytest.approx(-1, abs=0.01)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 0}, r"`size` \(=0\) must be at least 1"),
        ({"wavelength": 1.5}, r"`wavelength` \(=1.5\) must be at least 2"),
        ({"wavelength": float("nan")}, r"`wavelength` \(=nan\) must be a finite number"),
        ({"sigma": 0}, r"`sigma` \(=0\) must be above 0"),
        ({"aspect": -1}, r"`aspect` \(=-1\) must be above 0"),
        ({"angle_deg": float("inf")}, r"`angle_deg` \(=inf\) must be a finite number"),
        ({"phase_deg": float("nan")}, r"`phase_deg` \(=nan\) must be a finite number"),
    ],
)
def test_gabor_refuses_nonsense(options, message):
    with pytest.raises(ValueError, match=message):
        gabor(**{"size": 5, "wavelength": 4, **options})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": -1}, r"`size` \(=-1\) must be at least 1"),
        ({"order": -1}, r"`order` \(=-1\) must be at least 0"),
        ({"sigma": float("nan")}, r"`sigma` \(=nan\) must be a finite number"),
        ({"angle_deg": float("nan")}, r"`angle_deg` \(=nan\) must be a finite number"),
    ],
)
def test_a_gaussian_derivative_refuses_nonsense(options, message):
    with pytest.raises(ValueError, match=message):
        gaussian_derivative(**{"size": 5, "order": 1, **options})
