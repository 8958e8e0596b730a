"""The named kernels against SciPy and scikit-image, and against what they promise."""

import numpy as np
import pytest
from scipy import ndimage
from scipy.special import binom

from cnnfilters.convolution import cross_correlate
from cnnfilters.kernel_bank import NamedKernel, named_kernel, named_kernels

IMAGE = np.random.default_rng(0).normal(size=(8, 11))
SUM_ZERO = {
    *("prewitt-x", "prewitt-y", "sobel-x", "sobel-y", "line-upright", "line-level"),
    *("laplacian", "laplacian-8", "gabor-odd"),
}
STEP = np.repeat([[0.0, 0, 0, 1, 1, 1]], 5, axis=0)  # brightness grows to the right
BAR = np.repeat([[0.0, 0, 1, 0, 0]], 5, axis=0)


@pytest.mark.parametrize(
    ("name", "independent"),
    [
        ("identity", lambda image: image),
        ("box", lambda image: ndimage.uniform_filter(image, 3)),
        ("sobel-x", lambda image: ndimage.sobel(image, axis=1)),
        ("sobel-y", lambda image: ndimage.sobel(image, axis=0)),
        ("prewitt-x", lambda image: ndimage.prewitt(image, axis=1)),
        ("prewitt-y", lambda image: ndimage.prewitt(image, axis=0)),
        ("laplacian", ndimage.laplace),
        ("sharpen", lambda image: image - ndimage.laplace(image)),
        ("shift-left", lambda image: np.roll(image, -1, axis=1)),
        ("laplacian-8", lambda image: 9 * ndimage.uniform_filter(image, 3) - 9 * image),
    ],
)
def test_it_does_to_an_image_what_scipy_does(name, independent):
    ours = cross_correlate(IMAGE, named_kernel(name).weights)
    np.testing.assert_allclose(ours, independent(IMAGE)[1:-1, 1:-1], atol=1e-12)


@pytest.mark.parametrize(("name", "n"), [("gaussian", 2), ("gaussian-5", 4)])
def test_the_gaussians_are_rows_of_pascals_triangle(name, n):
    row = binom(n, np.arange(n + 1)) / 2**n
    np.testing.assert_allclose(named_kernel(name).weights, np.outer(row, row))


def test_the_odd_gabor_is_scikit_images():
    from skimage.filters import gabor_kernel

    whole = gabor_kernel(1 / 4, offset=-np.pi / 2, n_stds=6).real
    middle = tuple(slice(n // 2 - 3, n // 2 + 4) for n in whole.shape)
    ours = named_kernel("gabor-odd").weights
    np.testing.assert_allclose(ours / np.abs(ours).max(), whole[middle] / whole[middle].max())


@pytest.mark.parametrize("kernel", named_kernels().values(), ids=lambda kernel: kernel.name)
def test_it_says_whether_it_sums_to_zero(kernel: NamedKernel):
    assert kernel.sums_to_zero == (kernel.name in SUM_ZERO)
    flat = cross_correlate(np.full((7, 7), 3.0), kernel.weights)
    assert np.allclose(flat, 0, atol=1e-12) == kernel.sums_to_zero


@pytest.mark.parametrize("kernel", named_kernels().values(), ids=lambda kernel: kernel.name)
def test_it_says_what_it_is_and_where_it_is_from(kernel: NamedKernel):
    assert named_kernel(kernel.name) is kernel
    assert min(map(len, (kernel.formula, kernel.finds, kernel.source))) > 5


@pytest.mark.parametrize("name", ["sobel-x", "prewitt-x"])
def test_an_edge_kernel_answers_a_step_with_its_sign_and_a_bar_with_both(name):
    weights = named_kernel(name).weights
    assert cross_correlate(STEP, weights).min() == 0
    assert cross_correlate(STEP, weights).max() > 0
    bar = cross_correlate(BAR, weights)
    np.testing.assert_array_equal(bar, -bar[:, ::-1])


def test_a_line_kernel_is_strongest_on_the_bar():
    bar = cross_correlate(BAR, named_kernel("line-upright").weights)
    np.testing.assert_array_equal(bar, np.repeat([[-3.0, 6, -3]], 3, axis=0))


def test_the_weights_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        named_kernel("box").weights[0, 0] = 1


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"`name` \(='sobel'\) must be one of identity, shift"):
        named_kernel("sobel")
