"""Each method against PyTorch, and against the laws of the operation."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import METHODS, convolve, cross_correlate, flipped
from convolution.cases import CASES, Case, assert_close, by_torch, in_type

IMAGE = np.random.default_rng(0).normal(size=(3, 6, 9))
KERNEL = np.random.default_rng(1).normal(size=(4, 3, 2, 3))

each_method = pytest.mark.parametrize("method", METHODS)


@each_method
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_method_gives_what_pytorch_gives(case: Case, dtype, method):
    case = in_type(case, dtype)
    value, _, _ = by_torch(case)
    ours = cross_correlate(case.image, case.kernel, geometry=case.geometry, method=method)
    assert_close(ours, value)


def test_the_random_cases_reach_every_option():
    geometries = [case.geometry for case in CASES]
    assert {geometry.groups for geometry in geometries} == {1, 2, 3}
    assert any(geometry.padding == "same" for geometry in geometries)
    assert any(top != bottom for (top, bottom), _ in (each.padding_pairs for each in geometries))
    assert any(geometry.stride_pair[0] != geometry.stride_pair[1] for geometry in geometries)
    assert any(geometry.dilation_pair[0] != geometry.dilation_pair[1] for geometry in geometries)
    assert any(np.prod(case.geometry.output_size(case.size)) == 1 for case in CASES)


@each_method
@pytest.mark.parametrize("kernel_size", [(3, 5), (2, 4)], ids=["odd", "even"])
def test_same_padding_is_pytorchs(kernel_size, method):
    kernel = np.random.default_rng(2).normal(size=(2, 3, *kernel_size))
    geometry = ConvGeometry(kernel_size, padding="same", dilation=(1, 2))
    image, weights = torch.tensor(IMAGE), torch.tensor(kernel)
    expected = functional.conv2d(
        functional.pad(image, _same_sides(kernel_size, (1, 2))), weights, dilation=(1, 2)
    )
    ours = cross_correlate(IMAGE, kernel, geometry=geometry, method=method)
    assert ours.shape[1:] == IMAGE.shape[1:]
    assert_close(ours, expected.numpy())


def _same_sides(kernel_size, dilation):
    """Left, right, top, bottom, the spare zero last, as PyTorch's documentation says."""
    down, right = ((k - 1) * d for k, d in zip(kernel_size, dilation, strict=True))
    return right // 2, right - right // 2, down // 2, down - down // 2


@each_method
def test_a_bare_kernel_means_stride_one_without_padding(method):
    expected = functional.conv2d(torch.tensor(IMAGE), torch.tensor(KERNEL)).numpy()
    assert_close(cross_correlate(IMAGE, KERNEL, method=method), expected)


@each_method
def test_two_planes_give_a_plane(method):
    ours = cross_correlate(IMAGE[0], KERNEL[0, 0], method=method)
    assert_close(ours, cross_correlate(IMAGE[:1], KERNEL[:1, :1], method=method)[0])


@each_method
def test_it_is_linear_in_the_image_and_in_the_kernel(method):
    other_image, other_kernel = IMAGE[:, ::-1, ::-1], KERNEL[:, :, ::-1]
    mixed = cross_correlate(2 * IMAGE - other_image, KERNEL + 3 * other_kernel, method=method)
    parts = [
        a * b * cross_correlate(x, k, method=method)
        for a, x in ((2, IMAGE), (-1, other_image))
        for b, k in ((1, KERNEL), (3, other_kernel))
    ]
    assert_close(mixed, sum(parts))


@each_method
@pytest.mark.parametrize("shift", [(1, 0), (0, 2), (2, 3)], ids=str)
def test_a_shifted_image_shifts_the_response_at_stride_one(shift, method):
    down, right = shift
    moved = np.pad(IMAGE, ((0, 0), (down, 0), (right, 0)))
    response = cross_correlate(moved, KERNEL, method=method)
    assert_close(response[:, down:, right:], cross_correlate(IMAGE, KERNEL, method=method))


@each_method
def test_stride_two_does_not_follow_a_shift_by_one(method):
    geometry = ConvGeometry((2, 3), stride=2)
    still = cross_correlate(IMAGE[:, :, :-1], KERNEL, geometry=geometry, method=method)
    moved = cross_correlate(IMAGE[:, :, 1:], KERNEL, geometry=geometry, method=method)
    differences = [
        np.abs(still[:, :, a:][:, :, :2] - moved[:, :, b:][:, :, :2]).max()
        for a, b in ((0, 0), (1, 0), (0, 1))
    ]
    assert min(differences) > 0.1


def test_the_convolution_theorem_holds():
    image, kernel = IMAGE[0], KERNEL[0, 0]
    height, width = (n + k - 1 for n, k in zip(image.shape, kernel.shape, strict=True))
    product = np.fft.fft2(image, s=(height, width)) * np.fft.fft2(kernel, s=(height, width))
    full = ConvGeometry(kernel.shape, padding=(kernel.shape[0] - 1, kernel.shape[1] - 1))
    assert_close(convolve(image, kernel, geometry=full), np.fft.ifft2(product).real)


def test_convolution_is_commutative_where_cross_correlation_is_not():
    image, kernel = IMAGE[0, :2, :4], KERNEL[0, 0]

    def full(operation, first, second):
        around = ConvGeometry(second.shape, padding=(second.shape[0] - 1, second.shape[1] - 1))
        return operation(first, second, geometry=around)

    assert_close(full(convolve, image, kernel), full(convolve, kernel, image))
    there, back = (full(cross_correlate, *pair) for pair in ((image, kernel), (kernel, image)))
    assert np.abs(there - back).max() > 0.1


@each_method
def test_convolve_is_scipys_convolution(method):
    signal = pytest.importorskip("scipy.signal")
    expected = signal.convolve2d(IMAGE[0], KERNEL[0, 0], mode="valid")
    assert_close(convolve(IMAGE[0], KERNEL[0, 0], method=method), expected)


def test_flipping_twice_gives_the_kernel_back():
    np.testing.assert_array_equal(flipped(flipped(KERNEL)), KERNEL)


def test_flipping_keeps_filters_and_channels_in_order():
    np.testing.assert_array_equal(flipped(KERNEL)[2, 1, 0, 0], KERNEL[2, 1, -1, -1])


@pytest.mark.parametrize(
    ("image", "kernel", "result"),
    [
        (np.float32, np.float32, np.float32),
        (np.float32, np.int64, np.float32),
        (np.uint8, np.float32, np.float32),
        (np.float32, np.float64, np.float64),
        (np.int64, np.int64, np.float64),
        (np.float16, np.float16, np.float32),
        (bool, np.int8, np.float64),
    ],
)
@each_method
def test_the_result_has_the_widest_float_type_given(image, kernel, result, method):
    ours = cross_correlate(np.ones((3, 3), image), np.ones((2, 2), kernel), method=method)
    assert ours.dtype == result
    assert np.allclose(ours, 4)


def test_a_tensor_is_an_array_too():
    ours = cross_correlate(torch.tensor(IMAGE), torch.tensor(KERNEL))
    np.testing.assert_array_equal(ours, cross_correlate(IMAGE, KERNEL))


@each_method
def test_the_arguments_are_left_as_they_were(method):
    image, kernel = IMAGE.copy(), KERNEL.copy()
    response = cross_correlate(image, kernel, method=method)
    response += 1
    np.testing.assert_array_equal(image, IMAGE)
    np.testing.assert_array_equal(kernel, KERNEL)
